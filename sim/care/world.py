"""Hold the state of the place in one run: people, stations, episodes, what is known and who knows whom."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.care.combining import Decisions
from sim.care.decisions import Here, Means
from sim.care.disturbance import Disturbances
from sim.care.episode import Episodes
from sim.care.information import Information, InformationParameters
from sim.care.more_ill import with_more_needs, with_more_turns
from sim.care.need import Stream, draw_exogenous_turns, draw_needs
from sim.care.relationship import Familiarity, RelationshipParameters
from sim.care.stations import build_stations
from sim.care.work import WorkBook
from sim.care.worsening import WorseningParameters, exogenous_rate_per_year
from sim.config.scenario import Scenario
from sim.core.arrays import B, F, I, positions
from sim.core.log import Log
from sim.core.luck import Luck
from sim.core.parameter import read_group
from sim.core.purposes import Purpose
from sim.core.vocabulary import Profession
from sim.population.parameters import PopulationParameters
from sim.population.traits import Population, draw_population

_ED_VISITS_REMEMBERED = 6


class World:
    """Everything that changes during a run, as columns; the log takes down what happens."""

    def __init__(self, scenario: Scenario, means: list[Means], seed: int) -> None:
        self.scenario = scenario
        self.place = scenario.place
        self.register = dict(scenario.parameters)
        self.luck = Luck(seed, Purpose)
        self.warmup_days = round(scenario.warmup_years * 365)
        self.days = self.warmup_days + round(scenario.years * 365)
        self.population = draw_population(self.place, self.register, self.luck, scenario.sample_share)
        self.stations = build_stations(self.place, self.population, self.luck, scenario.sample_share)
        principals = [p.id for p in self.place.principals]
        self.municipality_principal = np.array(
            [principals.index(m.principal) for m in self.place.municipalities], np.int16
        )
        self.region_principal = next(i for i, p in enumerate(self.place.principals) if p.is_region)
        self.log = Log()
        self.work = WorkBook(len(self.stations), self.log)
        self._set_up_people(self.population)
        self.disturbances = Disturbances(
            scenario.disturbances, self.warmup_days, self.days, self.stations.facts, principals, self.region_principal
        )
        self._draw_streams()
        self.episodes = Episodes(len(self.needs.person) + len(self.population) // 8)
        self.decisions = Decisions(self._set_up_means(means))

    def _draw_streams(self) -> None:
        """Draw what arises in people whatever care does: needs and exogenous turns, and what disturbances add."""
        people, register, luck, days, spans = (
            self.population, self.register, self.luck, self.days, self.disturbances.spans
        )  # fmt: skip
        needs = draw_needs(people, register, luck, days)
        self.needs: Stream = with_more_needs(needs, spans, people, register, luck, days)
        rate = exogenous_rate_per_year(read_group(WorseningParameters, "worsening", register), people)
        turns = draw_exogenous_turns(people, register, luck, days, rate)
        self.exogenous: Stream = with_more_turns(turns, spans, rate, people, register, luck, days)

    def _set_up_people(self, population: Population) -> None:
        n = len(population)
        p = read_group(PopulationParameters, "population", self.register)
        self.people_parameters = p
        self.alive: B = np.ones(n, bool)
        self.in_hospital: B = np.zeros(n, bool)
        self.frailty: F = population.frailty.copy()
        self.frailty_lost: F = np.zeros(n)
        """Function lost in hospital and not yet healed; part of `frailty`."""
        self.special_housing: B = population.special_housing.copy()
        self.home_help: F = population.home_help_visits_per_day.copy()
        self.home_nursing: F = population.home_nursing_visits_per_day.copy()
        self.participation: F = population.participation.copy()
        self.recent_use: F = np.zeros(n)
        """Points of recent use, scaled up by the growth of time so that nothing needs to fade (see enrolment)."""
        self.listed: B = np.zeros(n, bool)
        self.latest_ed_days: F = np.full((n, _ED_VISITS_REMEMBERED), -np.inf)
        """Moments of the latest visits to the emergency department, the newest first."""
        self.contact_person = np.full(n, -1, np.int32)
        """Staff number of the named contact person; -1 = nobody."""
        self.unmet_loss: F = np.zeros(n)
        """Utility lost to open needs now."""
        self.information = Information(
            n,
            self.luck,
            p.information_at_start_mean,
            p.information_at_start_spread,
            read_group(InformationParameters, "information", self.register),
        )
        self.relationship_parameters = read_group(RelationshipParameters, "relationship", self.register)
        self.familiarity = Familiarity(n, self.relationship_parameters)
        self.named_doctor = self._named_doctors(p)

    def _named_doctors(self, p: PopulationParameters) -> npt.NDArray[np.int32]:
        """Give some people a named doctor among those of their health centre; staff number or -1."""
        person = np.arange(len(self.population))
        u, v = self.luck.uniform_pair(Purpose.NAMED_DOCTOR, person)
        station = self.stations.of_person[:, Profession.GENERAL_PRACTITIONER].astype(np.int64)
        first = self.stations.first_staff
        count = first[station + 1] - first[station]
        doctor = first[station] + (v * count).astype(np.int64)
        return np.where(u < p.named_doctor_share, doctor, -1).astype(np.int32)

    def _set_up_means(self, means: list[Means]) -> list[tuple[Means, Here]]:
        n = len(self.population)
        pairs = []
        # The luck of coverage is the person's, the same for every means: those reached by one are reached by all.
        reached = self.luck.uniform(Purpose.COVERAGE, np.arange(n))
        for index, (one, choice) in enumerate(zip(means, self.scenario.means, strict=True)):
            there = self._people_of(choice.only_in)
            here = Here(
                index=index, world=self, coverage=choice.coverage * float(there.mean()),
                start_days=self.warmup_days + choice.start_days, ramp_days=choice.ramp_days,
                final_fidelity=choice.fidelity, enrolled=np.zeros(n, bool), enrolled_days=np.full(n, -1.0),
                offered=(reached < choice.coverage) & there, contact_staff=np.full(n, -1, np.int32),
                idle=choice.coverage <= 0 or choice.fidelity <= 0,
            )  # fmt: skip
            pairs.append((choice.id, one, here))
        # By name, so that nothing ever depends on the order in which means are listed.
        return [(one, here) for _, one, here in sorted(pairs, key=lambda pair: pair[0])]

    def _people_of(self, municipalities: tuple[str, ...]) -> B:
        """Tell who lives in these municipalities; everybody where none is named."""
        if not municipalities:
            return np.ones(len(self.population), bool)
        names = [one.id for one in self.place.municipalities]
        return np.isin(self.population.municipality, [names.index(one) for one in municipalities])

    def consents(self, person: I) -> B:
        """Say who lets care share records across, what means do about it included."""
        given = self.population.consent[person]
        asked = positions(~given)
        if not len(asked) or not self.decisions.acting("consent_gain"):
            return given
        left = self.decisions.gap_left("consent_gain", person[asked])
        if left is not None:
            given[asked] = self.luck.uniform(Purpose.CONSENT_LATER, person[asked]) < 1.0 - left
        return given

    def participation_now(self, person: I) -> F:
        """Return how far people can steer their own care, what means do about it included."""
        return self.decisions.close("participation_gain", self.participation[person], person)

    def note_ed_visit(self, person: int, now_days: float) -> None:
        """Remember a visit to the emergency department, as those who look for frequent visitors do."""
        latest = self.latest_ed_days[person]
        latest[1:] = latest[:-1]
        latest[0] = now_days

    def ed_visits_since(self, day: float) -> I:
        """Count for everybody the visits since a day, as far as remembered."""
        count = np.zeros(len(self.latest_ed_days), np.int64)
        some = positions(self.latest_ed_days[:, 0] >= day)
        count[some] = (self.latest_ed_days[some] >= day).sum(axis=1)
        return count

    def pooled_money(self, person: int) -> float:
        """Return how far region and municipality decide as one purse for a person, 0-1; the same principal has one."""
        if self.municipality_principal[self.population.municipality[person]] == self.region_principal:
            return 1.0
        return self.decisions.largest("pools_money")

    def die(self, person: npt.NDArray[np.integer[Any]], time_days: F) -> None:
        """Let people die; their episodes close when their station next looks at them or at the end of the week."""
        self.alive[person] = False
        self.in_hospital[person] = False
        self.log.deaths.block(time_days, person)

    def use(self, person: npt.NDArray[np.integer[Any]], points: float, now_days: float, fading_days: float) -> None:
        """Count recent use of people; those who occur twice in one batch count twice."""
        np.add.at(self.recent_use, person, points * np.exp(now_days / fading_days))

    def use_one(self, person: int, points: float, now_days: float, fading_days: float) -> None:
        """Count recent use of one person."""
        self.recent_use[person] += points * math.exp(now_days / fading_days)
