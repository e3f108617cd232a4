"""Integrated records: staff see at a contact what other domains have written."""

from __future__ import annotations

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Contacts
from sim.core.arrays import F, positions, table_of
from sim.core.vocabulary import Profession, RecordDomain

_HEALTH_CARE = (
    RecordDomain.SOMATIC_HOSPITAL,
    RecordDomain.PRIMARY_CARE,
    RecordDomain.PSYCHIATRY,
    RecordDomain.MUNICIPAL_HEALTH_CARE,
)
_TRAINING_WEEKS = 13


class IntegratedRecords(Means):
    """One record, or records that can be read across, within what the law and the person allow."""

    MECHANISM = (
        "At every contact staff know the best of all records within reach, as far as the shared record is complete and "
        "readable, if the person consents. Health care is within reach; social services only where the law of the "
        "place allows direct access. It costs training of all staff, upkeep every week and a licence."
    )

    def known_share_gain(self, here: Here, batch: Contacts) -> F:
        """Close part of the gap: from what the unit knows to what the best record within reach holds."""
        world = here.world
        domains = list(_HEALTH_CARE) if world.place.law.direct_access_health_care else []
        if world.place.law.direct_access_social_services:
            domains.append(RecordDomain.SOCIAL_SERVICES)
        if not domains:
            return np.zeros(len(batch.person))
        may_read = table_of(domains, len(RecordDomain))[world.stations.record_domain[batch.station]]
        may_read &= here.offered[batch.person]
        at = positions(may_read)
        at = at[world.consents(batch.person[at])]
        # What the domains hold together: each fresh part of one fills the gaps of the others half-way to the best.
        held = world.information.share[batch.person[at]][:, domains]
        together = 1.0 - np.prod(1.0 - 0.5 * held, axis=1)
        best = np.maximum(held.max(axis=1), together)
        shared = best * self.setting("completeness") * here.joint_systems
        known = batch.known_share[at]
        gain = np.zeros(len(batch.person))
        gain[at] = np.clip((shared - known) / np.maximum(1.0 - known, 1e-9), 0.0, 1.0) * here.fidelity
        return gain

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take training in the first quarter and upkeep ever after from everybody but home help."""
        facts = here.world.stations.facts
        training = self.setting("training_minutes_per_staff") / _TRAINING_WEEKS if week < _TRAINING_WEEKS else 0.0
        each = (training + self.setting("upkeep_minutes_per_staff_week")) * here.coverage
        each *= float(here.final_fidelity > 0)
        people = facts.staff * here.world.stations.presence
        return [
            StandingWork(s, float(people[s]) * each)
            for s in range(len(here.world.stations))
            if facts.profession[s] != Profession.HOME_HELP_WORKER
        ]

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay licence and operation by the number of inhabitants."""
        return self.setting("fixed_cost_sek_per_inhabitant_year") * len(here.world.population) / 52
