"""Make one run and measure it: what a worker does; heavy packages are imported here, never in the parent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sim.batch.jobs import Wanted, span_table

if TYPE_CHECKING:
    import pandas as pd

    from sim.config.scenario import Scenario


class Work(Protocol):
    """Turns a scenario and a seed into tables; must be importable by name in another process."""

    def __call__(self, scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
        """Return the tables `outcomes`, `distributions` and those wanted."""
        ...


def simulate_and_measure(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Run the model once and return its small tables; the log itself is dropped unless events are wanted."""
    import pandas as pd

    from sim.batch.one_person import journey_tables
    from sim.outcomes.distributions import distributions
    from sim.outcomes.group_sizes import group_sizes
    from sim.outcomes.patterns import patterns
    from sim.outcomes.persons import persons
    from sim.outcomes.series import weekly_series
    from sim.outcomes.table import measure_all, measure_span
    from sim.outcomes.twins import person_window
    from sim.run import simulate

    observation = simulate(scenario, seed)
    tables = {
        "outcomes": measure_all(observation),
        "distributions": distributions(observation),
        "series": weekly_series(observation),
        "group_sizes": group_sizes(observation),
        "patterns": patterns(observation),
    }
    for span in wanted.spans:
        tables[span_table(span)] = measure_span(observation, *span)
    if wanted.twins:
        tables["twins"] = person_window(observation)
    if wanted.persons:
        tables["persons"] = persons(observation)
    if wanted.journey:
        tables |= journey_tables(observation)
    if wanted.events:
        for name, columns in observation.tables.items():
            tables[f"events/{name}"] = pd.DataFrame(columns)
    return tables
