"""Hold the house in order: imports go one way, files are touched where they may be, modules stay readable."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import architecture_rules as rules
import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(path.relative_to(ROOT) for folder in ("sim", "calibration") for path in (ROOT / folder).rglob("*.py"))
TEXT_KINDS = {".py", ".yaml", ".yml", ".toml", ".md", ".html", ".css", ".cfg", ".txt", ".sh", ""}
NOT_OURS = {".git", "outputs", "build", "dist", ".venv", ".ci-venv", "__pycache__"}
Rule = Callable[[str, Path], list[str]]
SOURCE_RULES: list[Rule] = [
    rules.wrong_directions,
    rules.misplaced_packages,
    rules.misplaced_calls,
    rules.too_long,
]


@pytest.mark.parametrize("rule", SOURCE_RULES, ids=lambda rule: rule.__name__)
def test_sources_keep_the_rule(rule: Rule) -> None:
    assert len(SOURCES) > 10
    broken = [found for path in SOURCES for found in rule((ROOT / path).read_text(encoding="utf-8"), path)]
    assert not broken, "\n".join(broken)


def test_every_room_is_known() -> None:
    assert {rules.room_of(path) for path in SOURCES} <= set(rules.MAY_IMPORT)


def _project_texts() -> list[Path]:
    found = []
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part != ".ci" for part in parts)
        ours = not hidden and not NOT_OURS.intersection(parts) and not any("egg-info" in part for part in parts)
        if ours and path.is_file() and path.suffix in TEXT_KINDS:
            found.append(path)
    return found


def test_no_path_of_one_machine() -> None:
    texts = _project_texts()
    assert ROOT / "pyproject.toml" in texts
    broken = [
        found
        for path in texts
        for found in rules.machine_paths(path.read_text(encoding="utf-8", errors="replace"), path.relative_to(ROOT))
    ]
    assert not broken, "\n".join(broken)


BAD_SOURCES = [
    (rules.wrong_directions, "sim/core/log.py", "from sim.config.place import Place"),
    (rules.wrong_directions, "sim/means/mdt.py", "import sim.outcomes.contacts"),
    (rules.wrong_directions, "sim/means/mdt.py", "from sim import outcomes"),
    (rules.wrong_directions, "sim/means/mdt.py", "from ..outcomes import contacts"),
    (rules.wrong_directions, "sim/means/mdt.py", "def f():\n    from sim.agents.model import CareModel"),
    (rules.wrong_directions, "sim/outcomes/contacts.py", "from sim.care.booking import Station"),
    (rules.wrong_directions, "sim/batch/store.py", "from sim.analysis import differences"),
    (rules.wrong_directions, "sim/report/html.py", "import calibration.validation"),
    (rules.wrong_directions, "sim/run.py", "from sim.batch import jobs"),
    (rules.misplaced_packages, "sim/care/hospital.py", "import mesa"),
    (rules.misplaced_packages, "sim/care/hospital.py", "from mesa.model import Model"),
    (rules.misplaced_packages, "sim/analysis/differences.py", "import matplotlib.pyplot as plt"),
    (rules.misplaced_packages, "sim/care/need.py", "import random"),
    (rules.misplaced_packages, "sim/care/need.py", "from numpy.random import default_rng"),
    (rules.misplaced_packages, "sim/care/need.py", "import numpy as np\nrng = np.random.default_rng(1)"),
    (rules.misplaced_packages, "sim/config/loader.py", "import yaml"),
    (rules.misplaced_calls, "sim/run.py", "open('log.csv')"),
    (rules.misplaced_calls, "sim/outcomes/contacts.py", "from pathlib import Path\nPath('a').read_text()"),
    (rules.misplaced_calls, "sim/analysis/differences.py", "from pathlib import Path\nPath('a').open('w')"),
    (rules.misplaced_calls, "sim/analysis/differences.py", "table.to_csv('a')"),
    (rules.misplaced_calls, "sim/run.py", "print('hello')"),
    (rules.too_long, "sim/run.py", "x = 1\n" * (rules.MOST_LINES + 1)),
    (rules.machine_paths, "docs/a.md", "see /" + "home/somebody/file"),
]


@pytest.mark.parametrize(("rule", "path", "source"), BAD_SOURCES)
def test_rule_finds_what_is_wrong(rule: Rule, path: str, source: str) -> None:
    assert len(rule(source, Path(path))) >= 1


GOOD_SOURCES = [
    (rules.wrong_directions, "sim/care/booking.py", "from sim.config.place import Hours\nimport numpy as np"),
    (
        rules.wrong_directions,
        "sim/batch/work.py",
        "from sim.outcomes import measure_all\nfrom sim.run import simulate",
    ),
    (rules.wrong_directions, "sim/cli/validate.py", "from calibration.validation import validate"),
    (rules.wrong_directions, "sim/care/a.py", "from sim import __version__\nfrom .b import c"),
    (rules.misplaced_packages, "sim/agents/model.py", "import mesa"),
    (rules.misplaced_packages, "sim/care/need.py", "import numpy as np\nx = np.zeros(3)\nimport randomness"),
    (rules.misplaced_calls, "sim/batch/store.py", "open('a')"),
    (rules.misplaced_calls, "sim/care/hospital.py", "unit.open(day)\nlog.row(1)"),
    (rules.too_long, "sim/run.py", "x = 1\n" * rules.MOST_LINES),
    (rules.machine_paths, "README.md", "see https://example.org/home/a and outputs/work/x"),
]


@pytest.mark.parametrize(("rule", "path", "source"), GOOD_SOURCES)
def test_rule_leaves_the_rest_alone(rule: Rule, path: str, source: str) -> None:
    assert rule(source, Path(path)) == []


def test_the_command_line_starts_without_heavy_packages() -> None:
    heavy = "{'mesa', 'matplotlib', 'scipy', 'pandas'}"
    script = f"import sys, sim.cli.main; sim.cli.main.build_app(); print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
