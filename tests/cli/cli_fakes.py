"""A main job whose runs are pure functions of scenario and seed; a script, so that workers can import it."""

import hashlib
import os
import sys
import time
from pathlib import Path

import pandas as pd

from sim.batch.jobs import Wanted
from sim.config.scenario import Scenario

COLUMNS = ["group_by", "group", "outcome", "unit", "value"]
GROUPS = (
    ("all", "all"),
    *(("need_group", str(number)) for number in range(1, 6)),
    *(("municipality", name) for name in ("arvika", "eda", "saffle", "arjang")),
    *(("principal", name) for name in ("region_varmland", "arvika", "eda", "saffle", "arjang")),
)


def number(*key: object) -> float:
    """Return a number in [0, 1) that belongs to the key."""
    digest = hashlib.sha256("|".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:7], "big") / 2**56


def fake_outcomes(scenario: Scenario, seed: int) -> pd.DataFrame:
    from sim.outcomes.outcome import all_outcomes

    rows = []
    for outcome in all_outcomes().values():
        for group_by, group in GROUPS:
            level = 10 + 5 * number(outcome.id, group) + number(outcome.id, group, seed)
            effect = number(outcome.id, scenario.id) - 0.5 + 0.2 * number(outcome.id, scenario.id, seed)
            value = level if scenario.id == "baseline" else level * (1 + 0.1 * effect)
            rows.append((group_by, group, outcome.id, outcome.unit, value))
    return pd.DataFrame(rows, columns=COLUMNS)


def fake_distributions(scenario: Scenario, seed: int) -> pd.DataFrame:
    rows = []
    for day in range(10):
        for distance in range(6):
            rows.append(("lead_time_days", str(distance), float(day), number(scenario.id, seed, day) / 5))
        rows.append(("distinct_physicians", "complex needs", float(day), number(scenario.id, seed, day) / 5))
    return pd.DataFrame(rows, columns=["distribution", "group", "x", "value"])


def fake_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Make the tables of a run; environment variables name a scenario to fail in or to be slow in."""
    if os.environ.get("FAKE_FAILS_IN") == scenario.id:
        raise RuntimeError("no beds at all")
    if os.environ.get("FAKE_SLOW_IN") == scenario.id:
        time.sleep(60)
    tables = {"outcomes": fake_outcomes(scenario, seed), "distributions": fake_distributions(scenario, seed)}
    if wanted.persons:
        persons = {
            "year": [1, 1],
            "person": [0, 1],
            "municipality": ["eda", "arvika"],
            "cost_sek": [1.0, seed / 7],
        }
        tables["persons"] = pd.DataFrame(persons)
    if wanted.events:
        tables["events/contacts"] = pd.DataFrame({"time_days": [0.25, 0.5], "person": [1, 0]})
    return tables


def main(arguments: list[str]) -> None:
    """Run `compare` with fake runs: OUT JOBS resume|fresh show|hide SCENARIO..."""
    import typer

    from sim.cli.batch_request import Request
    from sim.cli.batch_run import report_failures
    from sim.cli.compare import compare, show, with_baseline

    out, jobs, resume, shown, *names = arguments
    request = Request(
        command="compare",
        scenarios=with_baseline(names),
        replications=3,
        seed=1,
        jobs=int(jobs),
        out=Path(out),
        resume=resume == "resume",
        persons=True,
        events=True,
        arguments=("compare", *names, "--out", out),
    )
    try:
        finished = compare(request, fake_work)
    except typer.Exit as end:
        sys.exit(end.exit_code)
    if shown == "show":
        show(finished, "en")
    report_failures(finished)
    sys.exit(finished.exit_code)


if __name__ == "__main__":
    main(sys.argv[1:])
