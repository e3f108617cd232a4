"""Name what becomes of a future, and what looking for the futures in which a choice does not pay ends with."""

PAYS, FAILS = "yes", "no"
"""Whether a choice pays in one future: the words of futures.csv."""
REGION, NO_REGION, NEVER, ALWAYS, FEW = "region", "no_region", "never", "always", "few"
"""A region was found; none that luck would not find as well; it fails in none, in all; too few of a kind to look."""
