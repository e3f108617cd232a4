"""Measure what SimPy itself can do here: people request a server, hold it, release it, and nothing else.

    python benchmarks/bare_simpy.py [--contacts 100000] [--repeats 3]

The yardstick for speed: contacts per second of CPU time, in the process and at the moment of the comparison.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Generator
from statistics import median
from typing import Any

import simpy

PEOPLE, SERVERS = 100, 25


def run(contacts: int) -> int:
    """Let a hundred people take turns at 25 servers; returns the contacts finished."""
    env = simpy.Environment()
    servers = simpy.Resource(env, SERVERS)
    done = 0

    def person(number: int) -> Generator[Any, Any, None]:
        nonlocal done
        hold = 1.0 + number / PEOPLE
        for _ in range(contacts // PEOPLE):
            with servers.request() as turn:
                yield turn
                yield env.timeout(hold)
            done += 1

    for number in range(PEOPLE):
        env.process(person(number))
    env.run()
    return done


def contacts_per_second(contacts: int = 100_000, repeats: int = 3) -> float:
    """Return the median rate over the repeats."""
    run(2_000)
    rates = []
    for _ in range(repeats):
        gc.collect()
        started = time.process_time()
        done = run(contacts)
        rates.append(done / (time.process_time() - started))
    return median(rates)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and print the rate."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--contacts", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args(arguments)
    print(f"{contacts_per_second(options.contacts, options.repeats):,.0f} contacts/s")


if __name__ == "__main__":
    main()
