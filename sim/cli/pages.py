"""Know the pages of all commands: by which table an output folder is told, what builds its page and what that needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

RECEIPT, OUTCOMES, DIFFERENCES = "manifest.json", "outcomes.csv", "differences.csv"
_MEASURED = (RECEIPT, OUTCOMES)
_COMPARED = (RECEIPT, OUTCOMES, DIFFERENCES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a command leaves, and its page."""

    told_by: str
    """A table that tells the command's folders."""
    and_not: str | None = None
    """A table that its folders do not hold, where another command's hold the first, too."""
    module: str
    """Module of sim.report that builds the page; its function is build_NAME_report."""
    needs: tuple[str, ...] = _MEASURED

    def is_of(self, folder: Path) -> bool:
        """Tell whether the folder is one of the command's."""
        other = self.and_not is not None and (folder / self.and_not).is_file()
        return (folder / self.told_by).is_file() and not other

    @property
    def build(self) -> Callable[..., None]:
        """Return the function that builds the page; nothing is imported before."""
        name = self.module.removesuffix("_page")
        function = "build_report" if name == "build" else f"build_{name}_report"
        return cast("Callable[..., None]", getattr(import_module(f"sim.report.{self.module}"), function))


COMPARISON = Page(told_by=DIFFERENCES, module="build", needs=_COMPARED)
PAGES = (
    Page(told_by="journey.csv", and_not=DIFFERENCES, module="journey_page"),
    Page(told_by="league.csv", module="league_page", needs=_COMPARED),
    Page(told_by="sweep.csv", module="sweep_page"),
    Page(told_by="stress.csv", module="stress_page"),
    Page(told_by="futures.csv", module="robustness_page"),
    Page(told_by="front.csv", module="allocation_page", needs=_COMPARED),
    Page(told_by="validation.csv", and_not=DIFFERENCES, module="validation_page"),
    Page(told_by="parameter_sets.csv", and_not=DIFFERENCES, module="sensitivity_page"),
    Page(told_by="effects.csv", module="factorial_page", needs=_COMPARED),
    Page(told_by="studies.csv", module="study_page", needs=(RECEIPT,)),
)
"""In this order: a later command's table may stand in an earlier one's folder."""


def page_of(folder: Path) -> Page:
    """Return the page that belongs to a folder; that of a comparison for a folder that nothing tells."""
    return next((page for page in PAGES if page.is_of(folder)), COMPARISON)
