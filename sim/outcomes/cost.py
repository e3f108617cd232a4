"""Measure cost per inhabitant: in full and in cash, by kind, by principal, and transfers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.core.observation import Observation
from sim.outcomes.exposure import person_years
from sim.outcomes.money import costs, net_transfers, variable_shares
from sim.outcomes.outcome import GroupMeasure, Measure, Outcome, PersonMeasure, Values

KINDS: dict[str, tuple[str, str]] = {
    "staff_contacts": ("staff time in contacts", "personaltid i kontakter"),
    "roster_visits": ("roster visits", "planerade hembesök"),
    "coordination_and_hassle": ("coordination and hassle", "samordning och strul"),
    "bed_days": ("hospital bed days", "vårddagar på sjukhus"),
    "ed": ("emergency visits", "akutbesök"),
    "ambulance": ("ambulance", "ambulans"),
    "special_housing": ("special housing", "särskilt boende"),
    "short_term_places": ("short-term places", "korttidsplatser"),
    "repeated_tests": ("repeated tests", "prov som tas om"),
    "means_fixed": ("fixed cost of means", "fasta kostnader för insatser"),
}
_UNIT = "SEK per person-year"


def _kind(name: str, label_en: str, label_sv: str) -> Outcome:
    return Outcome(
        id=f"cost_{name}_sek",
        aim="cost",
        better="neither" if name == "means_fixed" else "lower",
        unit=_UNIT,
        label_en=f"Cost: {label_en}",
        label_sv=f"Kostnad: {label_sv}",
        meaning="Part of the full cost of the modelled care.",
    )


OUTCOMES = (
    Outcome(
        id="cost_sek",
        aim="cost",
        better="lower",
        unit=_UNIT,
        label_en="Cost of care",
        label_sv="Kostnad för vård och omsorg",
        meaning=(
            "Full cost of the modelled care: staff time with overhead, bed days, emergency visits, "
            "ambulance, special housing, short-term places, repeated tests, fixed "
            "cost of means. By principal: who bears it "
            "before any transfers, per person-year of the whole place. Relatives' time is not included."
        ),
        headline=True,
    ),
    Outcome(
        id="cash_cost_sek",
        aim="cost",
        better="lower",
        unit=_UNIT,
        label_en="Cost in cash in the short run",
        label_sv="Kontant kostnad på kort sikt",
        meaning=(
            "The part of the cost that changes in cash in the short run; the rest of a difference is time "
            "and places freed for other use."
        ),
        headline=True,
    ),
    *(_kind(name, en, sv) for name, (en, sv) in KINDS.items()),
    Outcome(
        id="net_transfers_sek",
        aim="cost",
        better="neither",
        unit=_UNIT,
        label_en="Paid to other principals, net",
        label_sv="Betalt till andra huvudmän, netto",
        meaning="Paid to other principals less received from them; sums to zero over principals.",
    ),
    Outcome(
        id="cost_after_transfers_sek",
        aim="cost",
        better="lower",
        unit=_UNIT,
        label_en="Cost after transfers",
        label_sv="Kostnad efter ersättningar",
        meaning="What each principal pays in the end: own cost plus what it pays others, net.",
    ),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield cost per person and per principal, by kind and in total; principals sum to the total."""
    found, cash = costs(observation), variable_shares(observation)
    parts = {f"cost_{kind}_sek": {kind: 1.0} for kind in found}
    parts |= {"cost_sek": dict.fromkeys(found, 1.0), "cash_cost_sek": cash}
    years = float(person_years(observation).sum())
    for outcome, weights in parts.items():
        yield PersonMeasure(
            outcome=outcome,
            numerator=_weighted([found[kind].person * weight for kind, weight in weights.items()]),
            unassigned=sum(found[kind].unassigned * weight for kind, weight in weights.items()),
        )
        by_principal = _weighted([found[kind].principal * weight for kind, weight in weights.items()])
        yield _by_principal(observation, outcome, by_principal, years)
    own = _weighted([cost.principal for cost in found.values()])
    transfers = net_transfers(observation)
    yield _by_principal(observation, "net_transfers_sek", transfers, years)
    yield _by_principal(observation, "cost_after_transfers_sek", own + transfers, years)


def _weighted(parts: list[Values]) -> Values:
    return np.asarray(np.sum(parts, axis=0))


def _by_principal(observation: Observation, outcome: str, sek: Values, years: float) -> GroupMeasure:
    return GroupMeasure(
        outcome=outcome,
        group_by="principal",
        groups=observation.principals,
        numerator=sek,
        denominator=np.full(len(observation.principals), years),
    )
