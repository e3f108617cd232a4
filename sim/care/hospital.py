"""Care for people in hospital beds, plan their way home with the municipality, and let them go."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from math import exp, log
from typing import Any

import simpy
from scipy.special import ndtri

from sim.care.acute import AcuteCare
from sim.care.answers import RestAtHome
from sim.care.closed_beds import close_beds
from sim.care.elsewhere import Elsewhere
from sim.care.hospital_parameters import HospitalParameters
from sim.care.money import Invoices
from sim.care.onward import Onward
from sim.care.referrals import Referral, Referrals
from sim.care.world import World
from sim.care.worsening import WorseningParameters, days_to_turn_after_discharge
from sim.core.parameter import read_group
from sim.core.purposes import Purpose
from sim.core.vocabulary import NeedKind, PlaceEvent, RecordDomain, StayEvent

# Keep the luck of planning, of follow-up and of the stay itself apart.
_PLANNING, _FOLLOW_UP = 0x5DEECE66D, 0x2545F4914F6CDD1D

Wait = Generator[simpy.Event, Any, None]


@dataclass(slots=True)
class Stay:
    """One hospital stay."""

    number: int
    person: int
    severity: float
    key: int
    avoidable: bool
    clinical_days: float
    planned: simpy.Event
    """Happens when planning with the municipality has ended."""
    needs_planning: bool
    home_team: RestAtHome | None = None
    """Who keeps a place to care at home for what is left of the clinical stay."""
    clinical_end_days: float = 0.0
    """When care would end in the ward, once a team keeps a place."""
    admitted_days: float | None = None
    ready_days: float | None = None


class Hospital:
    """Beds, stays and discharges. Beds are finite: who finds none waits in the emergency department."""

    def __init__(
        self, world: World, env: simpy.Environment, onward: Onward, referrals: Referrals, acute: AcuteCare,
        elsewhere: Elsewhere, bed_day_weight: float, fading_days: float,
    ) -> None:  # fmt: skip
        self._w, self._env, self._onward, self._elsewhere = world, env, onward, elsewhere
        elsewhere.clinical_days = self.clinical_days
        self._referrals, self._acute = referrals, acute
        acute.key_of_stay = lambda number: self.stays[number].key
        self._p = read_group(HospitalParameters, "hospital", world.register)
        self._worsening = read_group(WorseningParameters, "worsening", world.register)
        self._weight, self._fading_days = bed_day_weight, fading_days
        share = world.scenario.sample_share
        wards = [u for u in world.place.units if u.kind == "ward" and u.places]
        planned = sum(u.elective_occupancy.value for u in wards if u.elective_occupancy)
        beds = world.place.places_of("ward") - planned
        self.beds = simpy.Resource(env, max(1, round(beds * share)))
        close_beds(env, self.beds, world.disturbances.spans)
        self.short_term_places = simpy.Resource(env, max(1, round(world.place.places_of("short_term_home") * share)))
        self.stays: list[Stay] = []
        self._processes: dict[int, simpy.Process] = {}
        """The latest stay of each person."""
        self._in_short_term_place: dict[int, simpy.Process] = {}
        self.in_ward = 0
        """People who wait for their home in short-term places that means have added."""
        self._invoices = Invoices(world)
        self._ward_station = world.stations.emergency
        onward.on_planned = self._planned

    def admit(self, person: int, severity: float, key: int, now_days: float, avoidable: bool) -> None:
        """Begin a stay: it is decided on now, and the bed comes when one is free."""
        stay = Stay(
            len(self.stays), person, severity, key, avoidable, self.clinical_days(person, severity, key),
            self._env.event(), self._needs_planning(person, key),
        )  # fmt: skip
        self.stays.append(stay)
        self._leave_short_term_place(person)
        self._w.in_hospital[person] = True
        self._log(stay, StayEvent.DECIDED)
        self._processes[person] = self._env.process(self._stay(stay))

    def _u(self, purpose: Purpose, key: int, k: int = 0) -> float:
        return self._w.luck.uniform_one(purpose, key, k)

    def clinical_days(self, person: int, severity: float, key: int) -> float:
        """Return the clinical length of a stay, waiting for home not included."""
        p = self._p
        mean = p.stay_mean_days * (
            p.stay_base + p.stay_severity_slope * severity + p.stay_frailty_slope * float(self._w.frailty[person])
        )
        z = float(ndtri(self._u(Purpose.STAY_LENGTH, key)))
        return mean * exp(p.stay_log_sd * z - p.stay_log_sd**2 / 2)

    def _needs_planning(self, person: int, key: int) -> bool:
        w, p = self._w, self._p
        if w.special_housing[person]:
            return False
        served = w.home_help[person] > 0 or w.home_nursing[person] > 0
        share = p.planning_share if served else p.planning_share_without_services * float(w.frailty[person])
        if w.population.alone[person]:
            share *= p.planning_alone_factor
        return self._u(Purpose.DISCHARGE_PLAN, key) < share

    def _stay(self, stay: Stay) -> Wait:
        """Go through a stay: bed, care, planning, ready, waiting for home, discharge; or death on the way."""
        place, to_ward = None, False
        with self.beds.request() as bed:
            try:
                yield bed
                self._log(stay, StayEvent.ADMITTED)
                stay.admitted_days = self._env.now
                yield from self._care_and_plan(stay)
                stay.ready_days = self._env.now
                self._log(stay, StayEvent.READY)
                if stay.needs_planning and self._ward_has_room():
                    # Takes effect below, once the hospital bed is given back.
                    to_ward = True
                    self.in_ward += 1
                elif stay.needs_planning:
                    yield from self._until_home_is_prepared(stay)
                    place = yield from self._short_term_place(stay)
            except simpy.Interrupt:
                if stay.admitted_days is not None:
                    self._log(stay, StayEvent.DIED)
                if stay.home_team is not None:
                    self._elsewhere.give_up(stay.home_team)
                return
        self._discharge(stay)
        if stay.home_team is not None:
            self._elsewhere.follow_home(stay.home_team, stay.person, stay.clinical_end_days - self._env.now)
        if to_ward:
            yield from self._wait_in_ward(stay)
        if place is not None:
            yield from self._short_term_stay(stay, place)

    def _ward_has_room(self) -> bool:
        """Tell whether a place that means have added is free for somebody who is ready and waits for home."""
        places = self._w.decisions.sum_of("short_term_places") * self._w.scenario.sample_share
        return self.in_ward < round(places)

    def _wait_in_ward(self, stay: Stay) -> Wait:
        """Wait in the municipality's ward until the home is prepared, readmission or death."""
        assert self._env.active_process is not None  # a stay is a process
        self._in_short_term_place[stay.person] = self._env.active_process
        self._w.log.short_term_stays.row(self._env.now, stay.person, PlaceEvent.MOVED_IN)
        with suppress(simpy.Interrupt):
            yield from self._until_home_is_prepared(stay)
        self._in_short_term_place.pop(stay.person, None)
        self._w.log.short_term_stays.row(self._env.now, stay.person, PlaceEvent.MOVED_OUT)
        self.in_ward -= 1

    def _short_term_stay(self, stay: Stay, place: simpy.resources.resource.Request) -> Wait:
        """Stay in a short-term place on the way home, until ready, readmitted or dead."""
        assert self._env.active_process is not None  # a stay is a process
        self._in_short_term_place[stay.person] = self._env.active_process
        self._w.log.short_term_stays.row(self._env.now, stay.person, PlaceEvent.MOVED_IN)
        luck = self._u(Purpose.DISCHARGE_PREPARATION, stay.key, 2)
        with suppress(simpy.Interrupt):
            yield self._env.timeout(-log(luck) * self._p.short_term_mean_days)
        self._in_short_term_place.pop(stay.person, None)
        self._w.log.short_term_stays.row(self._env.now, stay.person, PlaceEvent.MOVED_OUT)
        self.short_term_places.release(place)

    def _care_and_plan(self, stay: Stay) -> Wait:
        """Give clinical care; planning with the municipality starts on the way."""
        start = self._w.decisions.earliest_planning(stay.person, self._p.planning_start_share)
        yield self._env.timeout(stay.clinical_days * start)
        if stay.needs_planning:
            self._referrals.add(
                Referral(
                    stay.person, NeedKind.DISCHARGE_PLANNING, stay.severity, stay.key ^ _PLANNING, self._env.now,
                    self._ward_station, 1.0, stay.number,
                )
            )  # fmt: skip
        yield from self._last_part(stay, start, self._ward_preparation_days(stay))

    def _last_part(self, stay: Stay, start: float, preparation_days: float) -> Wait:
        """Give the rest of the care in the ward, or its first part, where a team can give the last one at home."""
        left = max(stay.clinical_days * (1.0 - start), preparation_days)
        team = self._elsewhere.rest_at_home(stay.person, stay.severity, stay.key)
        if team is not None:
            first = max(stay.clinical_days * (team.after_share - start), preparation_days)
            if first < left:
                stay.clinical_end_days = self._env.now + left
                yield self._env.timeout(first)
                if self._elsewhere.keep_place(team):
                    stay.home_team = team
                    return
                left -= first
        yield self._env.timeout(left)

    def _ward_preparation_days(self, stay: Stay) -> float:
        """Return how long the ward needs to prepare going home, side by side with care, once that has begun.

        Assessments of function, medicines, aids, talks and transport: nobody else's delay, so before being ready.
        """
        p = self._p
        if not self._old_or_complex(stay.person):
            return 0.0
        z = float(ndtri(self._u(Purpose.DISCHARGE_PREPARATION, stay.key, 3)))
        return p.ward_preparation_mean_days * exp(p.preparation_log_sd * z - p.preparation_log_sd**2 / 2)

    def _old_or_complex(self, person: int) -> bool:
        return bool(self._w.population.age_years[person] >= 65 or self._w.population.complex_needs[person])

    def _planned(self, stay_number: int) -> None:
        stay = self.stays[stay_number]
        if not stay.planned.triggered:
            # Contacts of the day are worked through in the morning; the plan stands from now.
            stay.planned.succeed()

    def _until_home_is_prepared(self, stay: Stay) -> Wait:
        """Wait for the plan, then for the home to be made ready; not longer than the cap."""
        p = self._p
        yield stay.planned | self._env.timeout(p.waiting_cap_days)
        z = float(ndtri(self._u(Purpose.DISCHARGE_PREPARATION, stay.key)))
        days = p.preparation_mean_days * exp(p.preparation_log_sd * z - p.preparation_log_sd**2 / 2)
        # With one purse an empty bed is everybody's gain, so the home is made ready sooner.
        pooled = self._w.pooled_money(stay.person)
        days *= 1.0 - p.preparation_sooner_with_one_purse * pooled
        yield self._env.timeout(days * self._w.decisions.factor_for("preparation_factor", stay.person))

    def _short_term_place(self, stay: Stay) -> Generator[simpy.Event, Any, simpy.resources.resource.Request | None]:
        """Wait for a short-term place where one is needed; returns the place taken, or None."""
        if self._u(Purpose.DISCHARGE_PREPARATION, stay.key, 1) >= self._p.short_term_share:
            return None
        request = self.short_term_places.request()
        try:
            waited = yield request | self._env.timeout(self._p.waiting_cap_days)
        except simpy.Interrupt:
            request.cancel()
            if request.triggered:
                self.short_term_places.release(request)
            raise
        if request not in waited:
            request.cancel()
            return None
        return request

    def _leave_short_term_place(self, person: int) -> None:
        """Give up the short-term place of somebody who is readmitted or dies, if there is one."""
        process = self._in_short_term_place.pop(person, None)
        if process is not None:
            process.interrupt()

    def die(self, person: int) -> None:
        """End what somebody who dies has here: a stay in hospital, a short-term place."""
        self._leave_short_term_place(person)
        if self._w.in_hospital[person]:
            self._processes[person].interrupt()

    def _discharge(self, stay: Stay) -> None:
        """Send the person home: function lost, information sent, follow-up asked for, and a fading hazard."""
        w, p, now = self._w, self._p, self._env.now
        assert stay.admitted_days is not None  # discharged from a bed
        person, days = stay.person, now - stay.admitted_days
        w.in_hospital[person] = False
        self._log(stay, StayEvent.DISCHARGED)
        w.use_one(person, self._weight * days, now, self._fading_days)
        if w.population.age_years[person] >= 65:
            lost = min(p.frailty_per_bed_day * days, 0.95 - float(w.frailty[person]))
            w.frailty[person] += lost
            w.frailty_lost[person] += lost
        known = float(w.information.share[person, RecordDomain.SOMATIC_HOSPITAL])
        w.information.record_one(person, RecordDomain.SOMATIC_HOSPITAL, known, self._onward.room.left)
        sent = w.decisions.close_for("discharge_information_gain", p.information_sent, person)
        sent *= w.disturbances.now("information_lost_share")
        w.information.send(person, sent, (RecordDomain.PRIMARY_CARE, RecordDomain.MUNICIPAL_HEALTH_CARE))
        self._invoices.delayed_days(person, stay.ready_days, now)
        self._ask_for_follow_up(stay, sent, now)
        e = -log(w.luck.uniform_one(Purpose.AFTER_DISCHARGE, stay.key))
        after = days_to_turn_after_discharge(self._worsening, float(w.frailty[person]), sent, e)
        if after is not None and now + after < w.days:
            day = max(int(now + after), int(now) + 1)
            self._acute.after_discharge[day].append((now + after, person, stay.number))

    def _ask_for_follow_up(self, stay: Stay, sent: float, now: float) -> None:
        """Ask for a follow-up at home or at the health centre."""
        w = self._w
        asked = w.decisions.close_for("follow_up_gain", self._p.follow_up_share, stay.person)
        if self._old_or_complex(stay.person) and self._u(Purpose.FOLLOW_UP, stay.key, 3) < asked:
            self._referrals.add(
                Referral(
                    stay.person, NeedKind.DISCHARGE_FOLLOW_UP, stay.severity, stay.key ^ _FOLLOW_UP, now,
                    self._ward_station, sent, stay.number,
                )
            )  # fmt: skip

    def _log(self, stay: Stay, event: StayEvent) -> None:
        self._w.log.stays.row(self._env.now, stay.person, stay.number, event, stay.avoidable)
