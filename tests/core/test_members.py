"""Hold that members at hand are the members, and stay read-only words."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from sim.core.purposes import Purpose
from sim.core.vocabulary import ContactFlag, Profession


def test_members_are_the_same_objects() -> None:
    for words in (Profession, Purpose, ContactFlag):
        for member in words:
            assert vars(words)[member.name] is member is words[member.name]
    assert pickle.loads(pickle.dumps(Profession.HOME_NURSE)) is Profession.HOME_NURSE
    assert ContactFlag.ACUTE | ContactFlag.JOINT == 96
    with pytest.raises(AttributeError):
        Profession.HOME_NURSE = 3  # type: ignore[misc,assignment]  # the point of the test


def test_numpy_takes_a_word_for_its_number() -> None:
    numbers = np.array([int(word) for word in Profession], np.int8)
    for word in Profession:
        assert (numbers == word).tolist() == [other is word for other in Profession]
