"""Try to lose runs: kill workers and parents, fill the disk, spoil files, let two commands meet in one folder.

    python benchmarks/robustness.py [--quick] [--seed S]

Prints one line per trouble and exits with 1 if a run was lost or made twice, a table differs by one byte from
that of an undisturbed batch, more than one run per worker was repeated, or the user was left without a plain
message. Linux only: it looks into /proc. What needs the rights of root (mounting a small disk) is done in another
way without them, and that is said.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.robust_desk import HEADER, JOBS, Check, Desk  # beside the package, not part of it
from benchmarks.robust_disk import full_disk, read_only, spoiled_files
from benchmarks.robust_processes import kill_parents, kill_workers, real_command, two_parents

CHECKS: tuple[tuple[Callable[[Desk, int], Check], int, int], ...] = (
    (kill_workers, 20, 3),
    (kill_parents, 20, 3),
    (full_disk, 1, 1),
    (spoiled_files, 12, 6),
    (read_only, 1, 1),
    (two_parents, 10, 2),
    (real_command, 5, 1),
)
"""Each trouble with its tries, in full and with --quick."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a few tries of each")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000), help="of the moments")
    options = parser.parse_args()
    print(f"seed {options.seed}, {JOBS} workers\n{HEADER}", flush=True)
    is_well = True
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), 40 if options.quick else 150, random.Random(options.seed))
        for check, tries, few in CHECKS:
            done = check(desk, few if options.quick else tries)
            is_well &= done.is_well
            print(done.row(), flush=True)
    print("nothing was lost" if is_well else "SOMETHING WENT WRONG")
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
