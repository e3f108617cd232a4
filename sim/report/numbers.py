"""Write numbers as the reader's language does: one formatter for terminal, figures and page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

MINUS = "\u2212"
THIN_SPACE = "\u202f"
"""Narrow no-break space: keeps thousands together and never breaks a line."""
MISSING = "–"
_MAX_DECIMALS = 4


def decimals_for(*values: float) -> int:
    """Return the decimals that give the largest of `values` three significant figures, 0-4."""
    sizes = [abs(value) for value in values if math.isfinite(value) and value != 0.0]
    if not sizes:
        return 0
    digits_before_point = math.floor(math.log10(max(sizes))) + 1
    return min(max(3 - digits_before_point, 0), _MAX_DECIMALS)


def decimals_given(value: float, digits: int) -> int:
    """Return the decimals that write `value` with up to `digits` significant digits and no trailing zeros."""
    exponent = Decimal(f"{value:.{digits}g}").normalize().as_tuple().exponent
    return max(0, -int(exponent))


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Format numbers in English (`1,234.5`, `12%`) or Swedish (`1 234,5`, `12 %`)."""

    lang: str

    def plain(self, value: float, decimals: int | None = None) -> str:
        """Return `value` with a true minus sign; not finite gives a dash."""
        if not math.isfinite(value):
            return MISSING
        places = decimals_for(value) if decimals is None else decimals
        text = f"{abs(value):,.{places}f}"
        if self.lang == "sv":
            text = text.replace(",", THIN_SPACE).replace(".", ",")
        is_zero = not any(digit in text for digit in "123456789")
        return text if value >= 0 or is_zero else MINUS + text

    def signed(self, value: float, decimals: int | None = None) -> str:
        """Return `value` with a sign, plus included; what rounds to zero has none."""
        text = self.plain(value, decimals)
        has_digit = any(digit in text for digit in "123456789")
        return "+" + text if value > 0 and has_digit else text

    def percent(self, share: float, *, signed: bool = False) -> str:
        """Return a share (1 = 100 %) as a percentage: one decimal below 10 %, none above."""
        if not math.isfinite(share):
            return MISSING
        places = 1 if abs(share) < 0.0995 else 0
        text = (self.signed if signed else self.plain)(100.0 * share, places)
        return text + (f"{THIN_SPACE}%" if self.lang == "sv" else "%")

    def interval(self, low: float, high: float, *, decimals: int, signed: bool = True) -> str:
        """Return `[low; high]`, or a dash when there is no interval."""
        if not (math.isfinite(low) and math.isfinite(high)):
            return MISSING
        write = self.signed if signed else self.plain
        return f"[{write(low, decimals)}; {write(high, decimals)}]"

    def span(self, low: float, high: float, decimals: int) -> str:
        """Return a range of levels as `low–high`, one number when both are the same."""
        first, last = self.plain(low, decimals), self.plain(high, decimals)
        return first if first == last else f"{first}–{last}"

    def short(self, value: float) -> str:
        """Return a number as a person would say it: two decimals at most, no trailing zeros."""
        places = next(places for places in range(3) if places == 2 or math.isclose(value, round(value, places)))
        return self.plain(value, places)

    def count(self, value: float) -> str:
        """Return a whole number."""
        return self.plain(value, 0)
