"""Let more people fall ill while a disturbance lasts: acute turns and acute symptoms on top of the ordinary ones.

They are drawn beside the ordinary streams, with luck of their own, so that whatever would have happened anyway
still does, to the same people at the same moments.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.care.disturbance import Span
from sim.care.need import NeedParameters, Part, Stream, counts, merge, rates_per_year, severity_of
from sim.core.arrays import F
from sim.core.luck import Luck, combine
from sim.core.parameter import Parameter, read_group
from sim.core.purposes import Purpose
from sim.core.vocabulary import NeedKind
from sim.population.traits import Population

_OF_NEEDS, _OF_TURNS = 1 << 23, 1 << 24
"""Where the numbers of these events begin within a person: far from those of all others."""
_MOST_OF_SPAN = 1 << 12
_COUNT, _MOMENT, _SEVERITY = range(3)


def with_more_needs(
    stream: Stream, spans: Sequence[Span], population: Population, register: dict[str, Parameter], luck: Luck, days: int
) -> Stream:
    """Add acute symptoms to the stream of needs, by each person's ordinary rate of them and frailty."""
    p = read_group(NeedParameters, "needs", register)
    rate = rates_per_year(p, population, np.arange(len(population)))[:, NeedKind.ACUTE_SYMPTOM]
    return _with_more(stream, spans, rate, population, p, luck, days, Purpose.MORE_NEEDS)


def with_more_turns(
    stream: Stream, spans: Sequence[Span], rate_per_year: F, population: Population, register: dict[str, Parameter],
    luck: Luck, days: int,
) -> Stream:  # fmt: skip
    """Add acute turns that no coordination prevents; `rate_per_year` is each person's ordinary rate."""
    p = read_group(NeedParameters, "needs", register)
    rate = rate_per_year * population.acute_propensity
    return _with_more(stream, spans, rate, population, p, luck, days, Purpose.MORE_TURNS)


def _with_more(
    stream: Stream, spans: Sequence[Span], rate_per_year: F, population: Population, p: NeedParameters, luck: Luck,
    days: int, purpose: Purpose,
) -> Stream:  # fmt: skip
    what, first = ("extra_needs", _OF_NEEDS) if purpose is Purpose.MORE_NEEDS else ("extra_turns", _OF_TURNS)
    parts: list[Part] = []
    for span in spans:
        more = span.of(f"{what}_share") + span.of(f"{what}_frailty") * population.frailty
        if not more.any():
            continue
        mean = rate_per_year * more * (span.end - span.start) / 365
        person, number = counts(luck, purpose, np.arange(len(population)), mean, 3 * span.number + _COUNT)
        key = combine(person, number + first + _MOST_OF_SPAN * span.number)
        moment, luck_of_severity = (luck.uniform(purpose, key, k) for k in (_MOMENT, _SEVERITY))
        time = span.start + moment * (span.end - span.start)
        kind = np.full(len(person), NeedKind.ACUTE_SYMPTOM, np.int8)
        parts.append((time, person, kind, severity_of(p, luck_of_severity), key))
    if not parts:
        return stream
    usual: Part = (
        stream.time_days, stream.person.astype(np.int64), stream.kind, stream.severity.astype(np.float64), stream.key,
    )  # fmt: skip
    return merge([usual, *parts], days)
