"""Let needs and exogenous acute turns arise in people, whatever the care system does.

Both are Poisson streams in each person's operational time (see `sim.population.spells`), drawn before the run:
the same person gets the same needs at the same moments in every scenario.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import pdtr

from sim.core.arrays import U64, F
from sim.core.luck import Luck, combine
from sim.core.parameter import Parameter, read_group
from sim.core.purposes import Purpose
from sim.core.vocabulary import NeedKind, label
from sim.population.spells import spell_clock
from sim.population.traits import Population

I32 = npt.NDArray[np.int32]
Part = tuple[F, npt.NDArray[np.int64], npt.NDArray[np.int8], F, U64]

_CHUNK = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedParameters:
    """Parameters of group `needs`."""

    base_rate_per_year: dict[str, float]
    frailty_factor: dict[str, float]
    psychiatric_factor: dict[str, float]
    disability_factor: dict[str, float]
    chronic_factor: dict[str, float]
    calm_mean_days: float
    unstable_mean_days: float
    unstable_multiplier: float
    severity_low: float
    severity_shape: float
    new_illness_needs_per_year: float
    new_illness_duration_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Events sorted by time. `key` is the event's own source of luck, the same in every scenario."""

    time_days: F
    person: I32
    kind: npt.NDArray[np.int8]
    severity: npt.NDArray[np.float32]
    key: U64
    day_starts: npt.NDArray[np.int64]
    """Position of the first event of each day; one more element than days."""

    def of_day(self, day: int) -> slice:
        """Return the positions of one day's events."""
        return slice(int(self.day_starts[day]), int(self.day_starts[day + 1]))


def draw_needs(population: Population, register: dict[str, Parameter], luck: Luck, days: int) -> Stream:
    """Draw all needs of everybody for the whole run."""
    p = read_group(NeedParameters, "needs", register)
    parts = [
        _needs_of(p, population, luck, np.arange(start, min(start + _CHUNK, len(population))), days)
        for start in range(0, len(population), _CHUNK)
    ]
    return merge(parts, days)


def draw_exogenous_turns(
    population: Population, register: dict[str, Parameter], luck: Luck, days: int, rate_per_year: F
) -> Stream:
    """Draw the acute turns that no coordination prevents; `rate_per_year` is one value per person."""
    p = read_group(NeedParameters, "needs", register)
    parts = []
    for start in range(0, len(population), _CHUNK):
        person = np.arange(start, min(start + _CHUNK, len(population)))
        clock = spell_clock(luck, person, days, p.calm_mean_days, p.unstable_mean_days, p.unstable_multiplier)
        mean = rate_per_year[person] * population.acute_propensity[person] / 365 * clock.total_operational_days
        row, number = counts(luck, Purpose.EXOGENOUS_COUNT, person, mean)
        who = person[row]
        u = luck.uniform(Purpose.EXOGENOUS_TIME, who, number)
        time = clock.to_calendar(row, u * clock.total_operational_days[row])
        severity = severity_of(p, luck.uniform(Purpose.EXOGENOUS_SEVERITY, who, number))
        kind = np.full(len(who), NeedKind.ACUTE_SYMPTOM, np.int8)
        parts.append((time, who, kind, severity, combine(who, number + (1 << 20))))
    return merge(parts, days)


def rates_per_year(p: NeedParameters, population: Population, person: npt.NDArray[np.int64]) -> F:
    """Return needs per year by person and kind, shape (people, kinds), propensity included."""
    frailty, chronic = population.frailty[person], population.chronic_conditions[person]
    psychiatric, disability = population.psychiatric[person], population.disability[person]
    columns = []
    for kind in NeedKind:
        name = label(kind)
        columns.append(
            p.base_rate_per_year[name] * (
                1.0 + p.frailty_factor[name] * frailty + p.psychiatric_factor[name] * psychiatric
                + p.disability_factor[name] * disability + p.chronic_factor[name] * chronic
            )
        )  # fmt: skip
    return np.asarray(np.stack(columns, axis=1) * population.planned_propensity[person][:, None])


def _needs_of(p: NeedParameters, population: Population, luck: Luck, person: npt.NDArray[np.int64], days: int) -> Part:
    rates = rates_per_year(p, population, person)
    total = rates.sum(axis=1)
    clock = spell_clock(luck, person, days, p.calm_mean_days, p.unstable_mean_days, p.unstable_multiplier)
    row, number = counts(luck, Purpose.NEED_COUNT, person, total / 365 * clock.total_operational_days)
    who = person[row]
    u = luck.uniform(Purpose.NEED_TIME, who, number)
    time = clock.to_calendar(row, u * clock.total_operational_days[row])
    cumulative = np.cumsum(rates, axis=1) / total[:, None]
    v = luck.uniform(Purpose.NEED_KIND, who, number)
    kind = np.zeros(len(row), np.int8)
    for k in range(cumulative.shape[1]):
        kind += v > cumulative[:, k].take(row)
    severity = severity_of(p, luck.uniform(Purpose.NEED_SEVERITY, who, number))
    key = combine(who, number)
    return joined([(time, who, kind, severity, key), _needs_of_new_illness(p, population, luck, person, days)])


def _needs_of_new_illness(
    p: NeedParameters, population: Population, luck: Luck, person: npt.NDArray[np.int64], days: int
) -> Part:
    """Draw the burst of needs that follows a new serious illness: several actors, quickly."""
    ill = person[population.new_illness_days[person] < days]
    mean = np.full(len(ill), p.new_illness_needs_per_year * p.new_illness_duration_days / 365)
    row, number = counts(luck, Purpose.NEW_ILLNESS, ill, mean)
    who = ill[row]
    number = number + (1 << 21)
    u = luck.uniform(Purpose.NEED_TIME, who, number)
    # Most of the burst comes early: the square of a uniform number.
    time = population.new_illness_days[who] + u * u * p.new_illness_duration_days
    kinds = np.array(
        [NeedKind.COMPOSITE_NEED, NeedKind.FUNCTIONAL_DECLINE, NeedKind.SPECIALIST_QUESTION,
         NeedKind.MEDICATION_CHANGE, NeedKind.WOUND_AND_NURSING, NeedKind.BENEFIT_DECISION], np.int8,
    )  # fmt: skip
    v = luck.uniform(Purpose.NEED_KIND, who, number)
    kind = kinds[(v * len(kinds)).astype(np.int64)]
    severity = severity_of(p, luck.uniform(Purpose.NEED_SEVERITY, who, number))
    inside = time < days
    return time[inside], who[inside], kind[inside], severity[inside], combine(who, number)[inside]


def severity_of(p: NeedParameters, u: F) -> F:
    """Return severities, for uniform numbers."""
    return np.asarray(p.severity_low + (1.0 - p.severity_low) * u**p.severity_shape)


def counts(
    luck: Luck, purpose: Purpose, person: npt.NDArray[np.int64], mean: F, k: int = 0
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Draw Poisson counts by inversion; return for every event its row and its number within the person."""
    u = luck.uniform(purpose, person, k)
    found = np.zeros(len(person), np.int64)
    open_rows = np.arange(len(person))
    k = 0
    while len(open_rows):
        open_rows = open_rows[u[open_rows] > pdtr(k, mean[open_rows])]
        found[open_rows] += 1
        k += 1
    row = np.repeat(np.arange(len(person)), found)
    first = np.repeat(np.cumsum(found) - found, found)
    return row, np.arange(len(row)) - first


def joined(parts: list[Part]) -> Part:
    """Put parts of a stream one after the other."""
    times, people, kinds, severities, keys = zip(*parts, strict=True)
    return (
        np.concatenate(times),
        np.concatenate(people),
        np.concatenate(kinds),
        np.concatenate(severities),
        np.concatenate(keys),
    )


def merge(parts: list[Part], days: int) -> Stream:
    """Put parts together as one stream, sorted by time."""
    time, person, kind, severity, key = joined(parts)
    order = np.argsort(time)
    if (time[order[1:]] == time[order[:-1]]).any():
        order = np.lexsort((key, time))  # settles what is equal, and takes eight times as long
    time = time[order]
    return Stream(
        time_days=time, person=person[order].astype(np.int32), kind=kind[order],
        severity=severity[order].astype(np.float32), key=key[order],
        day_starts=np.searchsorted(time, np.arange(days + 1)),
    )  # fmt: skip
