"""Measure what SimPy itself can do here: contacts that request a server, hold it, release it, and nothing else.

    python benchmarks/bare_simpy.py [--contacts 100000] [--repeats 3]

The yardsticks for speed: contacts per second of CPU time, in the process and at the moment of the comparison.
The first is the bare model of patients: a source starts a new process for each contact. The second saves SimPy the
start: a hundred lasting processes have contact after contact, which no model of patients can do.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Generator
from statistics import median
from typing import Any

import simpy

PEOPLE, SERVERS = 100, 25
UTILISATION = 0.9

Process = Generator[Any, Any, None]


def run(contacts: int) -> int:
    """Let a source start a process for each contact at 25 servers; returns the contacts finished."""
    env = simpy.Environment()
    servers = simpy.Resource(env, SERVERS)
    done = 0

    def contact(hold: float) -> Process:
        nonlocal done
        with servers.request() as turn:
            yield turn
            yield env.timeout(hold)
        done += 1

    def source() -> Process:
        for number in range(contacts):
            env.process(contact(1.0 + number % PEOPLE / PEOPLE))
            yield env.timeout(1.5 / SERVERS / UTILISATION)  # a hold is 1.5 on average

    env.process(source())
    env.run()
    return done


def run_lasting(contacts: int) -> int:
    """Let a hundred lasting processes take turns at 25 servers; returns the contacts finished."""
    env = simpy.Environment()
    servers = simpy.Resource(env, SERVERS)
    done = 0

    def person(number: int) -> Process:
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


def contacts_per_second(contacts: int = 100_000, repeats: int = 3, loop: Callable[[int], int] = run) -> float:
    """Return the median rate of a loop over the repeats."""
    loop(2_000)
    rates = []
    for _ in range(repeats):
        gc.collect()
        started = time.process_time()
        done = loop(contacts)
        rates.append(done / (time.process_time() - started))
    return median(rates)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and print the rates."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--contacts", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args(arguments)
    for name, loop in (("a process per contact", run), ("lasting processes", run_lasting)):
        print(f"{contacts_per_second(options.contacts, options.repeats, loop):,.0f} contacts/s, {name}")


if __name__ == "__main__":
    main()
