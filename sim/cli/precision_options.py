"""Declare the options by which the number of replications follows from a wanted precision."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import MAIN_REPLICATIONS
from sim.config.errors import InputError, suggestion

if TYPE_CHECKING:
    from sim.analysis.precision import Precision

AUTO = "auto"
MOST_REPLICATIONS = 100

ReplicationsOrAuto = Annotated[
    str,
    typer.Option(
        "--replications",
        metavar="N|auto",
        help="Runs per scenario, each with its own luck; auto = as many as --precision asks for.",
    ),
]
PrecisionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--precision",
        metavar="SHARE|OUTCOME=WIDTH",
        help="With --replications auto: half-width wanted of the 95 % intervals, as a share of the difference's own "
        "size (0.1 by default; near zero the smallest difference worth mentioning is enough), or in the outcome's "
        "unit, e.g. ed_visits_per_1000=5. May be given several times.",
        show_default=False,
    ),
]
PreciseForOption = Annotated[
    list[str] | None,
    typer.Option(
        "--precise-for",
        metavar="OUTCOME",
        help="With --replications auto: outcome that has to be known so well, over everybody; may be given "
        "several times. By default those named in --precision, or unmet_need_days, lead_time_days, "
        "ed_visits_per_1000 and cost_sek.",
        show_default=False,
    ),
]
FewestOption = Annotated[
    int,
    typer.Option("--min-replications", help="With --replications auto: made before the first look, 5 or more."),
]
MostOption = Annotated[
    int, typer.Option("--max-replications", help="With --replications auto: stop here, precise or not.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoOptions:
    """What the user asked for with `--replications auto`."""

    precision: tuple[str, ...] = ()
    precise_for: tuple[str, ...] = ()
    fewest: int = MAIN_REPLICATIONS
    most: int = MOST_REPLICATIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecisionOptions:
    """How many replications there are with `--replications auto`."""

    precision: PrecisionOption = None
    precise_for: PreciseForOption = None
    min_replications: FewestOption = MAIN_REPLICATIONS
    max_replications: MostOption = MOST_REPLICATIONS

    def read(self, replications: str) -> tuple[int, AutoOptions | None]:
        """Return the number of replications, or that of the first round and what to go on by. Raises InputError."""
        if replications == AUTO:
            return self.min_replications, AutoOptions(
                precision=tuple(self.precision or ()),
                precise_for=tuple(self.precise_for or ()),
                fewest=self.min_replications,
                most=self.max_replications,
            )
        for option, given in (("--precision", self.precision), ("--precise-for", self.precise_for)):
            if given:
                raise InputError(f"{option}: needs --replications auto, found --replications {replications}")
        try:
            return int(replications), None
        except ValueError:
            raise InputError(f"--replications: must be 1 or more, or auto, found {replications}") from None


def precision_rule(options: AutoOptions) -> Precision:
    """Return the checked rule. Raises InputError."""
    from sim.analysis.precision import DEFAULT_OUTCOMES, DEFAULT_SHARE, FEWEST_ALLOWED, Precision

    if options.fewest < FEWEST_ALLOWED:
        raise InputError(f"--min-replications: must be {FEWEST_ALLOWED} or more, found {options.fewest}")
    if options.most < options.fewest:
        raise InputError(
            f"--max-replications: must be at least --min-replications {options.fewest}, found {options.most}"
        )
    shares = [text for text in options.precision if "=" not in text]
    if len(shares) > 1:
        raise InputError(f"--precision: two shares are given, {shares[0]} and {shares[1]}; give one")
    absolute = dict(_absolute(text) for text in options.precision if "=" in text)
    named = [_outcome("--precise-for", name) for name in options.precise_for]
    # Widths alone mean these outcomes and no others.
    usual = () if absolute and not shares else DEFAULT_OUTCOMES
    return Precision(
        outcomes=tuple(dict.fromkeys([*(named or usual), *absolute])),
        share=_positive(shares[0], shares[0]) if shares else DEFAULT_SHARE,
        absolute=absolute,
        fewest=options.fewest,
        most=options.most,
    )


def _absolute(text: str) -> tuple[str, float]:
    name, _, width = text.partition("=")
    return _outcome("--precision", name.strip()), _positive(width.strip(), text)


def _positive(text: str, whole: str) -> float:
    expected = "a number above 0 such as 0.1, or OUTCOME=WIDTH"
    try:
        value = float(text)
    except ValueError:
        raise InputError(f"--precision: expected {expected}, found {whole}") from None
    if not (math.isfinite(value) and value > 0.0):
        raise InputError(f"--precision: expected {expected}, found {whole}")
    return value


def _outcome(option: str, name: str) -> str:
    from sim.outcomes.outcome import all_outcomes

    if name not in all_outcomes():
        raise InputError(f"{option}: unknown outcome {name}; {suggestion(name, all_outcomes())}")
    return name
