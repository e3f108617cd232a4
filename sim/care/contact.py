"""Carry out contacts: who meets whom, for how long, with what knowledge, and whether it helped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from sim.care.decisions import Contacts
from sim.care.pathways import Pathways
from sim.care.world import World
from sim.core.arrays import B, F, I
from sim.core.parameter import read_group
from sim.core.purposes import Purpose
from sim.core.vocabulary import ContactFlag, Mode, RecordDomain, WorkCause, WorkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactParameters:
    """Parameters of group `contact`."""

    minutes_log_sd: float
    reading_in_minutes: float
    reading_in_gap_factor: float
    reading_in_familiarity_saving: float
    reference_known_share: float
    met_logit: float
    met_information_slope: float
    met_familiarity_slope: float
    tries_at_most: float
    detour_probability: float
    questions_repeated_probability: float
    test_repeated_probability: float
    record_missing_probability: float
    contradiction_probability: float
    coordination_help_probability: float
    coordination_help_familiar: float
    missing_record_minutes: float
    repeated_test_minutes: float
    relative_hours_per_contact: float


@dataclass(slots=True)
class Minutes:
    """Minutes of a batch of contacts by kind of work; `reading_in` when the staff member is a stranger."""

    direct: F
    documentation: F
    travel: F
    reading_in: F

    def total(self, reading_factor: F | float) -> F:
        """Return all minutes, reading in scaled by how well the two know each other."""
        return self.direct + self.documentation + self.travel + self.reading_in * reading_factor


class ContactRoom:
    """What happens when patient and staff meet."""

    def __init__(self, world: World, pathways: Pathways) -> None:
        self._w = world
        self._pathways = pathways
        self._p = read_group(ContactParameters, "contact", world.register)
        apart = _domains_apart(world)
        self._has_others_apart = np.asarray(apart.any(axis=1))
        self.left = world.information.share_left(apart)
        """What is left of each domain's record after a contact in another."""

    @property
    def tries_at_most(self) -> float:
        """Contacts per step before the person gives up."""
        return self._p.tries_at_most

    @property
    def detour_probability(self) -> float:
        """Probability of a detour after a contact that did not help."""
        return self._p.detour_probability

    def known_share(self, person: I, episode: I, station: I) -> F:
        """Return the best of what staff know: own record, what came along, what is told, what means add."""
        w = self._w
        own = w.information.own(person, w.stations.record_domain[station])
        told = w.information.told(w.participation[person], w.population.relative[person])
        known = np.maximum(np.maximum(own, w.episodes.carried[episode]), told)
        return w.decisions.close("known_share_gain", known, Contacts(person, episode, station, known))

    def expected_minutes(self, episode: I, station: I, known: F) -> Minutes:
        """Return the minutes each contact would take."""
        w, p, e, paths = self._w, self._p, self._w.episodes, self._pathways
        kind, step = e.kind[episode], e.step[episode]
        z = w.luck.normal(Purpose.MINUTES, e.key[episode], step + 16 * e.tries[episode].astype(np.int64))
        missing = np.maximum(p.reference_known_share - known, -p.reference_known_share)
        at_home = paths.mode[kind, step] == Mode.HOME_VISIT
        return Minutes(
            direct=paths.direct_minutes[kind, step] * np.exp(p.minutes_log_sd * z - p.minutes_log_sd**2 / 2),
            documentation=paths.documentation_minutes[kind, step],
            travel=np.where(at_home, w.stations.travel_minutes[station], 0.0),
            reading_in=p.reading_in_minutes * np.maximum(1.0 + p.reading_in_gap_factor * missing, 0.0),
        )

    def reading_factor(self, familiarity: F) -> F:
        """Return the share of reading in that is left when the two know each other."""
        return 1.0 - self._p.reading_in_familiarity_saving * familiarity

    def meet(
        self,
        episode: I,
        staff: I,
        station: I,
        time_days: F,
        known: F,
        minutes: Minutes,
        acute: B,
        joint: bool = False,
    ) -> B:
        """Carry out contacts; logs them, updates records and relations. Returns whose need was met."""
        w, p, e, paths = self._w, self._p, self._w.episodes, self._pathways
        person = e.person[episode].astype(np.int64)
        kind, step, tries = e.kind[episode], e.step[episode], e.tries[episode]
        moment = float(time_days[0]) if len(time_days) else 0.0
        familiarity = w.familiarity.of_pair(person, staff, moment)
        count = step.astype(np.int64) + 16 * tries
        u_met, u_help = w.luck.uniform_pair(Purpose.MET, e.key[episode], count)
        logit = (
            p.met_logit + p.met_information_slope * (known - p.reference_known_share)
            + p.met_familiarity_slope * familiarity
        )  # fmt: skip
        met = u_met < expit(logit)
        flags = self._burdens(person, episode, station, time_days, count, known, familiarity, u_help)
        flags |= np.where(acute, ContactFlag.ACUTE, 0).astype(np.uint8)
        if joint:
            flags |= np.uint8(ContactFlag.JOINT)
        flags |= np.where(tries > 0, ContactFlag.SECOND_TRY, 0).astype(np.uint8)
        domain = w.stations.record_domain[station]
        w.information.record(person, domain, known, self.left)
        w.familiarity.meet(person, staff, moment)
        self._relatives(person, kind, step, time_days)
        w.log.contacts.block(
            time_days, person, staff, station, w.stations.facts.profession[station], paths.mode[kind, step], kind,
            episode, e.distance[episode].copy(), time_days - e.requested_days[episode], minutes.direct,
            minutes.reading_in * self.reading_factor(familiarity), minutes.documentation, minutes.travel,
            known, familiarity, met, flags,
        )  # fmt: skip
        return met

    def _burdens(
        self, person: I, episode: I, station: I, time_days: F, count: I, known: F, familiarity: F, u_help: F
    ) -> npt.NDArray[np.uint8]:
        """Draw what poor information costs at each contact, and who gets help with the next step."""
        w, p, e = self._w, self._p, self._w.episodes
        key = e.key[episode]
        u_questions, u_missing = w.luck.uniform_pair(Purpose.BURDENS, key, count)
        u_test, u_contradiction = w.luck.uniform_pair(Purpose.TESTS, key, count)
        unknown, strange = 1.0 - known, 1.0 - familiarity
        test = self._pathways.test_probability[e.kind[episode], e.step[episode]]
        apart = self._has_others_apart[w.stations.record_domain[station]]
        questions = u_questions < p.questions_repeated_probability * unknown * strange
        missing = apart & (u_missing < p.record_missing_probability * unknown)
        repeated = apart & (u_test < p.test_repeated_probability * test * unknown)
        contradiction = apart & (u_contradiction < p.contradiction_probability * unknown * strange)
        helped = u_help < p.coordination_help_probability + p.coordination_help_familiar * familiarity
        by_means = w.decisions.any_of("helps_with_next_step", person)
        if by_means is not None:
            helped |= by_means
        for hit, minutes, cause in (
            (missing, p.missing_record_minutes, WorkCause.CHASING),
            (repeated, p.repeated_test_minutes, WorkCause.REPEATED_TEST),
        ):
            at = np.flatnonzero(hit)
            w.work.add(time_days[at], station[at], person[at], WorkKind.HASSLE, cause, np.full(len(at), minutes))
        return np.asarray(
            questions * np.uint8(ContactFlag.QUESTIONS_REPEATED) + repeated * np.uint8(ContactFlag.TEST_REPEATED)
            + missing * np.uint8(ContactFlag.RECORD_MISSING)
            + contradiction * np.uint8(ContactFlag.CONTRADICTORY_INFORMATION)
            + helped * np.uint8(ContactFlag.HELP_WITH_COORDINATION), np.uint8,
        )  # fmt: skip

    def _relatives(self, person: I, kind: I, step: I, time_days: F) -> None:
        """Count the time of relatives who come along because the patient cannot steer the care alone."""
        w = self._w
        visit = self._pathways.mode[kind, step] == Mode.VISIT
        at = np.flatnonzero(visit & w.population.relative[person] & (w.participation[person] < 0.5))
        if len(at):
            w.log.relatives.block(time_days[at], person[at], self._p.relative_hours_per_contact)


def _domains_apart(world: World) -> B:
    """Say which record domains lie apart: some coordination distance separates their stations."""
    domain = world.stations.record_domain
    apart = np.zeros((len(RecordDomain), len(RecordDomain)), bool)
    for a in range(len(domain)):
        for b in range(len(domain)):
            if domain[a] != domain[b] and world.stations.distance[a, b] > 0:
                apart[domain[a], domain[b]] = True
    return apart
