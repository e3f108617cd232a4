"""Say that a batch cannot go on, though nothing is wrong with any run: a full disk, a lost cluster."""

from __future__ import annotations

import os


class StoppedError(Exception):
    """The batch has to end here; everything stored so far is kept, and the same command goes on from it."""


def reason(error: OSError) -> str:
    """Return what the operating system says, without its number, e.g. `no space left on device`."""
    said = os.strerror(error.errno) if error.errno else str(error)
    return said[:1].lower() + said[1:]
