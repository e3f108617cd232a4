"""Where a scenario lies that another file names: beside that file first, then where the user stands."""

from __future__ import annotations

from typing import Any

import pytest

from sim.config.allocation_file import allocation_files, read_allocation
from sim.config.errors import InputError
from sim.config.loader import load_scenario
from sim.config.sweep_file import read_sweep, sweep_files

HEAD = "source: me\nextends: all_four\n"


def holder(title: str) -> str:
    return f"title: {{en: {title}, sv: {title}}}\nsummary: {{en: {title}, sv: {title}}}\n{HEAD}"


@pytest.fixture
def plans(library: Any) -> Any:
    """Return a library with an allocation and a sweep in a folder of their own, which name `own/mine.yaml`."""
    for name, path in (("allocation", allocation_files()["four_means"]), ("sweep", sweep_files()["staffing"])):
        text = path.read_text().replace("scenario: all_four", "scenario: own/mine.yaml")
        library.write(f"plans/{name}.yaml", text)
    return library


def test_a_path_is_taken_from_the_folder_of_the_file_that_names_it(plans: Any) -> None:
    plans.write("plans/own/mine.yaml", holder("beside"))
    plans.write("own/mine.yaml", holder("here"))
    allocation = read_allocation(plans.path("plans/allocation.yaml"))
    sweep = read_sweep(plans.path("plans/sweep.yaml"))
    assert [load_scenario(one).title.en for one in (allocation.scenario, sweep.scenario)] == ["beside", "beside"]
    code, out, err = plans.mellanrum("check", "plans/allocation.yaml", "plans/sweep.yaml")
    assert (code, err) == (0, "") and out.count("OK") == 2


def test_else_from_where_the_user_stands(plans: Any) -> None:
    plans.write("own/mine.yaml", holder("here"))
    assert load_scenario(read_allocation(plans.path("plans/allocation.yaml")).scenario).title.en == "here"


def test_names_of_scenarios_stay_names(library: Any) -> None:
    assert read_allocation(allocation_files()["four_means"]).scenario == "all_four"
    assert {read_sweep(path).against for path in sweep_files().values()} <= {"baseline", None}


@pytest.mark.parametrize("command", ["allocate", "check"])
def test_a_missing_file_is_told_with_file_line_and_key(plans: Any, command: str) -> None:
    more = ("--budget-sek", "1e6") if command == "allocate" else ()
    code, out, err = plans.mellanrum(command, "plans/allocation.yaml", *more)
    line = 1 + plans.path("plans/allocation.yaml").read_text().splitlines().index("scenario: own/mine.yaml")
    assert (code, out) == (2, "")
    assert f"plans/allocation.yaml:{line}: scenario: there is no file plans/own/mine.yaml" in err, err


def test_an_unknown_name_is_told_with_its_key_too(plans: Any) -> None:
    plans.edit("plans/sweep.yaml", "own/mine.yaml", "all_for")
    with pytest.raises(InputError, match=r"sweep.yaml:.*: scenario: all_for: unknown scenario; did you mean all_four"):
        read_sweep(plans.path("plans/sweep.yaml"))
