"""Leave the tables of every command that makes a page, by hand, and draw its page: what the contract tests look at.

A new command whose test (tests/cli/test_NAME_command.py) has a function `run(folder)` that leaves its tables is found
by itself; any other needs one more function here, under the name of the module that builds its page. As a script it
draws all pages into a folder, for a test that compares them with those of another process.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from inspect import getmembers, isfunction
from pathlib import Path
from pkgutil import iter_modules
from tempfile import mkdtemp
from typing import Any

# Some examples are those of the commands' own tests, which lie beside.
sys.path.append(str(Path(__file__).parents[1] / "cli"))
sys.path.append(str(Path(__file__).parents[1]))

import numpy as np
import pandas as pd
from interplay_factory import OUTCOMES, factorial, league
from report_factory import SCENARIOS, manifest, write_folder
from robustness_factory import write_robustness
from sweep_factory import sweep_read

import sim.report.html
from sim.report.results import Results, read_results

ROOT = Path(__file__).resolve().parents[2]
_ALIKE = 5
"""Letters at the beginning that a page and its command share."""
FIT = ROOT / "calibration" / "fits" / "vastra_varmland"


def builders() -> dict[str, Callable[..., None]]:
    """Return every function of sim.report that builds a page from a folder, by the name of its module."""
    found = {}
    for module in iter_modules(sim.report.__path__):
        if not module.ispkg:
            functions = getmembers(import_module(f"sim.report.{module.name}"), isfunction)
            for name, function in functions:
                own = function.__module__ == f"sim.report.{module.name}"
                if own and name.startswith("build_") and name.endswith("report"):
                    found[module.name] = function
    return found


@cache
def _compared() -> Path:
    """Leave a small comparison, once."""
    return write_folder(Path(mkdtemp()), scenarios=SCENARIOS[:3], replications=4)


@cache
def _results() -> Results:
    return read_results(_compared())


def _leave(folder: Path, tables: dict[str, pd.DataFrame], **about: Any) -> None:
    """Leave the tables of a command beside those of a small comparison, and its receipt."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("outcomes.csv", "differences.csv"):
        (folder / name).write_bytes((_compared() / name).read_bytes())
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    text = json.dumps(manifest(SCENARIOS[:3], 4) | about, ensure_ascii=False)
    (folder / "manifest.json").write_text(text, encoding="utf-8")


def comparison(folder: Path) -> None:
    """Leave a comparison with everything that a page of one can hold."""
    folder.mkdir(parents=True, exist_ok=True)
    write_folder(folder, scenarios=SCENARIOS[:3], replications=4)
    _correlations().to_csv(folder / "parameter_correlations.csv", index=False)
    _evidence().to_csv(folder / "evidence.csv", index=False)
    a_sensitivity(folder / "sensitivity", "tornado")
    receipt = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for name, means in (("team", ["mdt", "mobile_response"]), ("integrated_records", ["integrated_records"])):
        about = {"means": means, "summary": {"en": "Work & care <together>.", "sv": "Vård & omsorg <ihop>."}}
        receipt["scenarios"][name] |= about | {"content_hash": "0123abcd"}
    receipt |= {"commit": "abcdef0", "fit": {"sets": 200, "used": 40, "parameters": ["gap.loss_scale"], "digest": "9f"}}
    (folder / "manifest.json").write_text(json.dumps(receipt, ensure_ascii=False), encoding="utf-8")


def _correlations() -> pd.DataFrame:
    about = {"scenario": "team", "baseline": "baseline", "group_by": "all", "group": "all", "n": 40}
    rows = [
        about | {"outcome": outcome, "unit": "days", "parameter": name, "rank_correlation": strength, "p_value": 0.01,
                 "low": strength - 0.2, "high": strength + 0.2, "p_adjusted": 0.02 if strength < 0 else 0.3}
        for outcome in ("unmet_need_days", "lead_time_days", "cost_sek")
        for name, strength in (("gap.loss_scale", -0.613), ("gap.chase_minutes", 0.247))
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _evidence() -> pd.DataFrame:
    about = {"scenario": "team", "means": "mdt", "covers": "part", "verified": True, "range": "published"}
    source = {
        "type": "trial",
        "design": "randomised",
        "population": "all",
        "cites": "A trial 2014",
        "source": "A trial",
    }
    rows = [
        about | source | {"outcome": "ed_visits_per_1000", "effect": "ed", "strength": "strong", "unit": "rate_ratio",
                          "published": 0.77, "published_low": 0.69, "published_high": 0.86},
        about | source | {"outcome": "bed_days_per_1000", "effect": "stay", "strength": "weak", "unit": "difference",
                          "published": np.nan, "published_low": -1.33, "published_high": -0.12},
    ]  # fmt: skip
    return pd.DataFrame(rows)


def a_sweep(folder: Path, axes: int = 1) -> None:
    values = [[0.0, 0.5, 1.0], [10.0, 20.0, 30.0]][:axes]
    made = sweep_read(
        _results(),
        ["unmet_need_days", "cost_sek"],
        values,
        lambda outcome, x, y: -8.0 * x + (0.0 if axes == 1 else 0.4 * (y - 15.0)),
        enough=(0.5, False, 1.0) if axes == 1 else None,
    )
    tables = {"sweep": made.table} | ({} if made.enough is None else {"levels_off": made.enough})
    _leave(folder, tables, sweep=made.about)


def a_league(folder: Path) -> None:
    made = league(_results(), OUTCOMES[:2])
    _leave(folder, {"league": made.table, "matrix": made.matrix}, stands_for=made.stands_for)


def a_design(folder: Path) -> None:
    made = factorial(_results(), {"mdt": -4.0, "mobile_response": -2.0, "joint_financing": 0.5}, {})
    names = ("effects", "interactions", "joint", "shapley", "smallest_sets")
    about = {"factors": made.titles, "cells": made.cells, "resolution": made.resolution, "reach": made.reach}
    _leave(folder, {name: getattr(made, name) for name in names}, factorial=about)


_MEASURES = {
    "tornado": ("at_low", "at_high", "swing", "low_end", "high_end"),
    "morris": ("mu_star", "sigma", "mu"),
    "sobol": ("first", "total"),
    "information": (),
}
_NAMES = ("gap.loss_scale", "gap.chase_minutes", "means.patient_coordinator.caseload")


def a_sensitivity(folder: Path, method: str = "tornado") -> None:
    """Leave a sensitivity analysis of one difference and three parameters."""
    about = {
        "scenario": "team", "against": "baseline", "group_by": "all", "group": "all", "outcome": "unmet_need_days",
        "unit": "days per person-year", "better": "lower", "aim": "health",
    }  # fmt: skip
    rows = [about | {"parameter": "", "measure": "start", "value": -4.0, "low": -5.0, "high": -3.0}]
    for at, name in enumerate(_NAMES, start=1):
        for sign, measure in zip((-1, 1, 1, 1, 1), _MEASURES[method], strict=False):
            value = sign * 0.2 * at
            rows.append(about | {"parameter": name, "measure": measure, "value": value, "low": value - 0.1,
                                 "high": value + 0.1})  # fmt: skip
    table = pd.DataFrame(rows).assign(second="")
    judged: dict[str, pd.DataFrame] = {}
    if method == "sobol":
        pair = {"parameter": _NAMES[0], "second": _NAMES[1], "measure": "second", "value": 0.23}
        table = pd.concat([table, pd.DataFrame([about | pair | {"low": 0.11, "high": 0.36}])])
        quality = {"runs": 120, "r2": 0.81, "q2": 0.93, "noise_share": 0.127, "within_2": 0.95, "verdict": "good"}
        judged["emulator_quality"] = pd.DataFrame([about | quality])
    criterion = {"criterion": "unmet_need_days", "unit": "days per person-year", "group_by": "all", "group": "all"}
    shares = [
        criterion | {"parameter": name, "where": where, "scenario": scenario, "share": share, "n": 40}
        for name, where in (("", "start"), ("", "all"), (_NAMES[0], "low"), (_NAMES[0], "high"))
        for scenario, share in (("baseline", 0.25), ("team", 0.75))
    ]
    worth = [
        criterion | {"parameter": name, "value": 0.5 + at, "low": 0.1, "high": 4.0, "floor": 0.3, "clear": at > 0,
                     "n": 40}
        for at, name in enumerate(("", *_NAMES[:2]))
    ]  # fmt: skip
    parameters = [
        {"name": name, "start": 1.0, "low": 0.5, "high": 2.0, "unit": "factor", "range": "declared", "meaning": "?"}
        for name in _NAMES
    ]
    _leave(
        folder,
        {
            **({"sensitivity": table} if method != "information" else {}),
            **judged,
            "ranking": pd.DataFrame(shares),
            "information": pd.DataFrame(worth),
        },
        sensitivity={
            "method": method, "sets": 40, "parameters": parameters, "direct": False, "common_luck": True,
            "source": "declared", "held": [], "worth_sek": {"unmet_need_days": 1234.5}, "refused": [],
        },
    )  # fmt: skip


def a_study(folder: Path) -> None:
    from test_study_page import DAYS, LEVEL, ROW

    folder.mkdir(parents=True, exist_ok=True)
    pd.DataFrame([ROW, LEVEL, DAYS]).to_csv(folder / "studies.csv", index=False)
    about = {"near_care": {"title": "Near care in place", "title_sv": "Nära vård på plats"}}
    text = json.dumps({"command": "mellanrum study", "studies": about, "preventable_share": {"declared": 0.5}})
    (folder / "manifest.json").write_text(text, encoding="utf-8")


def a_validation(folder: Path) -> None:
    """Leave two levels, one met and one missed, a published effect and two patterns."""
    common = {
        "group_by": "all", "group": "all", "published": np.nan, "range": "published", "strength": "strong",
        "source": "A register", "note": "", "overlaps": True, "apart": "", "reason_kind": "", "reason": "",
        "study": "", "n": 4,
    }  # fmt: skip
    level = common | {"kind": "level", "unit": "per 1,000 person-years", "low": 150.0, "high": 200.0, "sim_low": 160.0}
    rows = [
        level | {"target": "ed_visits", "area": "hospital", "outcome": "ed_visits_per_1000", "used_for": "fit",
                 "simulated": 171.0, "sim_high": 180.0, "inside": True},
        level | {"target": "admissions", "area": "hospital", "outcome": "admissions_per_1000", "used_for": "held_out",
                 "simulated": 230.0, "sim_low": 210.0, "sim_high": 250.0, "inside": False, "overlaps": False,
                 "reason_kind": "place", "reason": "Another population."},
        common | {"kind": "effect", "target": "coach", "area": "effects", "outcome": "ed_visits", "study": "near_care",
                  "unit": "relative_change", "low": -0.3, "high": -0.1, "simulated": -0.15, "sim_low": -0.2,
                  "sim_high": -0.1, "inside": True, "used_for": "held_out"},
    ]  # fmt: skip
    pattern = common | {"kind": "pattern", "unit": "share", "used_for": "", "low": 0.2, "high": 0.4, "sim_low": 0.25}
    patterns = [
        pattern | {"pattern": "high_region_cost_still", "group": "1", "simulated": 0.3, "sim_high": 0.35,
                   "inside": True},
        pattern | {"pattern": "stays_a_year", "group": "3+", "low": np.nan, "high": np.nan, "simulated": 0.002,
                   "sim_low": 0.001, "sim_high": 0.003, "inside": "", "range": "", "source": ""},
    ]  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(rows).to_csv(folder / "validation.csv", index=False)
    pd.DataFrame(patterns).to_csv(folder / "patterns.csv", index=False)
    text = json.dumps(manifest(SCENARIOS[:1], 4), ensure_ascii=False)
    (folder / "manifest.json").write_text(text, encoding="utf-8")


def a_journey(folder: Path) -> None:
    from test_journey_command import by_hand, request

    from sim.cli.journey import journey, read_rule

    journey(request(folder), read_rule("selma", None, "unmet_days"), by_hand).lock.release()


def a_robustness(folder: Path) -> None:
    """Leave choices in futures in which one does not pay in a part of them that can be named."""
    write_robustness(folder)


def an_allocation(folder: Path) -> None:
    """Leave a search for the best mix, by the work whose best is known, with its files beside."""
    import test_allocate_command as allocated

    beside = folder.with_name(f"{folder.name}_files")
    beside.mkdir(parents=True, exist_ok=True)
    (beside / "holder.yaml").write_text(allocated.HOLDER, encoding="utf-8")
    file = allocated.FILE.replace("holder.yaml", str(beside / "holder.yaml"))
    (beside / "mine.yaml").write_text(file, encoding="utf-8")
    allocated.run(folder, name=str(beside / "mine.yaml"))


EXAMPLES: dict[str, dict[str, Callable[[Path], None]]] = {
    "build": {"comparison": comparison},
    "sweep_page": {"sweep": a_sweep, "map": lambda folder: a_sweep(folder, axes=2)},
    "league_page": {"league": a_league},
    "factorial_page": {"design": a_design},
    "sensitivity_page": {
        method: lambda folder, method=method: a_sensitivity(folder, method)  # type: ignore[misc]
        for method in _MEASURES
    },
    "study_page": {"study": a_study},
    "validation_page": {"validation": a_validation},
    "journey_page": {"journey": a_journey},
    "robustness_page": {"futures": a_robustness},
    "allocation_page": {"mixes": an_allocation},
}
"""By the module that builds the page: the examples of it, each leaving the tables of a command in a folder."""


def _of_its_command(module: str) -> dict[str, Callable[[Path], None]]:
    """Return what leaves the tables of a page in the test of its command; empty when there is no such function."""
    page = module.removesuffix("_page")
    for path in sorted((Path(__file__).parents[1] / "cli").glob("test_*_command.py")):
        command = path.stem.removeprefix("test_").removesuffix("_command")
        # `allocation_page` belongs to `allocate`: names alike from their beginning.
        if page[:_ALIKE] == command[:_ALIKE]:
            leave = getattr(import_module(path.stem), "run", None)
            return {} if leave is None else {page: leave}
    return {}


EXAMPLES |= {module: found for module in builders() if module not in EXAMPLES and (found := _of_its_command(module))}


def write_all(folder: Path) -> Iterator[tuple[str, Path, Callable[..., None]]]:
    """Leave all examples in folders below; yield the name of each, its folder and what builds its page."""
    known = builders()
    for module, examples in EXAMPLES.items():
        for name, write in examples.items():
            write(folder / name)
            yield name, folder / name, known[module]


def draw_the_fit(folder: Path, lang: str) -> None:
    """Draw the figures of a fit, which has no page: those of the fit that is shipped."""
    from sim.report.figures.fit import draw_parameters, draw_targets
    from sim.report.html import write_figures
    from sim.report.texts import read_texts

    text, (targets, parameters) = (
        read_texts(lang),
        (pd.read_csv(FIT / f"{one}.csv") for one in ("targets", "parameters")),
    )
    folder.mkdir(parents=True, exist_ok=True)
    write_figures(
        folder, {"fit_targets": draw_targets(targets, text), "fit_parameters": draw_parameters(parameters, text)}
    )


def main(folder: Path) -> None:
    """Draw all pages in English with their figures, and in Swedish with none drawn to the end."""
    for _, own, build in write_all(folder / "en"):
        build(own, lang="en")
    draw_the_fit(folder / "en" / "fit", "en")
    # Pictures are the slow part, and those of the other language are drawn in tests of figures.
    sim.report.html.to_svg = sim.report.html.to_png = lambda figure: b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    for _, own, build in write_all(folder / "sv"):
        build(own, lang="sv")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
