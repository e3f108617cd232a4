"""A setting that nothing reads would be a promise the program does not keep."""

from __future__ import annotations

import inspect

import pytest

from sim.config.loader import load_means_settings
from sim.means import all_means, means_class


@pytest.mark.parametrize("name", all_means())
def test_every_setting_is_read_and_every_reading_has_a_setting(name: str) -> None:
    source = inspect.getsource(inspect.getmodule(means_class(name)))  # type: ignore[arg-type]  # a class has a module
    declared = set(load_means_settings(name))
    readings = {word: source.count(f'setting("{word}")') + source.count(f'settings_by_label("{word}")')
                for word in declared}  # fmt: skip
    assert {word for word, count in readings.items() if count} == declared
    assert source.count("self.setting(") + source.count("self.settings_by_label(") == sum(readings.values())
