"""Write what an allocation leaves: all mixes tried, those confirmed, each as a scenario file, and the receipt."""

from __future__ import annotations

import math
from dataclasses import replace
from importlib import metadata
from typing import TYPE_CHECKING, Any

from sim.cli.batch_run import Finished, preventable_share, sign, write_run_tables
from sim.cli.used_sets import write_used_sets

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.allocation_aims import Judged
    from sim.analysis.allocation_front import Choosing
    from sim.batch.matrix import Matrix
    from sim.cli.allocate_search import AllocationQuestion, Confirmed, Runs, Tried
    from sim.config.allocation import Choice, Mix


def write_allocation(finished: Finished, runs: Runs, tried: Tried, confirmed: Confirmed | None) -> Finished:
    """Write all tables and the receipt; without anything confirmed only the mixes tried."""
    from sim.batch.manifest import describe
    from sim.batch.tables import write_csv

    folder, asked = finished.folder.path, runs.question
    write_csv(tried_table(asked, tried, confirmed), folder / "allocation.csv")
    about = _about(finished, asked, tried)
    if confirmed is None:
        sign(finished, allocation=about)
        return finished
    table, chosen = _front(finished, asked, tried, confirmed)
    write_csv(table, folder / "front.csv")
    outcomes = _write_runs(finished, confirmed)
    finished = replace(finished, scenarios=tuple(confirmed.scenarios), outcomes=outcomes)
    _write_mixes(finished, asked, [tried.mixes[place] for place in confirmed.places], confirmed)
    sign(
        finished,
        preventable_share=preventable_share(finished),
        scenarios={one.id: describe(one) for one in confirmed.scenarios},
        allocation=about | _choosing(chosen, confirmed, table),
    )
    return finished


def tried_table(asked: AllocationQuestion, tried: Tried, confirmed: Confirmed | None) -> pd.DataFrame:
    """Return one row per mix tried, as the search saw it."""
    import numpy as np
    import pandas as pd

    from sim.analysis.allocation_aims import joined
    from sim.analysis.allocation_front import on_front

    searched = joined(tried.judged)
    sek, hours = searched.sek.mean(axis=1), searched.hours.mean(axis=1)
    within = asked.budget.allows(sek, hours)
    front = np.zeros(len(within), np.bool_)
    front[within] = on_front(searched.objectives[within])
    again = set(confirmed.places) if confirmed else set()
    columns: dict[str, object] = {
        "mix": searched.ids,
        "generation": tried.generation,
        "is_today": [mix == asked.allocation.today for mix in tried.mixes],
        **_chosen(asked, tried.mixes),
        **{aim.id: searched.gains[:, :, place].mean(axis=1) for place, aim in enumerate(asked.aims)},
        "score": searched.scores.mean(axis=1),
        "sek": sek,
        "hours": hours,
        "within_budget": within,
        "on_front": front,
        "confirmed": [place in again for place in range(len(within))],
        "n": searched.gains.shape[1],
    }
    return pd.DataFrame(columns)


def _chosen(asked: AllocationQuestion, mixes: list[Mix]) -> dict[str, list[float | None]]:
    """Return a column for each choice: 1 or 0 of a switch, the value of a number, empty where its means are off."""
    from sim.analysis.allocation_front import CHOICE

    chosen = [asked.allocation.chosen(mix) for mix in mixes]
    return {f"{CHOICE}{choice.id}": [one[choice.id] for one in chosen] for choice in asked.allocation.choices}


def _front(
    finished: Finished, asked: AllocationQuestion, tried: Tried, confirmed: Confirmed
) -> tuple[pd.DataFrame, Choosing]:
    import pandas as pd

    from sim.analysis.allocation_front import front_table

    mixes = [tried.mixes[place] for place in confirmed.places]
    today = next((tried.ids[place] for place in confirmed.places if tried.mixes[place] == asked.allocation.today), None)
    table, chosen = front_table(
        confirmed.judged,
        asked.budget,
        _scores(confirmed.searched)[confirmed.places],
        [scenario.title.en for scenario in confirmed.scenarios[1:]],
        [aim.id for aim in asked.aims],
        today,
        of_next_run=finished.is_fitted,
    )
    choices = pd.DataFrame({"mix": confirmed.judged.ids, **_chosen(asked, mixes)})
    return table.merge(choices, on="mix", how="left", validate="one_to_one"), chosen


def _scores(judged: Judged) -> Any:
    return judged.scores.mean(axis=1)


def _write_runs(finished: Finished, confirmed: Confirmed) -> Matrix:
    """Write the outcomes of the confirming runs, and differences from today's care in all outcomes."""
    from sim.analysis.differences import paired_differences
    from sim.batch.tables import write_csv

    outcomes = write_run_tables(finished.request, confirmed.batch, finished.folder, finished.how_many)
    assert outcomes is not None, "there are runs where mixes are confirmed"
    fitted = finished.is_fitted
    # The search has had the first of them.
    write_used_sets(finished, int(outcomes.runs["replication"].max()) + 1)
    write_csv(paired_differences(outcomes, of_next_run=fitted), finished.folder.path / "differences.csv")
    return outcomes


def _write_mixes(finished: Finished, asked: AllocationQuestion, mixes: list[Mix], confirmed: Confirmed) -> None:
    """Write every confirmed mix as a scenario file, and what the runs rest on as resolved scenarios."""
    from sim.batch.tables import write_text
    from sim.config.allocation_mix import NamedMix, mix_yaml
    from sim.config.lookup import find_scenario
    from sim.config.receipt import resolved_yaml

    folder = finished.folder.path
    for name in ("mixes", "scenarios"):
        (folder / name).mkdir(exist_ok=True)
    holder = find_scenario(asked.allocation.scenario)
    for name, mix in zip(confirmed.judged.ids, mixes, strict=True):
        named = NamedMix(id=name, mix=mix)
        write_text(mix_yaml(asked.allocation, holder, named), folder / "mixes" / f"{name}.yaml")
    for scenario in (asked.baseline, asked.scenario):
        write_text(resolved_yaml(scenario), folder / "scenarios" / f"{scenario.id}.resolved.yaml")


def _about(finished: Finished, asked: AllocationQuestion, tried: Tried) -> dict[str, Any]:
    """Return what the receipt says of the question and the search."""
    one, effort = asked.allocation, asked.effort
    return {
        "id": one.id,
        "title": one.title.model_dump(),
        "summary": one.summary.model_dump(),
        "source": one.source,
        "assumptions": one.assumptions.model_dump(),
        "scenario": asked.scenario.id,
        "choices": [_choice(choice) for choice in one.choices],
        "aims": [
            {"id": aim.id, "weight": aim.weight, "outcomes": [outcome.id for outcome in aim.outcomes]}
            for aim in asked.aims
        ],
        "budget": {"sek": asked.budget.sek, "hours": asked.budget.hours},
        "inhabitants": asked.inhabitants,
        "optimiser": f"pymoo {metadata.version('pymoo')}, NSGA-II",
        "combinations": math.prod(one.levels),
        "population": effort.population,
        "generations": effort.generations,
        "tried": len(tried.mixes),
        "search_replications": finished.request.replications,
        "confirm_replications": effort.confirm,
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "id": choice.id,
        "title": choice.title.model_dump(),
        "unit": choice.unit.model_dump() if choice.unit else None,
        "means": list(choice.means),
        "name": choice.move.title if choice.move else None,
        "values": list(choice.values),
        "capacity": choice.is_capacity,
        "price_sek": choice.price_sek,
    }


def _choosing(chosen: Choosing, confirmed: Confirmed, table: pd.DataFrame) -> dict[str, Any]:
    """Return which mix is the best, which one the search had taken for it, and what choosing so is worth."""
    ids = confirmed.judged.ids
    own = table[~table["is_today"]]
    return {
        "best": None if chosen.best is None else ids[chosen.best],
        "searched_best": None if chosen.searched_best is None else ids[chosen.searched_best],
        "checked_score": None if math.isnan(chosen.checked_score) else chosen.checked_score,
        "mean_optimism": float(own["optimism"].mean()) if len(own) else None,
    }
