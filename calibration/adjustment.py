"""Weigh those compared in a cross-section so that they are of the same kinds as those who have the exposure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from calibration.study_outcomes import Flags, Values, Window
from sim.core.vocabulary import Mode, Profession

Adjustment = Literal["age", "contacts", "need_group"]
_AGES = (35.0, 50.0, 65.0, 70.0, 75.0, 80.0, 85.0)
_VISITS = (3.0, 4.0, 5.0, 6.0, 8.0, 11.0, 16.0)
"""Where classes begin; the first holds two visits, without which no usual provider can be told."""


def _age(window: Window) -> Values:
    return np.digitize(window.observation.people.age_years, _AGES).astype(np.float64)


def _gp_visits(window: Window) -> Values:
    """Return classes of visits to GPs: the index of a usual provider falls with their number by itself."""
    contacts = window.observation.tables["contacts"]
    visit = (contacts["profession"] == Profession.GENERAL_PRACTITIONER) & (contacts["mode"] <= Mode.HOME_VISIT)
    count = window.count(contacts["person"][visit].astype(np.int64), contacts["time_days"][visit])
    return np.digitize(count, _VISITS).astype(np.float64)


def _need_group(window: Window) -> Values:
    return window.observation.people.need_group.astype(np.float64)


_KINDS: dict[Adjustment, Callable[[Window], Values]] = {
    "age": _age,
    "contacts": _gp_visits,
    "need_group": _need_group,
}


def adjusted_weights(before: Window, there: Flags, treated: Flags, adjust_for: Sequence[Adjustment]) -> Values:
    """Return weights by which those compared are like the treated in what is adjusted for, in the time before.

    `there` are those who take part. A kind of person that is found on one side only weighs nothing on either.
    """
    if not adjust_for:
        return np.ones(len(there))
    return alike_weights(np.stack([_KINDS[name](before) for name in adjust_for]), there, treated)


def alike_weights(kinds: npt.NDArray[np.float64], there: Flags, treated: Flags) -> Values:
    """Return weights so that each kind of person counts as much among those compared as among the treated.

    `kinds` has one row per trait, one column per person. The treated weigh 1; a kind without others weighs 0.
    """
    _, kind = np.unique(kinds, axis=1, return_inverse=True)
    kind = kind.reshape(-1)
    size = int(kind.max()) + 1
    exposed = np.bincount(kind[there & treated], minlength=size)
    compared = np.bincount(kind[there & ~treated], minlength=size)
    both = (exposed > 0) & (compared > 0)
    control = np.divide(exposed, compared, out=np.zeros(size), where=both)
    return np.asarray(np.where(treated, both[kind].astype(np.float64), control[kind]))
