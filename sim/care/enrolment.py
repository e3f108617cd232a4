"""List people at their worst and enrol them in the means, in phases, as capacity allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.care.answers import EnrolmentRule, StandingWork
from sim.care.decisions import Here, Means
from sim.care.implementation import Implementation, ImplementationParameters
from sim.care.world import World
from sim.core.arrays import positions
from sim.core.parameter import read_group
from sim.core.vocabulary import EnrolmentEvent, PaymentKind, Profession, WorkCause, WorkKind

NO_MEANS = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentParameters:
    """Parameters of group `enrolment`."""

    use_half_life_days: float
    contact_weight: float
    ed_weight: float
    bed_day_weight: float
    listing_points: float
    pushes_per_day: float
    list_pushes_per_10000_inhabitants_day: float
    double_coordination_confusion: float
    double_coordination_minutes: float

    @property
    def fading_days(self) -> float:
        """Time in which recent use fades to 37 %."""
        return self.use_half_life_days / float(np.log(2.0))


class Enrolment:
    """Who is listed, who is in which means, and what the means take in time and money each week."""

    def __init__(self, world: World) -> None:
        self._w = world
        self.p = read_group(EnrolmentParameters, "enrolment", world.register)
        self._implementation = Implementation(read_group(ImplementationParameters, "implementation", world.register))
        share = world.scenario.sample_share
        home = world.population.municipality
        self._people_of = [positions(home == m) for m in range(len(world.place.municipalities))]
        self._sample = share

    def week(self, day: int) -> None:
        """List people, start and strengthen means, enrol, and take the means' standing work."""
        self._list_people(day)
        support = self._w.decisions.support()
        for means, here in self._w.decisions.means:
            here.started = day >= here.start_days and not here.idle
            if not here.started:
                continue
            here.age_days = day - here.start_days
            self._implementation.week(here, support)
            rule = means.enrolment(here)
            if rule is not None:
                self._leave(here, day)
                if here.fidelity > 0:
                    self._enrol(means, here, rule, day)
            scale = here.fidelity * here.coverage
            week = int(day - here.start_days) // 7
            more = self._implementation.extra_work(here)
            self._take_time(means.standing_work(here, week), day, more)
            cost = means.fixed_cost_sek_per_week(here) * scale
            if cost > 0:
                self._pay(day, cost)

    def _take_time(self, standing: Sequence[StandingWork], day: int, more: float) -> None:
        """Take a week's standing work; `more` times as much while the means is learned."""
        some = [work for work in standing if work.minutes > 0]
        station = np.array([work.station for work in some], np.int64)
        minutes = np.array([work.minutes for work in some]) * more
        nobody = np.full(len(some), -1)
        self._w.work.add(day + 0.4, station, nobody, WorkKind.COORDINATION, WorkCause.MEANS, minutes)

    def _pay(self, day: int, cost_sek: float) -> None:
        """Share a means' fixed cost as the joint budget is shared."""
        for i, principal in enumerate(self._w.place.principals):
            part = self._w.place.joint_budget_shares[principal.id].value
            self._w.log.payments.row(day + 0.4, i, -1, PaymentKind.MEANS_FIXED_COST, cost_sek * part)

    def _points(self, day: int) -> npt.NDArray[np.float64]:
        return np.asarray(self._w.recent_use * np.exp(-day / self.p.fading_days))

    def _list_people(self, day: int) -> None:
        """List people with complex needs once their recent use is high; the same rule in every scenario.

        The list is closed when the warm-up ends: until then no means has started, so it is the same in all worlds.
        """
        w = self._w
        if day > w.warmup_days or day + 7 <= w.warmup_days:
            return
        listed = w.alive & w.population.complex_needs & (self._points(day) >= self.p.listing_points)
        w.listed |= listed
        who = positions(listed)
        if len(who):
            w.log.enrolments.block(np.full(len(who), float(w.warmup_days)), who, NO_MEANS, EnrolmentEvent.ELIGIBLE)

    def _leave(self, here: Here, day: int) -> None:
        gone = positions(here.enrolled & ~self._w.alive)
        if len(gone):
            here.enrolled[gone] = False
            here.contact_staff[gone] = -1
            self._w.contact_person[gone] = -1
            self._w.log.enrolments.block(np.full(len(gone), float(day)), gone, here.index, EnrolmentEvent.LEFT)

    def _enrol(self, means: Means, here: Here, rule: EnrolmentRule, day: int) -> None:
        """Take in those with the highest recent use, municipality by municipality, up to intake and places."""
        w, this_week = self._w, self._intake(rule, day)
        inside = np.bincount(w.population.municipality[here.enrolled], minlength=len(self._people_of))
        intake = [
            min(int(rule.places_per_10000 * len(people) / 10_000) - int(n), this_week)
            for people, n in zip(self._people_of, inside, strict=True)
        ]
        if max(intake) <= 0:
            return
        wanted = positions(w.alive & means.eligible(here, day) & here.offered & ~here.enrolled)
        home = w.population.municipality[wanted]
        for municipality, n in enumerate(intake):
            mine = wanted[home == municipality]
            if n > 0 and len(mine):
                # In the order of recent use, which has faded alike for everybody.
                self._take_in(here, rule, mine[_first(w.recent_use[mine], n)], day)

    def _intake(self, rule: EnrolmentRule, day: int) -> int:
        """Return this week's intake; fractions of a sample add up over the weeks."""
        week = day // 7
        per_week = rule.weekly_intake_per_municipality * self._sample
        return int((week + 1) * per_week) - int(week * per_week)

    def _take_in(self, here: Here, rule: EnrolmentRule, chosen: npt.NDArray[np.int64], day: int) -> None:
        w = self._w
        station = w.stations.of_person[chosen, rule.intake_profession].astype(np.int64)
        if rule.caseload is not None:
            named = self._name_contact_persons(here, rule, chosen, station, day)
            chosen, station = chosen[named], station[named]
        here.enrolled[chosen] = True
        here.enrolled_days[chosen] = here.age_days
        if not len(chosen):
            return
        w.log.enrolments.block(np.full(len(chosen), float(day)), chosen, here.index, EnrolmentEvent.ENROLLED)
        w.work.add(
            np.full(len(chosen), day + 0.4), station, chosen, WorkKind.COORDINATION, WorkCause.MEANS,
            np.full(len(chosen), rule.intake_minutes * here.final_fidelity),
        )  # fmt: skip

    def _name_contact_persons(
        self,
        here: Here,
        rule: EnrolmentRule,
        chosen: npt.NDArray[np.int64],
        station: npt.NDArray[np.int64],
        day: int,
    ) -> list[int]:
        """Name for each the staff member of the unit with the fewest patients, while there is room.

        A physician is named as the person's own doctor, and who has one keeps that one; anybody else becomes the
        contact person. Returns the positions of those for whom somebody was named.
        """
        first = self._w.stations.first_staff
        doctors = rule.intake_profession == Profession.GENERAL_PRACTITIONER
        names = self._w.named_doctor if doctors else self._w.contact_person
        load = np.bincount(here.contact_staff[here.contact_staff >= 0], minlength=int(first[-1]))
        named = []
        for i, (person, s) in enumerate(zip(chosen.tolist(), station.tolist(), strict=True)):
            staff = int(first[s] + load[first[s] : first[s + 1]].argmin())
            if doctors and first[s] <= names[person] < first[s + 1]:
                staff = int(names[person])
            if load[staff] + 1 > (rule.caseload or 0.0):
                continue
            load[staff] += 1
            here.contact_staff[person] = staff
            if names[person] < 0:
                names[person] = staff
            self._w.familiarity.introduce(person, staff, rule.introduction_familiarity * here.fidelity, float(day))
            named.append(i)
        return named


def _first(points: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.int64]:
    """Return the positions of the `count` highest points, the highest first and of equal ones the first."""
    if count < len(points):
        least = np.partition(points, len(points) - count)[len(points) - count]
        some = positions(points >= least)
        return some[np.argsort(-points[some], kind="stable")[:count]]
    return np.argsort(-points, kind="stable")
