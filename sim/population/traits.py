"""Draw everybody in the place: age, sex, conditions, frailty, participation, services, need group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from sim.config.place import Place
from sim.core.arrays import B, F
from sim.core.luck import Luck
from sim.core.parameter import Parameter, read_group
from sim.core.purposes import Purpose
from sim.population.parameters import PopulationParameters
from sim.population.services_at_start import (
    home_help_at_start,
    home_nursing_at_start,
    next_in_line,
    special_housing_at_start,
)


@dataclass(slots=True, kw_only=True)
class Population:
    """Everybody at the start of the run, one array element per person."""

    age_years: F
    female: B
    municipality: npt.NDArray[np.int16]
    instability: F
    """Latent score, standard normal; drives both propensities."""
    acute_propensity: F
    planned_propensity: F
    frailty: F
    psychiatric: B
    substance: B
    cognitive: B
    disability: B
    chronic_conditions: npt.NDArray[np.int16]
    participation: F
    consent: B
    alone: B
    relative: B
    special_housing: B
    home_help_visits_per_day: F
    home_nursing_visits_per_day: F
    complex_needs: B
    new_illness_days: F
    """Day on which a new serious illness begins; infinite = never."""
    need_group: npt.NDArray[np.int8]
    utility: F
    """Health-related utility with no unmet need and frailty as at the start."""
    care_load_rank: F
    """0-1 by municipality, 1 = next in line for services; fixed luck beside frailty."""

    def __len__(self) -> int:
        return len(self.age_years)


def draw_population(place: Place, register: dict[str, Parameter], luck: Luck, sample_share: float) -> Population:
    """Draw the people of a place, or a sample of them; persons are numbered by municipality, age and sex."""
    p = read_group(PopulationParameters, "population", register)
    age, female, municipality, weight = _age_and_sex(place, luck, sample_share)
    person = np.arange(len(age))
    instability = luck.normal(Purpose.INSTABILITY, person)
    frailty = _frailty(p, luck, person, age, instability)
    conditions = _conditions(p, luck, person, age, instability)
    psychiatric, substance, cognitive, disability, chronic = conditions
    participation = _participation(p, luck, person, frailty, psychiatric, substance, cognitive, disability)
    rank = luck.uniform(Purpose.SERVICES, person)
    special_housing = special_housing_at_start(p, place, sample_share, municipality, age, frailty, cognitive, rank)
    home_help = home_help_at_start(p, luck, person, age, frailty, cognitive, rank, special_housing, weight)
    home_nursing = home_nursing_at_start(p, luck, person, age, frailty, home_help, special_housing, weight)
    score = (
        p.complexity_frailty * frailty
        + p.complexity_psychiatric * psychiatric
        + p.complexity_substance * substance
        + p.complexity_cognitive * cognitive
        + p.complexity_home_help * (home_help > 0)
        + p.complexity_chronic * np.minimum(chronic, 5)
        + p.complexity_instability * instability
        + p.complexity_luck * luck.uniform(Purpose.COMPLEXITY, person)
    )
    complex_needs = _most_complex(score, weight, p.complex_share)
    new_illness = _new_illness(p, luck, person, age, weight)
    utility = np.clip(
        p.utility_base - p.utility_loss_age_per_decade * np.maximum(age - 40, 0) / 10
        - p.utility_loss_frailty * frailty - p.utility_loss_psychiatric * psychiatric, 0.05, 1.0
    )  # fmt: skip
    low = participation < p.participation_low
    group = np.full(len(age), 5, np.int8)
    group[disability | (low & ((chronic > 0) | cognitive))] = 3
    group[np.isfinite(new_illness)] = 2
    group[complex_needs & low] = 1
    group[complex_needs & ~low] = 4
    return Population(
        age_years=age, female=female, municipality=municipality, instability=instability,
        acute_propensity=_propensity(p.instability_acute_log_sd, instability),
        planned_propensity=_propensity(p.instability_planned_log_sd, instability),
        frailty=frailty, psychiatric=psychiatric, substance=substance, cognitive=cognitive,
        disability=disability, chronic_conditions=chronic, participation=participation,
        consent=luck.uniform(Purpose.CONSENT, person) < p.consent_share,
        alone=(age >= 18) & (luck.uniform(Purpose.HOUSEHOLD, person) < p.alone_share_65plus),
        relative=luck.uniform(Purpose.RELATIVE, person) < p.relative_share,
        special_housing=special_housing, home_help_visits_per_day=home_help,
        home_nursing_visits_per_day=home_nursing, complex_needs=complex_needs,
        new_illness_days=new_illness, need_group=group, utility=utility, care_load_rank=rank,
    )  # fmt: skip


def _propensity(log_sd: float, score: F) -> F:
    """Return a lognormal multiplier with mean 1."""
    return np.asarray(np.exp(log_sd * score - log_sd**2 / 2))


def _most_complex(score: F, weight: F, share: float) -> B:
    """Choose those with the highest scores: `share` of the people, counted as in the place of today."""
    if (weight == 1.0).all():
        return np.asarray(score >= np.quantile(score, 1.0 - share))
    return next_in_line(score, weight, share * float(weight.sum()))


def _age_and_sex(place: Place, luck: Luck, share: float) -> tuple[F, B, npt.NDArray[np.int16], F]:
    """Count people by municipality, age band and sex, scaled to the sample.

    The last array says how many people of today's place each stands for: 1 where their age has not grown.
    """
    counts, low, span, female, home, grown = [], [], [], [], [], []
    for m, municipality in enumerate(place.municipalities):
        for band in municipality.age_groups:
            for is_female, people in ((True, band.women), (False, band.men)):
                counts.append(people)
                low.append(band.from_age)
                span.append(band.to_age + 1 - band.from_age)
                female.append(is_female)
                home.append(m)
                grown.append(band.grown)
    # Cumulative rounding keeps the total right whatever the sample's share.
    edges = np.rint(np.cumsum(counts) * share).astype(np.int64)
    repeats = np.diff(edges, prepend=0)
    person = np.arange(int(edges[-1]))
    u = luck.uniform(Purpose.AGE, person)
    age = np.repeat(low, repeats) + u * np.repeat(span, repeats)
    weight = 1.0 / np.repeat(np.asarray(grown, dtype=np.float64), repeats)
    return age, np.repeat(female, repeats), np.repeat(home, repeats).astype(np.int16), weight


def _frailty(p: PopulationParameters, luck: Luck, person: npt.NDArray[np.int64], age: F, score: F) -> F:
    r = p.frailty_instability_correlation
    z = r * score + np.sqrt(1 - r * r) * luck.normal(Purpose.FRAILTY, person)
    logit = p.frailty_at_80_logit + p.frailty_per_decade_logit * (age - 80) / 10 + p.frailty_sd_logit * z
    return np.asarray(np.minimum(expit(logit), 0.95))


def _conditions(
    p: PopulationParameters, luck: Luck, person: npt.NDArray[np.int64], age: F, score: F
) -> tuple[B, B, B, B, npt.NDArray[np.int16]]:
    u, v = luck.uniform_pair(Purpose.CONDITIONS, person)
    # Dividing by the mean of exp(b z) keeps the published share while the unstable have more.
    b = p.psychiatric_instability_log_odds
    psychiatric = (age >= 15) & (u < p.psychiatric_share * np.exp(b * score - b * b / 2))
    substance = psychiatric & (v < p.substance_share_of_psychiatric)
    w, x = luck.uniform_pair(Purpose.DISABILITY, person)
    disability = w < p.disability_share
    at_age = p.cognitive_share_at_80 * 2 ** ((age - 80) / p.cognitive_doubling_years)
    cognitive = (age >= 60) & (x < np.minimum(at_age, 0.45))
    mean = p.chronic_mean_at_75 * np.exp(p.chronic_per_decade * (np.minimum(age, 75) - 75) / 10)
    # A lognormal spread of the mean gives the published shares with one and with two or more.
    z = luck.normal(Purpose.CHRONIC, person)
    u2 = luck.uniform(Purpose.CHRONIC, person, 1)
    mixed = mean * np.exp(p.chronic_log_sd * z - p.chronic_log_sd**2 / 2)
    chronic = _poisson(mixed, u2)
    return psychiatric, substance, cognitive, disability, chronic.astype(np.int16)


def _poisson(mean: F, u: F, top: int = 14) -> npt.NDArray[np.int64]:
    """Invert the Poisson distribution at u for small means."""
    count = np.zeros(len(mean), np.int64)
    term = np.exp(-mean)
    total = term.copy()
    for k in range(1, top):
        count += u > total
        term *= mean / k
        total += term
    return count


def _participation(
    p: PopulationParameters, luck: Luck, person: npt.NDArray[np.int64],
    frailty: F, psychiatric: B, substance: B, cognitive: B, disability: B,
) -> F:  # fmt: skip
    mean = (
        p.participation_mean - p.participation_loss_frailty * frailty
        - p.participation_loss_psychiatric * psychiatric - p.participation_loss_substance * substance
        - p.participation_loss_cognitive * cognitive - p.participation_loss_disability * disability
    )  # fmt: skip
    return np.asarray(np.clip(mean + p.participation_sd * luck.normal(Purpose.PARTICIPATION, person), 0.05, 0.98))


def _new_illness(p: PopulationParameters, luck: Luck, person: npt.NDArray[np.int64], age: F, weight: F) -> F:
    """Draw the day on which a new serious illness begins within the window, if any."""
    u, v = luck.uniform_pair(Purpose.NEW_ILLNESS, person)
    # Stroke and fractures rise steeply with age; the exponent keeps the mean near the declared rate.
    by_age = np.exp((age - 70) / p.new_illness_age_scale_years)
    rate = p.new_illness_per_1000_years / 1000 * by_age / max(float(np.average(by_age, weights=weight)), 1e-9)
    hit = u < 1 - np.exp(-rate * p.new_illness_window_years)
    return np.where(hit, v * p.new_illness_window_years * 365.0, np.inf)
