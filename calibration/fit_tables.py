"""Lay out a fit as tables: the ensemble, targets before and after, waves, emulators, screening, parameters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from calibration.fit import Fit
from calibration.fit_figures import Figure, as_published
from calibration.fit_sets import rows_table
from calibration.identified import not_told_apart, parameter_summary
from calibration.implausibility import F64
from calibration.waves import Wave

_FIVE, _NINETY_FIVE = 0.05, 0.95


def tables_of(fit: Fit) -> dict[str, pd.DataFrame]:
    """Return every table of a fit by the name of its file."""
    return {
        "ensemble": rows_table(fit.sets, fit.setup.space.titles),
        "targets": targets_table(fit),
        "waves": waves_table(fit),
        "emulators": emulators_table(fit),
        "screening": fit.screened.table,
        "parameters": parameters_table(fit),
    }


def targets_table(fit: Fit) -> pd.DataFrame:
    """Return one row per target: published range, the four variances, and simulated before and after.

    `start` is the mean of runs at the start values; `prior_low` and `prior_high` hold 90 % of the first wave that
    gave the target, each set run once; `after` is the mean over the ensemble, and `after_low` and `after_high` hold
    90 % of its sets. Variances are on the target's scale; published and simulated numbers are as published.
    """
    return pd.DataFrame([_target_row(figure, fit) for figure in fit.setup.figures])


def _target_row(figure: Figure, fit: Fit) -> dict[str, object]:
    first = next(run for run in fit.matching.runs if figure.id in run.values)
    start, after = _numbers(fit.start, figure.id), _numbers(fit.after, figure.id)
    variances = _variances(figure, fit.matching.waves)
    prior_low, prior_high = _ends(_numbers(first.values, figure.id), figure)
    after_low, after_high = _ends(after, figure)
    mean = _mean(after)
    return {
        "target": figure.id,
        "kind": figure.kind,
        "used_for": "fit",
        "study": figure.study,
        "outcome": figure.outcome,
        "unit": figure.unit,
        "scale": figure.scale,
        "aim": as_published(figure.value, figure),
        "low": figure.low,
        "high": figure.high,
        "observation_variance": figure.observation_variance,
        "discrepancy_variance": figure.discrepancy_variance,
        "discrepancy_needed": _needed(figure, fit.matching.waves),
        **variances,
        "monte_carlo_factor": figure.monte_carlo_factor,
        "start": as_published(_mean(start), figure),
        "start_inside": figure.inside(_mean(start)),
        "prior_low": prior_low,
        "prior_high": prior_high,
        "after": as_published(mean, figure),
        "after_low": after_low,
        "after_high": after_high,
        "inside": figure.inside(mean),
        "sets_inside": float(np.mean([figure.inside(one) for one in after])) if len(after) else np.nan,
        "sets_run": len(after),
        "reason": figure.reason,
        "source": figure.source,
    }


def _needed(figure: Figure, waves: Sequence[Wave]) -> float:
    """Return the discrepancy variance that had to be allowed for any set to come near; NaN where the stated one did."""
    found = max((aim.discrepancy_variance for wave in waves for aim in wave.aims if aim.id == figure.id), default=0.0)
    return found if found > figure.discrepancy_variance else np.nan


def _variances(figure: Figure, waves: Sequence[Wave]) -> dict[str, float]:
    """Return emulator and Monte-Carlo variance by the last emulator of a target; NaN without one."""
    for wave in reversed(waves):
        for aim, emulator in zip(wave.aims, wave.emulators, strict=True):
            if aim.id == figure.id:
                return {
                    "emulator_variance": float(emulator.predict(emulator.points)[1].mean()),
                    "monte_carlo_variance": emulator.noise_variance,
                }
    return {"emulator_variance": np.nan, "monte_carlo_variance": np.nan}


def _numbers(table: pd.DataFrame, name: str) -> F64:
    column = table[name].to_numpy(np.float64) if name in table else np.empty(0)
    return np.asarray(column[np.isfinite(column)])


def _mean(numbers: F64) -> float:
    return float(numbers.mean()) if len(numbers) else float("nan")


def _ends(numbers: F64, figure: Figure) -> tuple[float, float]:
    if not len(numbers):
        return np.nan, np.nan
    low, high = np.quantile(numbers, [_FIVE, _NINETY_FIVE])
    return as_published(float(low), figure), as_published(float(high), figure)


def waves_table(fit: Fit) -> pd.DataFrame:
    """Return one row per wave and target: what it ruled out, whether it pulls, what its variance is made of."""
    checks = ("within_2", "within_3", "r2", "noise_share")
    return _by_wave(fit).drop(columns=list(checks))


def emulators_table(fit: Fit) -> pd.DataFrame:
    """Return one row per wave and target: runs learned from, leave-one-out check, and what it listens to most."""
    checked = _by_wave(fit)[["wave", "target", "within_2", "within_3", "r2", "noise_share"]]
    titles = [fit.setup.space.titles[place] for place in fit.matching.active]
    more = [
        {
            "runs": len(emulator.values),
            "noise_sd": float(np.sqrt(emulator.noise_variance)),
            "listens_to": "; ".join(
                f"{titles[place]} {emulator.relevance[place]:.2f}" for place in np.argsort(-emulator.relevance)[:5]
            ),
        }
        for wave in fit.matching.waves
        for emulator in wave.emulators
    ]
    return pd.concat([checked, pd.DataFrame(more)], axis=1)


def _by_wave(fit: Fit) -> pd.DataFrame:
    parts = [
        diagnosis.aims.assign(
            wave=diagnosis.number,
            share_before=diagnosis.share_before,
            share_left=diagnosis.share_left,
            relative_error=diagnosis.relative_error,
        )
        for diagnosis in fit.matching.diagnoses
    ]
    table = pd.concat(parts, ignore_index=True)
    ahead = ["wave", "aim", "share_before", "share_left", "relative_error"]
    return table[[*ahead, *(name for name in table if name not in ahead)]].rename(columns={"aim": "target"})


def parameters_table(fit: Fit) -> pd.DataFrame:
    """Return one row per parameter of the space: range, start value, what is left, and what it trades against.

    `sd_ratio` is the spread left as a share of that of the range; `fixed_instead` names what was fixed by declaration
    because no figure tells the two apart; `goes_with` names parameters whose sets go together in the ensemble.
    """
    space, active = fit.setup.space, fit.matching.active
    titles = [space.titles[place] for place in active]
    summary = parameter_summary(fit.posterior.points, titles).set_index("parameter")
    together = _together(not_told_apart(fit.posterior.points, titles))
    values = np.array([one.row for one in fit.sets])
    rows = []
    for place, one in enumerate(space.dimensions):
        searched = one.title in summary.index
        low, median, high = np.quantile(values[:, place], [_FIVE, 0.5, _NINETY_FIVE])
        rows.append(
            {
                "parameter": one.title,
                "start": one.start,
                "low": one.low,
                "high": one.high,
                "scale": "log" if one.log else "linear",
                "searched": searched,
                "after_low": low,
                "after_median": median,
                "after_high": high,
                "sd_ratio": float(summary["sd_ratio"][one.title]) if searched else 1.0,
                "identified": bool(summary["identified"][one.title]) if searched else False,
                "goes_with": together.get(one.title, ""),
                "fixed_instead": "; ".join(pair.fixed for pair in space.pairs if pair.moved == one.title),
                "reason": one.reason,
            }
        )
    return pd.DataFrame(rows)


def _together(pairs: pd.DataFrame) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for first, second, correlation in zip(pairs["first"], pairs["second"], pairs["correlation"], strict=True):
        found.setdefault(first, []).append(f"{second} ({correlation:+.2f})")
        found.setdefault(second, []).append(f"{first} ({correlation:+.2f})")
    return {name: "; ".join(others) for name, others in found.items()}
