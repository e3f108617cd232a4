"""Choose how money is looked at and write the tables on money and value: `--perspective`, `--effect`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.config.errors import InputError

if TYPE_CHECKING:
    from sim.analysis.value import Choice
    from sim.analysis.value_courses import Place
    from sim.batch.matrix import Matrix


class Perspective(StrEnum):
    """Whose money counts."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    BOTH = "both"
    SOCIETY = "society"


PerspectiveOption = Annotated[
    Perspective,
    typer.Option(
        "--perspective",
        help="Whose money the report's section on value counts: the region's, the municipalities', both (all "
        "principals), or society's (with relatives' unpaid time). The tables hold all four.",
    ),
]
EffectOption = Annotated[
    str | None,
    typer.Option(
        "--effect",
        help="What cost is set against, one of those with a price in sim/analysis/value.yaml; days with unmet need by "
        "default, which are in no cost.",
        show_default=False,
    ),
]
DiscountOption = Annotated[
    float | None,
    typer.Option(
        "--discount-rate",
        help="By how much costs and effects of later years count less, a share per year; 0.03 by default.",
        show_default=False,
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the user asked of money; None = the default."""

    perspective: Perspective = Perspective.BOTH
    effect: str | None = None
    discount_rate: float | None = None

    def choice(self) -> Choice:
        """Return by what the tables are made."""
        from sim.analysis.value import Choice
        from sim.analysis.value_settings import DEFAULT_EFFECT

        return Choice(effect=self.effect or DEFAULT_EFFECT, discount_rate=self.discount_rate)

    def facts(self) -> dict[str, Any]:
        """Return what the receipt says of it."""
        choice = self.choice()
        return {"perspective": self.perspective.value, "effect": choice.effect, "discount_rate": choice.rate}


def check_view(view: View) -> View:
    """Return the view. Raises InputError for an effect without a price, or a rate out of its range."""
    if view.effect is None and view.discount_rate is None:
        return view
    from sim.analysis.value_settings import effects, entry

    if view.effect is not None and view.effect not in effects():
        raise InputError(f"--effect: nothing is said of what {view.effect} is worth; choose {', '.join(effects())}")
    low, high = (getattr(entry("discount_rate"), end) for end in ("low", "high"))
    if view.discount_rate is not None and not low <= view.discount_rate <= high:
        raise InputError(
            f"--discount-rate: must be a share per year from {low:g} to {high:g}, found {view.discount_rate:g}"
        )
    return view


def write_money(folder: Path, outcomes: Matrix, manifest: Mapping[str, Any], view: View) -> None:
    """Write the tables on money and value into a folder whose manifest says what was run.

    With a parameter ensemble the sets stand as the replications.
    """
    from sim.analysis.two_level import sets_as_runs
    from sim.analysis.value import value_tables
    from sim.batch.tables import write_csv

    units = sets_as_runs(outcomes) if "parameter_set" in outcomes.runs else outcomes
    baseline = str(manifest.get("baseline", "baseline"))
    for name, table in value_tables(units, baseline, value_place(manifest), view.choice()).items():
        write_csv(table, folder / name)


def rewrite_money(folder: Path, view: View) -> None:
    """Make the tables on money and value again from a folder's outcomes. Raises InputError when these will not do."""
    import pandas as pd

    from sim.batch.manifest import read_manifest
    from sim.batch.matrix import compact

    outcomes = pd.read_csv(
        folder / "outcomes.csv", dtype={"group": str, "group_by": str}, keep_default_na=False, na_values={"value": [""]}
    )
    if view.effect is not None and view.effect not in set(outcomes["outcome"]):
        raise InputError(f"--effect: {view.effect} is not in {folder / 'outcomes.csv'}")
    manifest = read_manifest(folder)
    if not manifest.get("inhabitants"):
        raise InputError(
            f"{folder / 'manifest.json'}: inhabitants is missing; money cannot be told for the whole place"
        )
    write_money(folder, compact(outcomes), manifest, view)


def value_place(manifest: Mapping[str, Any]) -> Place:
    """Return what a manifest says of place and runs, people counted for the whole place."""
    from sim.analysis.value_courses import Place

    kinds: Mapping[str, str] = manifest.get("principal_kinds") or {}
    region = tuple(name for name, kind in kinds.items() if kind in ("region", "region_and_municipality"))
    municipal = tuple(name for name, kind in kinds.items() if kind == "municipality")
    named = kinds or dict.fromkeys(manifest.get("principals") or ())
    return Place(
        inhabitants=float(manifest["inhabitants"]) / float(manifest.get("sample_share") or 1.0),
        years=float(manifest.get("years") or 1.0),
        price_year=manifest.get("price_year"),
        region=region,
        municipal=municipal,
        others=tuple(name for name in named if name not in region + municipal),
        of_next_run=bool(manifest.get("fit")),
    )
