"""Grant, change and end services in place: home help, home nursing, special housing."""

from __future__ import annotations

import numpy as np

from sim.care.home_care_parameters import HomeCareParameters
from sim.care.world import World
from sim.core.arrays import I, positions
from sim.core.parameter import read_group
from sim.core.vocabulary import NeedKind, Profession
from sim.population.services_at_start import care_load, granted_visits


class Services:
    """Who has what, and who is next in line."""

    def __init__(self, world: World) -> None:
        self._w = world
        self._p = read_group(HomeCareParameters, "home_care", world.register)
        municipalities = len(world.place.municipalities)
        home = world.population.municipality
        self._places = np.bincount(home[world.special_housing], minlength=municipalities)

    def week(self) -> None:
        """Fill free places in special housing with those in home help who need them most."""
        w = self._w
        home = w.population.municipality
        taken = np.bincount(home[w.special_housing & w.alive], minlength=len(self._places))
        score = care_load(w.people_parameters, w.frailty, w.population.cognitive, w.population.care_load_rank)
        waiting = (w.home_help > 0) & w.alive & ~w.in_hospital
        for m in positions(taken < self._places):
            mine = positions(waiting & (home == m))
            chosen = mine[np.argsort(-score[mine], kind="stable")[: self._places[m] - taken[m]]]
            w.special_housing[chosen] = True
            w.home_help[chosen] = 0.0
            w.home_nursing[chosen] = 0.0

    def decide(self, person: I, kind: I, profession: I) -> None:
        """Grant home help after a care manager, and home nursing after a home nurse, has met a frail person."""
        w, p = self._w, self._p
        may_grant = positions((profession == Profession.CARE_MANAGER) | (profession == Profession.THERAPIST))
        if not len(may_grant):
            return
        person, kind, profession = person[may_grant], kind[may_grant], profession[may_grant]
        frail = (w.frailty[person] > p.start_frailty) & ~w.special_housing[person] & w.alive[person]
        help_ = frail & (profession == Profession.CARE_MANAGER) & (w.home_help[person] == 0)
        help_ &= (kind == NeedKind.FUNCTIONAL_DECLINE) | (kind == NeedKind.DISCHARGE_PLANNING)
        who = np.unique(person[help_])
        if len(who):
            w.home_help[who] = granted_visits(w.people_parameters, w.luck, who)
        nursed = frail & (profession == Profession.THERAPIST) & (w.home_nursing[person] == 0)
        who = np.unique(person[nursed])
        if len(who):
            w.home_nursing[who] = w.people_parameters.home_nursing_visits_mean
