"""Lay parameter sets where the program looks for those that agree with published figures."""

from pathlib import Path

import pytest

from sim.config import fit


def lay_fit(folder: Path, monkeypatch: pytest.MonkeyPatch, *loss_scales: float) -> None:
    """Make a fit of one column, gap.loss_scale, the only one there is."""
    home = folder / "fits" / fit.HOME_PLACE
    home.mkdir(parents=True)
    (home / "ensemble.csv").write_text("\n".join(["gap.loss_scale", *map(str, loss_scales)]) + "\n", encoding="utf-8")
    monkeypatch.setattr(fit, "fits_folder", lambda: folder / "fits")
