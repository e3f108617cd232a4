"""Tell one person's year in two worlds as tables: every event, what lasted, home care by week, and a summary."""

from __future__ import annotations

import pandas as pd

from sim.analysis import journey_events, journey_spans, journey_summary
from sim.core.observation import Observation

EVENT_COLUMNS = ("scenario", *journey_events.COLUMNS)
SPAN_COLUMNS = ("scenario", *journey_spans.COLUMNS)
WEEK_COLUMNS = ("scenario", *journey_summary.WEEK_COLUMNS)
SUMMARY_COLUMNS = journey_summary.SUMMARY_COLUMNS


def journey_tables(today: Observation, beside: Observation, names: tuple[str, str]) -> dict[str, pd.DataFrame]:
    """Return the tables `journey`, `journey_spans`, `journey_weeks` and `journey_summary`.

    `today` and `beside` hold one person each, the same in the two worlds `names`, and differ in nothing but what the
    means change.
    """
    worlds = dict(zip(names, (today, beside), strict=True))
    spans = {name: journey_spans.spans_table(world) for name, world in worlds.items()}
    return {
        "journey": _stacked({name: journey_events.events_table(world) for name, world in worlds.items()}),
        "journey_spans": _stacked(spans),
        "journey_weeks": _stacked({name: journey_summary.weeks_table(world) for name, world in worlds.items()}),
        "journey_summary": journey_summary.summary_table(today, beside, (spans[names[0]], spans[names[1]])),
    }


def _stacked(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    parts = [table.assign(scenario=name) for name, table in tables.items()]
    whole = pd.concat(parts, ignore_index=True)
    return whole[["scenario", *(name for name in whole.columns if name != "scenario")]]
