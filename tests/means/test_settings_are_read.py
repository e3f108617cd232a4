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
    read = {word for word in declared if _readings(source, word)}
    assert read == declared
    readings = source.count("self.setting(") + source.count("self.settings_by_label(")
    assert readings == sum(_readings(source, word) for word in declared)


def _readings(source: str, word: str) -> int:
    return source.count(f'self.setting("{word}")') + source.count(f'self.settings_by_label("{word}")')
