"""What a run of a fit depends on: every module it uses is part of its key, and so is everything it is asked."""

import ast
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path

import calibration
from calibration.fit_figures import level_figures
from calibration.fit_run import MODULES, Experiment, ParameterSet, set_jobs
from calibration.space import read_space
from sim.config.loader import load_scenario

FOLDER = Path(calibration.__file__).parent
READ_ONLY = {"effects.py", "fit_targets.py", "held_out.py", "validation.py", "study.py"}
"""They read files and name what is read, which is in the key by itself."""


def used_by(name: str, seen: set[str]) -> set[str]:
    """Follow the imports inside the package."""
    if name in seen or name in READ_ONLY:
        return seen
    seen.add(name)
    for node in ast.walk(ast.parse((FOLDER / name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("calibration."):
            used_by(f"{node.module.split('.')[1]}.py", seen)
    return seen


def test_every_module_a_run_uses_is_part_of_its_key():
    missing = {name for name in used_by("fit_run.py", set()) if not any(fnmatch(name, one) for one in MODULES)}
    assert not missing


def test_equal_questions_have_equal_keys_and_others_have_not():
    baseline = load_scenario("baseline", years=1, sample_share=0.1)
    space = read_space([baseline]).only(["hospital.stay_mean_days"])
    asked = Experiment(baseline=baseline, columns=space.columns, levels=level_figures())
    one = ParameterSet(number=3, luck=3, row=(5.0,))

    def key(experiment: Experiment, of: ParameterSet, code: str = "code", seed: int = 1) -> str:
        return set_jobs(experiment, [of], base_seed=seed, code=code)[0].key

    assert key(asked, one) == key(asked, replace(one, number=4))
    others = {
        key(asked, replace(one, luck=4)),
        key(asked, replace(one, row=(5.1,))),
        key(asked, one, code="other"),
        key(asked, one, seed=2),
        key(replace(asked, levels=asked.levels[1:]), one),
        key(replace(asked, baseline=replace(baseline, sample_share=0.2)), one),
    }
    assert len(others | {key(asked, one)}) == 7
