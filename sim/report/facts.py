"""Read from the manifest what a reader must know about a run before believing its numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_MOST_LISTED = 10

Titles = Mapping[str, str]
"""A text by language: `en`, `sv`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreventableShare:
    """The declared share of acute turns that any coordination could prevent, and what the runs showed."""

    declared: float | None = None
    low: float | None = None
    """Low end of the plausible range, as `high` is its high end."""
    high: float | None = None
    measured: float | None = None
    """Share of the acute turns of the baseline runs that came from unmet needs or after discharge."""
    is_one_number: bool = False
    """Whether the receipt holds the declared share and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was run; every part may be missing in an older or partial manifest."""

    command: str = ""
    place: Titles = field(default_factory=dict)
    place_id: str = ""
    """As `--place` takes it."""
    inhabitants: int | None = None
    baseline: str = "baseline"
    years: float | None = None
    warmup_years: float | None = None
    replications: int | None = None
    sample_share: float | None = None
    seed: int | None = None
    seeds: tuple[int, ...] = ()
    price_year: int | None = None
    preventable: PreventableShare = field(default_factory=PreventableShare)
    versions: Mapping[str, str] = field(default_factory=dict)
    scenarios: Mapping[str, Titles] = field(default_factory=dict)
    summaries: Mapping[str, Titles] = field(default_factory=dict)
    """What each scenario is, in a sentence or two."""
    means: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids of the means of each scenario."""
    perspective: str = "both"
    """Whose money the section on value counts."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """What tells this very run from any other: commit, code, run, and each scenario's content."""
    groups: Mapping[str, Titles] = field(default_factory=dict)
    """Titles of principals and municipalities by id."""
    precision: Mapping[str, Any] = field(default_factory=dict)
    """What `--replications auto` reached, as in the manifest; empty for a fixed number."""
    warmup: Mapping[str, Any] = field(default_factory=dict)
    """What the check of the warm-up found."""
    ensemble: Mapping[str, Any] = field(default_factory=dict)
    """Parameter sets, when there were several."""
    swept: tuple[str, ...] = ()
    """Names of what a sweep moves."""
    fit: Mapping[str, Any] = field(default_factory=dict)
    """The fit whose parameter sets the replications had, one each."""
    notes: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    """Failed runs, a line each; the first ones when there are many."""
    failed: Mapping[str, int] = field(default_factory=dict)
    """How many runs failed, by scenario."""
    runs: int = 0
    """How many runs there should be."""


def read_titles(value: Any) -> Titles:
    """Return titles by language; accept `{en, sv}`, `{title: {en, sv}}` or one text for all languages."""
    if isinstance(value, Mapping):
        inner = value.get("title", value)
        if isinstance(inner, Mapping):
            return {lang: str(inner[lang]) for lang in ("en", "sv") if lang in inner}
        return read_titles(inner)
    return {} if value is None else {"en": str(value), "sv": str(value)}


def _title_table(value: Any) -> dict[str, Titles]:
    return {str(key): read_titles(entry) for key, entry in value.items()} if isinstance(value, Mapping) else {}


def _abouts(manifest: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return what the manifest says of each scenario beyond its title."""
    scenarios = manifest.get("scenarios") or {}
    return {str(name): about for name, about in scenarios.items() if isinstance(about, Mapping)}


def _place_id(place: Any) -> str:
    return str(place.get("id", "")) if isinstance(place, Mapping) else ""


def _hashes(manifest: Mapping[str, Any]) -> dict[str, str]:
    found = {name: str(manifest[name]) for name in ("commit", "code", "identity") if manifest.get(name)}
    fit = manifest.get("fit") or {}
    if fit.get("digest"):
        found["fit"] = str(fit["digest"])
    scenarios = _abouts(manifest).items()
    return found | {name: str(about["content_hash"]) for name, about in scenarios if "content_hash" in about}


def _failure(failure: Any) -> str:
    """Write a failed run as one line, without its traceback."""
    if not isinstance(failure, Mapping):
        return str(failure)
    return f"{failure.get('scenario')}, {failure.get('replication')}: {failure.get('error')}"


def _failures(failures: Sequence[Any]) -> tuple[str, ...]:
    lines = [_failure(failure) for failure in failures[:_MOST_LISTED]]
    if len(failures) > _MOST_LISTED:
        lines.append(f"... {len(failures) - _MOST_LISTED} more: manifest.json")
    return tuple(lines)


def _failed(failures: Sequence[Any]) -> Mapping[str, int]:
    return dict(Counter(str(failure.get("scenario")) for failure in failures if isinstance(failure, Mapping)))


def read_facts(manifest: Mapping[str, Any]) -> Facts:
    """Read the keys named as the fields of `Facts`; `preventable_share` may be a number or a mapping.

    `scenarios`, `principals` and `municipalities` map ids to titles; unknown keys are left alone.
    """
    share = manifest.get("preventable_share") or {}
    is_one_number = not isinstance(share, Mapping)
    if is_one_number:
        share = {"declared": share}
    seeds = tuple(manifest.get("seeds") or ())
    return Facts(
        command=str(manifest.get("command", "")),
        place=read_titles(manifest.get("place")),
        place_id=_place_id(manifest.get("place")),
        inhabitants=manifest.get("inhabitants"),
        baseline=str(manifest.get("baseline", "baseline")),
        years=manifest.get("years"),
        warmup_years=manifest.get("warmup_years"),
        replications=manifest.get("replications"),
        sample_share=manifest.get("sample_share"),
        seed=manifest.get("seed"),
        seeds=seeds,
        price_year=manifest.get("price_year"),
        preventable=PreventableShare(
            **{key: share.get(key) for key in ("declared", "low", "high", "measured")}, is_one_number=is_one_number
        ),
        versions={str(key): str(value) for key, value in (manifest.get("versions") or {}).items()},
        scenarios=_title_table(manifest.get("scenarios")),
        summaries={
            name: read_titles(about["summary"]) for name, about in _abouts(manifest).items() if "summary" in about
        },
        means={name: tuple(map(str, about.get("means") or ())) for name, about in _abouts(manifest).items()},
        perspective=str((manifest.get("value") or {}).get("perspective", "both")),
        hashes=_hashes(manifest),
        groups=_title_table(manifest.get("principals")) | _title_table(manifest.get("municipalities")),
        precision=manifest.get("precision") or {},
        warmup=manifest.get("warmup_check") or {},
        ensemble=manifest.get("ensemble") or {},
        swept=tuple(str(move["name"]) for move in (manifest.get("sweep") or {}).get("moves", ())),
        fit=manifest.get("fit") or {},
        notes=tuple(str(note) for note in manifest.get("notes") or ()),
        failures=_failures(manifest.get("failures") or ()),
        failed=_failed(manifest.get("failures") or ()),
        runs=sum((manifest.get("runs") or {}).get(key, 0) for key in ("done", "failed")),
    )
