"""A station that has more to do than it can: every minute paid is used, and no minute twice."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from engine_runs import scenario, with_parameters, with_staff

from calibration.base_load import modelled_shares
from sim.core.vocabulary import Profession, label
from sim.run import simulate

SCARCE = {
    Profession.PRIMARY_CARE_NURSE: 0.55,
    Profession.GENERAL_PRACTITIONER: 0.35,
    Profession.THERAPIST: 0.35,
    Profession.CARE_MANAGER: 0.35,
}
"""Share of the staff that is left: too few for the planned work, enough for what is acute."""


@cache
def used_and_left(profession: Profession, sample_share: float) -> tuple[float, float]:
    """Return modelled minutes of a far too small profession as a share of paid ones, and the share left for them."""
    name = label(profession)
    base = with_staff(scenario("baseline", sample_share, 0.6, 0.4), name, SCARCE[profession])
    # Nobody gives up, so that there is always somebody waiting.
    base = with_parameters(base, {"booking.wait_cap_days": 10_000.0})
    base_load = next(s.base_load_share.value for u in base.place.units for s in u.staff if s.profession == name)
    return modelled_shares(simulate(replace(base, id="scarce"), 2))[name], 1 - base_load


@pytest.mark.parametrize("sample_share", [0.1, 0.4])
@pytest.mark.parametrize("profession", SCARCE, ids=label)
def test_a_station_with_too_much_to_do_uses_every_minute_and_none_twice(
    profession: Profession, sample_share: float
) -> None:
    """Holds for stations of one and of many, with absence, acute contacts and work beside contacts."""
    used, left = used_and_left(profession, sample_share)
    assert used == pytest.approx(left, rel=0.05)
