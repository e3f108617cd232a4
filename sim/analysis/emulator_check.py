"""Check an emulator by leaving out one run at a time: does it predict what it has not seen, and know how well?

Standardised errors of a sound emulator are within 2 in about 95 % of the points (Bastos and O'Hagan 2009).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.linalg import cho_solve
from threadpoolctl import ThreadpoolController

from sim.analysis.emulator import Emulator

_THREADS = ThreadpoolController()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOneOut:
    """What the errors of leaving one out add up to."""

    points: int
    within_2: float
    """Share of standardised errors within 2; 0.95 is right, much less means overconfident."""
    within_3: float
    """Share within 3; 0.997 is right."""
    r2: float
    """Share of the variance of the values that is predicted; the simulation's noise cannot be."""
    noise_share: float
    """Share of the variance of the values that is the simulation's noise: 1 minus this is the most `r2` can be."""


def leave_one_out(emulator: Emulator) -> pd.DataFrame:
    """Predict each value from all others, with the kernel as fitted to all.

    Columns: `point` (row of the design), `value`, `predicted`, `sd` (of the error: emulator and noise) and
    `standardised` (error over sd). Closed form: Rasmussen and Williams 2006, equations 5.10 to 5.12.
    """
    process = emulator.process
    n = len(emulator.values)
    with _THREADS.limit(limits=1):
        inverse = cho_solve((process.L_, True), np.eye(n))
    precision = np.diag(inverse)
    error = emulator.scale * process.alpha_ / precision
    sd = emulator.scale / np.sqrt(precision)
    return pd.DataFrame(
        {
            "point": np.arange(n),
            "value": emulator.values,
            "predicted": emulator.values - error,
            "sd": sd,
            "standardised": error / sd,
        }
    )


def sum_up(emulator: Emulator) -> LeaveOneOut:
    """Return shares of standardised errors within 2 and 3 and the share of the variance predicted."""
    table = leave_one_out(emulator)
    away = table["standardised"].abs()
    variance = float(emulator.values.var())
    errors = float(((table["value"] - table["predicted"]) ** 2).mean())
    return LeaveOneOut(
        points=len(table),
        within_2=float((away <= 2.0).mean()),
        within_3=float((away <= 3.0).mean()),
        r2=1.0 - errors / variance if variance > 0.0 else np.nan,
        noise_share=emulator.noise_variance / variance if variance > 0.0 else np.nan,
    )
