"""Leave the parameter sets that runs rest on beside their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from sim.cli.batch_run import Finished
    from sim.config.ensemble import Ensemble


def write_used_sets(finished: Finished, used: int | None = None) -> pd.DataFrame | None:
    """Write parameter_sets.csv and return it; None where all runs share one set.

    Of a fit these are the sets that were used: as many as there are replications unless said.
    """
    from sim.batch.tables import write_csv

    many = finished.how_many
    if many.ensemble is not None:
        sets = parameter_sets(many.ensemble)
    elif many.fit is not None:
        sets = parameter_sets(many.fit).head(used or finished.manifest["fit"]["used"])
    else:
        return None
    write_csv(sets, finished.folder.path / "parameter_sets.csv")
    return sets


def parameter_sets(ensemble: Ensemble) -> pd.DataFrame:
    """Return the ensemble as read: one row per parameter set, numbered from 0."""
    import pandas as pd

    table = pd.DataFrame(list(ensemble.rows), columns=[column.title for column in ensemble.columns])
    table.insert(0, "parameter_set", range(len(table)))
    return table
