"""Say how much an allocation tries: its options, as one group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from sim.config.errors import InputError

SEARCH_REPLICATIONS = 2

SearchOption = Annotated[int, typer.Option("--replications", help="Runs of each mix in the search.")]
PopulationOption = Annotated[int, typer.Option("--population", help="Mixes tried in each generation of the search.")]
GenerationsOption = Annotated[int, typer.Option("--generations", help="Generations of the search.")]
ConfirmOption = Annotated[
    int, typer.Option("--confirm", help="Runs of each mix that is confirmed, with luck that the search has not seen.")
]
ConfirmMixesOption = Annotated[
    int, typer.Option("--confirm-mixes", help="How many mixes are confirmed, at most, with today's care beside them.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How many mixes are tried, and how many of them confirmed in how many runs."""

    population: PopulationOption = 24
    generations: GenerationsOption = 8
    confirm: ConfirmOption = 8
    confirm_mixes: ConfirmMixesOption = 8

    def check(self) -> None:
        """Raise InputError for a number that is too small."""
        rules = (
            ("--population", self.population, 4),
            ("--generations", self.generations, 1),
            ("--confirm", self.confirm, 1),
            ("--confirm-mixes", self.confirm_mixes, 1),
        )
        for option, value, least in rules:
            if value < least:
                raise InputError(f"{option}: must be {least} or more, found {value}")
