"""Measure quality-adjusted life years (QALYs): utility integrated over time, 0 once dead."""

from __future__ import annotations

from collections.abc import Iterable

from sim.core.calendar import DAYS_PER_YEAR
from sim.core.observation import Observation
from sim.outcomes.exposure import starter_years
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure
from sim.outcomes.snapshots import snapshots

OUTCOMES = (
    Outcome(
        id="qalys",
        aim="health",
        better="higher",
        unit="QALYs per person-year",
        label_en="Quality-adjusted life years",
        label_sv="Kvalitetsjusterade levnadsår",
        meaning=(
            "Health-related utility from the monthly snapshots, summed over time, per person alive at the "
            "start of the window and year of the window; 0 once dead."
        ),
        headline=True,
    ),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield QALYs per person; who dies before a first snapshot has no known utility and is left out."""
    seen = snapshots(observation)
    qalys = seen.total(observation, "utility") / DAYS_PER_YEAR
    known = observation.per_person(seen.person) > 0
    yield PersonMeasure(outcome="qalys", numerator=qalys, denominator=starter_years(observation) * known)
