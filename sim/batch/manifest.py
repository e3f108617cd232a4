"""Write the receipt of a batch: what was run, with what, by which code, when, and what went wrong."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sim.batch.batch import Batch
from sim.batch.folder import MANIFEST
from sim.batch.jobs import replication_seed
from sim.batch.tables import write_text
from sim.batch.versions import code_version, commit, versions
from sim.config.receipt import content_hash
from sim.config.scenario import Scenario

PREVENTABLE_SHARE = "worsening.preventable_share"


def identity(command: str, scenarios: Sequence[Scenario], replications: int, seed: int) -> str:
    """Name what a command asks for, whatever the order of its scenarios and the number of processes."""
    hashes = sorted(f"{scenario.id} {content_hash(scenario)}" for scenario in scenarios)
    text = "\n".join([command, f"{replications} {seed}", *hashes])
    return hashlib.sha256(text.encode()).hexdigest()


def declare(
    command: str,
    arguments: Sequence[str],
    scenarios: Sequence[Scenario],
    *,
    replications: int,
    seed: int,
    jobs: int,
) -> dict[str, Any]:
    """Return what can be said before the first run; `scenarios` share place, years and sample."""
    first = scenarios[0]
    return {
        "format": 1,
        "identity": identity(command, scenarios, replications, seed),
        "status": "running",
        "command": " ".join(["mellanrum", *arguments]),
        "versions": versions(),
        "commit": commit(),
        "code": hashlib.sha256(code_version().encode()).hexdigest(),
        "platform": platform.platform(),
        "jobs": jobs,
        **_world(first),
        "replications": replications,
        "seed": seed,
        "seeds": [replication_seed(seed, replication) for replication in range(replications)],
        "baseline": "baseline",
        "scenarios": {scenario.id: describe(scenario) for scenario in scenarios},
        "preventable_share": _declared_share(first),
    }


def _world(scenario: Scenario) -> dict[str, Any]:
    place = scenario.place
    people = sum(municipality.total for municipality in place.municipalities)
    return {
        "place": {"id": place.id, "title": place.title.model_dump()},
        "inhabitants": round(people * scenario.sample_share),
        "principals": {principal.id: principal.title.model_dump() for principal in place.principals},
        "principal_kinds": {principal.id: principal.kind for principal in place.principals},
        "municipalities": {one.id: one.title.model_dump() for one in place.municipalities},
        "price_year": place.prices.price_year,
        "years": scenario.years,
        "warmup_years": scenario.warmup_years,
        "sample_share": scenario.sample_share,
    }


def describe(scenario: Scenario) -> dict[str, Any]:
    """Return what the receipt says of a scenario."""
    return {
        "title": scenario.title.model_dump(),
        "summary": scenario.summary.model_dump(),
        "source": scenario.source,
        "means": [means.id for means in scenario.means],
        "content_hash": content_hash(scenario),
    }


def _declared_share(scenario: Scenario) -> dict[str, Any]:
    """Return the share of acute turns that can be prevented at all, as the register declares it."""
    parameter = scenario.parameters.get(PREVENTABLE_SHARE)
    if parameter is None:
        return {}
    return {"declared": parameter.value, "low": parameter.low, "high": parameter.high}


def close(
    manifest: Mapping[str, Any], status: str, started: datetime, batch: Batch | None = None, **more: Any
) -> dict[str, Any]:
    """Return the manifest with its end: status, times, counts and failures."""
    finished = datetime.now(UTC)
    closed = {
        **manifest,
        **more,
        "status": status,
        "time": {
            "started": started.isoformat(timespec="seconds"),
            "finished": finished.isoformat(timespec="seconds"),
            "seconds": round((finished - started).total_seconds(), 1),
        },
    }
    if batch is not None:
        closed["runs"] = {"done": len(batch.results), "reused": batch.reused, "failed": len(batch.failures)}
        closed["failures"] = [
            {
                "scenario": failure.job.scenario.id,
                "replication": failure.job.replication,
                "seed": failure.job.seed,
                "error": failure.error,
                "traceback": failure.traceback,
            }
            for failure in batch.failures
        ]
    return closed


def write_manifest(manifest: Mapping[str, Any], folder: Path) -> None:
    """Write `manifest.json` into the folder."""
    text = json.dumps(manifest, indent=2, ensure_ascii=False, default=str) + "\n"
    write_text(text, folder / MANIFEST)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read a folder's manifest. Raises FileNotFoundError, ValueError for a damaged one."""
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return manifest
