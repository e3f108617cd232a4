"""Carry out contacts: who meets whom, for how long, with what knowledge, and whether it helped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from sim.care.pathways import MAX_STEPS, Pathways
from sim.care.questions import Contacts
from sim.care.relationship import Acquaintance
from sim.care.world import World
from sim.core.arrays import B, F, I, positions
from sim.core.luck import to_pair
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
    met_plan_slope: float
    digital_minutes_factor: float
    digital_severity_limit: float


@dataclass(slots=True)
class Minutes:
    """Minutes of a batch of contacts by kind of work; `reading_in` when the staff member is a stranger."""

    direct: F
    documentation: F
    travel: F
    reading_in: F

    def take(self, at: I) -> Minutes:
        """Return the minutes of some contacts, by position."""
        return Minutes(self.direct[at], self.documentation[at], self.travel[at], self.reading_in[at])

    def total(self, reading_factor: F | float) -> F:
        """Return all minutes, reading in scaled by how well the two know each other."""
        return self.direct + self.documentation + self.travel + self.reading_in * reading_factor


@dataclass(slots=True)
class Batch:
    """Contacts about to happen, one array element each: what is asked again and again, looked up once."""

    episode: I
    person: I
    station: I
    row: I
    """Where the step stands in the flat arrays of `Pathways`."""
    key: npt.NDArray[np.uint64]
    count: I
    """Tells apart the tries of the episode's steps."""

    def take(self, at: I) -> Batch:
        """Return some of the batch, by position."""
        return Batch(
            self.episode[at], self.person[at], self.station[at], self.row[at], self.key[at], self.count[at]
        )  # fmt: skip


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

    def mode(self, batch: Batch, known: F) -> I:
        """Return how the two meet: as the pathway says, or digitally where that does and is offered.

        Of the visits at a step, the share in which a test is taken is held in the room.
        """
        w, p, row = self._w, self._p, batch.row
        usual = self._pathways.mode[row]
        left = w.decisions.gap_left("digital_probability", Contacts(batch.person, batch.episode, batch.station, known))
        if left is None:
            return usual
        would_do = (usual == Mode.VISIT) & (w.episodes.severity[batch.episode] < p.digital_severity_limit)
        chance = (1.0 - left) * (1.0 - self._pathways.test_probability[row])
        digital = would_do & (w.luck.uniform(Purpose.DIGITAL, batch.key, batch.count) < chance)
        return np.where(digital, Mode.DIGITAL, usual)

    def batch(self, episode: I, station: I) -> Batch:
        """Look up what contacts of these episodes at these stations need."""
        e = self._w.episodes
        step = e.step[episode]
        return Batch(
            episode, e.person[episode], station, self._pathways.row(e.kind[episode], step),
            e.key[episode], step + MAX_STEPS * e.tries[episode],
        )  # fmt: skip

    def known_share(self, batch: Batch) -> F:
        """Return the best of what staff know: own record, what came along, what is told, what means add."""
        w, person, station = self._w, batch.person, batch.station
        own = w.information.own(person, w.stations.record_domain[station])
        own *= w.disturbances.now("own_record_unreadable_share")
        told = w.information.told(w.participation_now(person), w.population.relative[person])
        known = np.maximum(np.maximum(own, w.episodes.carried[batch.episode]), told)
        return w.decisions.close("known_share_gain", known, Contacts(person, batch.episode, station, known))

    def expected_minutes(self, batch: Batch, known: F) -> Minutes:
        """Return the minutes each contact would take."""
        w, p, paths, row = self._w, self._p, self._pathways, batch.row
        z = w.luck.normal(Purpose.MINUTES, batch.key, batch.count)
        missing = np.maximum(p.reference_known_share - known, -p.reference_known_share)
        minutes = Minutes(
            direct=paths.direct_minutes[row] * np.exp(p.minutes_log_sd * z - p.minutes_log_sd**2 / 2),
            documentation=paths.documentation_minutes[row],
            travel=np.where(paths.mode[row] == Mode.HOME_VISIT, w.stations.travel_minutes[batch.station], 0.0),
            reading_in=p.reading_in_minutes * np.maximum(1.0 + p.reading_in_gap_factor * missing, 0.0),
        )
        return self._as_means_have_it(minutes, batch, known)

    def _as_means_have_it(self, minutes: Minutes, batch: Batch, known: F) -> Minutes:
        """Change the minutes as the means in force answer."""
        decisions, asked = self._w.decisions, Contacts(batch.person, batch.episode, batch.station, known)
        direct = decisions.product("direct_minutes_factor", asked)
        if direct is not None:
            minutes.direct = minutes.direct * direct
        documentation = decisions.product("documentation_factor", asked)
        if documentation is not None:
            minutes.documentation = minutes.documentation * documentation
        if decisions.acting("digital_probability"):
            digital = self.mode(batch, known) == Mode.DIGITAL
            minutes.direct = np.where(digital, minutes.direct * self._p.digital_minutes_factor, minutes.direct)
        return minutes

    def reading_factor(self, familiarity: F) -> F:
        """Return the share of reading in that is left when the two know each other."""
        return 1.0 - self._p.reading_in_familiarity_saving * familiarity

    def meet(
        self, batch: Batch, acquaintance: Acquaintance, staff: I, time_days: F, known: F, minutes: Minutes, acute: B,
        joint: bool = False,
    ) -> B:  # fmt: skip
        """Carry out contacts of one day; logs them, updates records and relations. Returns whose need was met."""
        w, p, e = self._w, self._p, self._w.episodes
        episode, person, station = batch.episode, batch.person, batch.station
        mode = self.mode(batch, known)
        familiarity = acquaintance.of_pair(staff)
        high, low = to_pair(w.luck.bits_of((Purpose.MET, Purpose.BURDENS, Purpose.TESTS), batch.key, batch.count))
        logit = (
            p.met_logit + p.met_information_slope * (known - p.reference_known_share)
            + p.met_familiarity_slope * familiarity
        )  # fmt: skip
        asked = Contacts(person, episode, station, known)
        plan = w.decisions.gap_left("plan_fit", asked)
        if plan is not None:
            logit = logit + p.met_plan_slope * (1.0 - plan)
        met: B = high[0] < expit(logit)
        flags = self._burdens(batch, time_days, known, familiarity, np.concatenate((low[:1], high[1:], low[1:])))
        flags |= acute * _bit(ContactFlag.ACUTE)
        flags |= (batch.count >= MAX_STEPS) * _bit(ContactFlag.SECOND_TRY)
        if joint:
            flags |= _bit(ContactFlag.JOINT)
        kept = w.decisions.product("recorded_factor", asked)
        written = known if kept is None else known * kept
        domain = w.stations.record_domain[station]
        if w.disturbances.now("own_record_unreadable_share") < 1.0:
            # What could not be read is not lost: the note on paper is added to it.
            written = np.maximum(written, w.information.own(person, domain))
        w.information.record(person, domain, written, self.left)
        w.familiarity.meet(acquaintance, staff, float(time_days[0] // 1))
        self._relatives(person, mode, time_days)
        w.log.contacts.block(
            time_days, person, staff, station, w.stations.facts.profession[station], mode, e.kind[episode],
            episode, e.distance[episode], time_days - e.requested_days[episode], minutes.direct,
            minutes.reading_in * self.reading_factor(familiarity), minutes.documentation, minutes.travel,
            known, familiarity, met, flags,
        )  # fmt: skip
        return met

    def _burdens(self, batch: Batch, time_days: F, known: F, familiarity: F, luck: F) -> npt.NDArray[np.uint8]:
        """Draw what poor information costs at each contact, and who gets help with the next step.

        `luck` has one row each for help, questions, tests, missing records and contradictions.
        """
        w, p, station, person = self._w, self._p, batch.station, batch.person
        u_help, u_questions, u_test, u_missing, u_contradiction = luck
        unknown, strange = 1.0 - known, 1.0 - familiarity
        test = self._pathways.test_probability[batch.row]
        apart = self._has_others_apart[w.stations.record_domain[station]]
        questions = u_questions < p.questions_repeated_probability * unknown * strange
        missing = apart & (u_missing < p.record_missing_probability * unknown)
        repeated = apart & (u_test < p.test_repeated_probability * test * unknown)
        contradiction = apart & (u_contradiction < p.contradiction_probability * unknown * strange)
        helped = u_help < p.coordination_help_probability + p.coordination_help_familiar * familiarity
        by_means = w.decisions.any_of("helps_with_next_step", person)
        if by_means is not None:
            helped |= by_means
        searched = p.missing_record_minutes * w.disturbances.now("search_minutes_factor")
        for hit, minutes, cause in (
            (missing, searched, WorkCause.CHASING),
            (repeated, p.repeated_test_minutes, WorkCause.REPEATED_TEST),
        ):
            at = positions(hit)
            w.work.add(time_days[at], station[at], person[at], WorkKind.HASSLE, cause, np.full(len(at), minutes))
        flags: npt.NDArray[np.uint8] = questions * _bit(ContactFlag.QUESTIONS_REPEATED)
        flags |= repeated * _bit(ContactFlag.TEST_REPEATED)
        flags |= missing * _bit(ContactFlag.RECORD_MISSING)
        flags |= contradiction * _bit(ContactFlag.CONTRADICTORY_INFORMATION)
        flags |= helped * _bit(ContactFlag.HELP_WITH_COORDINATION)
        return flags

    def _relatives(self, person: I, mode: I, time_days: F) -> None:
        """Count the time of relatives who come along because the patient cannot steer the care alone."""
        w = self._w
        at = positions(
            (mode == Mode.VISIT)
            & w.population.relative[person]
            & (w.participation[person] < w.people_parameters.participation_low)
        )
        if len(at):
            w.log.relatives.block(time_days[at], person[at], self._p.relative_hours_per_contact)


def _bit(flag: ContactFlag) -> np.uint8:
    return np.uint8(flag)


def _domains_apart(world: World) -> B:
    """Say which record domains lie apart: some coordination distance separates their stations."""
    domain = world.stations.record_domain
    apart = np.zeros((len(RecordDomain), len(RecordDomain)), bool)
    for a in range(len(domain)):
        for b in range(len(domain)):
            if domain[a] != domain[b] and world.stations.distance[a, b] > 0:
                apart[domain[a], domain[b]] = True
    return apart
