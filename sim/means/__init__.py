"""Find coordination means by file name: one file here is one means (the only magic in the program)."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

from sim.care.decisions import Means


def means_class(name: str) -> type[Means]:
    """Return the means that the module `sim.means.<name>` defines; raises KeyError when there is none."""
    if name not in all_means():
        raise KeyError(name)
    module = importlib.import_module(f"sim.means.{name}")
    found = [
        thing for thing in vars(module).values()
        if inspect.isclass(thing) and issubclass(thing, Means) and thing.__module__ == module.__name__
    ]  # fmt: skip
    if len(found) != 1:
        raise KeyError(f"sim.means.{name} must define exactly one means, found {len(found)}")
    return found[0]


def all_means() -> tuple[str, ...]:
    """List the means there are, by name."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))
