"""Share a joint effect fairly among the means that bring it about (Shapley 1953).

A set's value is what it changes from nothing on. A means' fair part is what it adds, averaged over all orders in
which the means could be introduced one after the other; the parts add up to the joint effect exactly.
"""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]


def shapley_parts(values: F64) -> F64:
    """Return each player's part, `[player, replication]`, from the value of every set, `[set, replication]`.

    Set number s holds player i when bit i of s is set; `values[0]` is the empty set and need not be zero.
    """
    players = (len(values) - 1).bit_length()
    if len(values) != 1 << players:
        raise ValueError(f"a value for each of 2^k sets is needed, found {len(values)}")
    sets = np.arange(len(values))
    sizes = np.array([int(one).bit_count() for one in sets])
    orders = [factorial(size) * factorial(players - size - 1) / factorial(players) for size in range(players)]
    parts = []
    for player in range(players):
        without = sets[(sets >> player) & 1 == 0]
        gain = values[without | (1 << player)] - values[without]
        parts.append(np.array([orders[size] for size in sizes[without]]) @ gain)
    return np.array(parts).reshape(players, values.shape[1])


def values_of_pairs(main: F64, pairs: F64) -> F64:
    """Return the value of every set under a model with main effects and pairs only, `[set, replication]`.

    `main` and `pairs` are averages over all else, as `factorial` estimates them; pairs in the order of
    `combinations`. Under this model a player's fair part is exactly the main effect. For up to 20 players.
    """
    players = len(main)
    alone = main.copy()
    which = list(combinations(range(players), 2))
    for (i, j), both in zip(which, pairs, strict=True):
        alone[i] -= both / 2.0
        alone[j] -= both / 2.0
    values = np.zeros((1, main.shape[1]))
    for player in range(players):
        # Sets with this player are the sets of earlier players, plus what it adds alone and with each of them.
        gain = np.tile(alone[player], (len(values), 1))
        earlier = np.arange(len(values))
        for (i, j), both in zip(which, pairs, strict=True):
            if j == player:
                gain += ((earlier >> i) & 1)[:, None] * both
        values = np.concatenate((values, values + gain))
    return values
