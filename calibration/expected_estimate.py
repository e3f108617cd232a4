"""Take luck between the groups out of a study's estimate: what the study would report on average.

Where luck decides who has the means, the groups would also differ by chance if the means did nothing; both worlds
are known here, so that this difference is known, and on average it is nothing (a control variate). Without it the
same expectation takes many times fewer runs. In all other designs the difference without any effect is the very
thing that the design lets in (regression to the mean, selection, ageing), so that it stays.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from calibration.study_estimates import findings
from calibration.study_file import TWO_GROUPS, Result, Study


def expected_estimate(study: Study, result: Result, table: pd.DataFrame) -> float:
    """Return the estimate of one figure on the scale of its estimator's link; NaN where it cannot be told.

    `table` has the columns of `SUBJECT_COLUMNS`. Without luck = reported minus what would have been reported if the
    means had done nothing; matching takes more of the luck away, and adds nothing on average.
    """
    parts = findings(study, result, table).parts
    by_luck = study.design in TWO_GROUPS and study.assigned_by == "luck"
    value = parts.total() - (parts.selection + parts.regression if by_luck else 0.0)
    return float(value) if np.isfinite(value) else float("nan")


def on_figure_scale(value: float, estimator: str) -> float:
    """Return an estimate on the link of its estimator on the scale figures are fitted on; only shares differ."""
    if estimator != "share" or not np.isfinite(value):
        return value
    from calibration.fit_figures import on_scale

    return on_scale(value, "logit")
