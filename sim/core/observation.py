"""Hold what outcomes may see: the log, the people, the stations, the prices and the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.core.calendar import DAYS_PER_YEAR
from sim.core.log import Columns


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Fixed traits of everybody in the place, one array element per person, at the start of the run."""

    age_years: npt.NDArray[np.float32]
    female: npt.NDArray[np.bool_]
    municipality: npt.NDArray[np.int16]
    need_group: npt.NDArray[np.int8]
    """1-5 (report 000, figure 10)."""
    complex_needs: npt.NDArray[np.bool_]
    participation: npt.NDArray[np.float32]
    frailty: npt.NDArray[np.float32]
    home_help: npt.NDArray[np.bool_]
    home_nursing: npt.NDArray[np.bool_]
    special_housing: npt.NDArray[np.bool_]
    survey_luck: npt.NDArray[np.float32]
    """A uniform number per person, for answers a person would give in a survey."""

    def __len__(self) -> int:
        return len(self.age_years)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stations:
    """Every profession at every unit, one element per station."""

    name: tuple[str, ...]
    unit: tuple[str, ...]
    unit_kind: npt.NDArray[np.int8]
    profession: npt.NDArray[np.int8]
    principal: npt.NDArray[np.int16]
    municipality: npt.NDArray[np.int16]
    """-1 = serves all municipalities."""
    staff: npt.NDArray[np.int32]
    paid_minutes_per_day: npt.NDArray[np.float64]
    """Paid staff minutes per calendar day, mean over the week."""
    base_load_share: npt.NDArray[np.float64]
    """Share of paid minutes taken by work that is not modelled."""
    sek_per_minute: npt.NDArray[np.float64]
    """Salary and employer's contributions per worked minute."""
    contact_sek_per_minute: npt.NDArray[np.float64]
    """Full cost of a minute of contact: salary, overhead, and what surrounds a contact (tests, materials)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Unit costs in SEK of `price_year`, each from the place file."""

    price_year: int
    bed_day_sek: float
    bed_day_variable_share: float
    """Share of a bed day's cost that is saved in cash when the bed is not used, in the short run."""
    ed_visit_sek: float
    ambulance_sek: float
    special_housing_day_sek: float
    short_term_day_sek: float
    repeated_test_sek: float
    overhead_share: float
    """Added to every staff minute: premises, management, materials."""
    staff_variable_share: float
    """Share of staff cost that is saved in cash when time is freed, in the short run."""
    relative_hour_sek: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One run, as outcomes see it. Only what lies in [start_days, end_days) counts."""

    start_days: float
    end_days: float
    sample_share: float
    tables: dict[str, Columns]
    people: People
    stations: Stations
    prices: Prices
    principals: tuple[str, ...]
    municipalities: tuple[str, ...]
    municipality_principal: npt.NDArray[np.int16]
    """Principal of each municipality."""
    region_principal: int
    means: tuple[str, ...]
    staff_left: npt.NDArray[np.float64] | None = None
    """Share of each station's staff that a disturbance has left at work, shape (days, stations); None = all."""
    ward_places: float = 0.0
    """Somatic beds that the people simulated have their share of, those for planned care too; 0 = not told."""

    def table(self, name: str) -> Columns:
        """Return the rows of a table whose moment lies in the window."""
        columns = self.tables[name]
        low, high = np.searchsorted(columns["time_days"], [self.start_days, self.end_days])
        return {key: values[low:high] for key, values in columns.items()}

    @property
    def years(self) -> float:
        """Length of the window in years of 365 days."""
        return (self.end_days - self.start_days) / DAYS_PER_YEAR

    def per_person(self, people: npt.NDArray[Any], weights: npt.NDArray[Any] | None = None) -> npt.NDArray[Any]:
        """Sum rows by person: counts, or sums of `weights`; float64 of length len(self.people)."""
        return np.bincount(people, weights, minlength=len(self.people)).astype(np.float64)
