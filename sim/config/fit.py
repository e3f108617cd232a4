"""Find the parameter sets that agree with published figures, and what a scenario keeps as its own beside them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from sim.config.ensemble import Ensemble, with_parameters
from sim.config.folders import program_folder
from sim.config.loader import load_means_settings
from sim.config.parameter_file import load_register
from sim.config.scenario import Scenario

HOME_PLACE = "vastra_varmland"
"""The place whose fit stands for those that have none of their own."""
_SETS = "ensemble.csv"


def fits_folder() -> Path:
    """Return the folder of the fits that come with the program, one folder for each place."""
    return program_folder().parent / "calibration" / "fits"


def find_fit(place: str) -> Path | None:
    """Return the parameter sets fitted to a place, else those of the home place; None when there are none."""
    found = (fits_folder() / one / _SETS for one in (place, HOME_PLACE))
    return next((path for path in found if path.is_file()), None)


class FittedSets:
    """Lay fitted sets over scenarios; what the files of a scenario set stays, and what else is `chosen`."""

    def __init__(self, fit: Ensemble, chosen: Collection[str] = ()) -> None:
        self._fit, self._chosen = fit, frozenset(chosen)
        self._kept: dict[str, frozenset[str]] = {}
        """What stays, by id of the scenario: files are read once."""

    def over(self, scenario: Scenario, number: int) -> Scenario:
        """Return the scenario with set `number`, from 0; after the last comes the first."""
        if scenario.id not in self._kept:
            self._kept[scenario.id] = set_by_hand(scenario) | self._chosen
        return with_parameters(scenario, self._fit, number % len(self._fit), keep=self._kept[scenario.id])


def set_by_hand(scenario: Scenario) -> frozenset[str]:
    """Name the parameters and settings of means to which a scenario's files give values of their own."""
    start = load_register()
    own = {name for name, one in scenario.parameters.items() if one.value != start[name].value}
    for choice in scenario.means:
        shipped = load_means_settings(choice.id)
        own |= {one.name for name, one in choice.settings.items() if one.value != shipped[name].value}
    return frozenset(own)
