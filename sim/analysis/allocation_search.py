"""Search the mixes with NSGA-II, a generation at a time (Deb et al. 2002; the library pymoo, Blank and Deb 2020).

Whoever asks makes the runs; the search itself runs nothing, stores nothing and starts no process, so that the same seed
and the same answers give the same questions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.config.allocation import Mix

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
Meaningful = Callable[[Sequence[int]], Mix]

_DRAWN_PER_MIX = 10
"""How many mixes are drawn for each of the first generation, so that enough of them are different."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """What is searched."""

    levels: tuple[int, ...]
    objectives: int
    limits: int
    """How many limits a mix may be over."""
    meaningful: Meaningful
    """Gives mixes that mean the same the same levels."""


class Search:
    """Ask for mixes to try, generation by generation, and tell what became of them."""

    def __init__(self, space: Space, *, population: int, seed: int, starts: Sequence[Mix]) -> None:
        self._tried: set[Mix] = set()
        self._asked: Any = None
        self._algorithm = _algorithm(space, population, seed, starts, self._tried)

    def ask(self) -> list[Mix]:
        """Return the mixes of the next generation, none of them asked for before; none when there are no more."""
        self._asked = self._algorithm.ask()
        if self._asked is None:
            return []
        mixes = [tuple(int(level) for level in row) for row in self._asked.get("X")]
        self._tried.update(mixes)
        return mixes

    def tell(self, gains: F64, over: F64) -> None:
        """Tell what the mixes asked for last gain, shape (mixes, aims), and how far each is over each limit."""
        from pymoo.problems.static import StaticProblem

        values = {"F": -gains} | ({"G": over.T} if len(over) else {})
        problem = StaticProblem(self._algorithm.problem, **values)
        self._algorithm.evaluator.eval(problem, self._asked)
        self._algorithm.tell(infills=self._asked)


def _algorithm(space: Space, population: int, seed: int, starts: Sequence[Mix], tried: set[Mix]) -> Any:
    """Return NSGA-II over levels: choices are unlike, so each is taken from a parent or, now and then, redrawn."""
    from pymoo.algorithms.moo.nsga2 import NSGA2
    from pymoo.core.duplicate import DuplicateElimination
    from pymoo.core.problem import Problem
    from pymoo.core.repair import Repair
    from pymoo.core.termination import NoTermination
    from pymoo.core.variable import Integer
    from pymoo.operators.crossover.ux import UniformCrossover
    from pymoo.operators.mutation.rm import ChoiceRandomMutation
    from pymoo.operators.sampling.rnd import IntegerRandomSampling

    class Started(IntegerRandomSampling):  # type: ignore[misc]  # pymoo ships no types
        """Begin with the mixes given and fill up with different ones drawn by chance."""

        def _do(self, problem: Any, n_samples: int, *more: Any, **random: Any) -> I64:
            drawn = super()._do(problem, _DRAWN_PER_MIX * n_samples, *more, **random)
            mixes = dict.fromkeys([*starts, *(space.meaningful(row) for row in drawn.tolist())])
            return np.array(list(mixes)[:n_samples])

    class Meaning(Repair):  # type: ignore[misc]  # as above
        """Give mixes that mean the same the same levels."""

        def _do(self, problem: Any, X: Any, **more: Any) -> I64:  # noqa: N803  # so does pymoo call it
            return np.array([space.meaningful(row) for row in X.tolist()])

    class NeverTwice(DuplicateElimination):  # type: ignore[misc]  # as above
        """Leave out what was asked for before, in whichever generation: its answer would be the same."""

        def _do(self, pop: Any, other: Any, is_duplicate: Any) -> Any:
            seen = set(tried) if other is None else {tuple(row) for row in other.get("X").tolist()}
            for place, row in enumerate(map(tuple, pop.get("X").tolist())):
                is_duplicate[place] = row in seen
                if other is None:
                    seen.add(row)
            return is_duplicate

    width = len(space.levels)
    highest = np.array(space.levels) - 1
    problem = Problem(
        n_var=width, n_obj=space.objectives, n_ieq_constr=space.limits, xl=np.zeros(width, int), xu=highest, vtype=int
    )
    problem.vars = {str(place): Integer(bounds=(0, int(high))) for place, high in enumerate(highest)}
    algorithm = NSGA2(
        pop_size=population,
        sampling=Started(),
        crossover=UniformCrossover(prob=0.9),
        mutation=ChoiceRandomMutation(),
        repair=Meaning(),
        eliminate_duplicates=NeverTwice(),
    )
    return algorithm.setup(problem, termination=NoTermination(), seed=seed)
