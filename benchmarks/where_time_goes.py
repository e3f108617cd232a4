"""Book the time of a profiled run on modules."""

from __future__ import annotations

import cProfile
import pstats
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def module_of(path: str) -> str:
    """Name the module of a profiled file: ours by dotted name, others by their package."""
    file = Path(path)
    if file.is_relative_to(ROOT / "sim"):
        return ".".join(file.relative_to(ROOT).with_suffix("").parts)
    if "site-packages" in file.parts:
        return file.parts[file.parts.index("site-packages") + 1]
    return "python"


def time_by_module(profile: cProfile.Profile) -> list[tuple[str, float]]:
    """Return each module's share of the time; what C code takes is booked on the module that called it."""
    used: Counter[str] = Counter()
    statistics: dict[Any, Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]  # not in the stubs
    for (path, _, _), (_, _, own, _, callers) in statistics.items():
        if path != "~":
            used[module_of(path)] += own
            continue
        by_callers = 0.0
        for (caller, _, _), (_, _, part, _) in callers.items():
            used[module_of(caller) if caller != "~" else "python"] += part
            by_callers += part
        used["python"] += own - by_callers
    total = sum(used.values())
    return [(name, seconds / total) for name, seconds in used.most_common()]
