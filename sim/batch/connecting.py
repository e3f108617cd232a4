"""Connect to a cluster, and refuse one that would not make the same runs as this machine."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sim.batch.versions import code_version, difference, minor, versions
from sim.config.errors import InputError

if TYPE_CHECKING:
    from distributed import Client

    from sim.batch.cluster import ClusterPool

_TIMEOUT_SECONDS = 5
_ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9a-fA-F:]+\]|[\w.-]+):(\d{1,5})")
_MOST_NAMED = 5
NO_EXTRA = (
    "--cluster: needs the optional packages for clusters; install them with `pip install 'mellanrum[cluster]'` "
    "(in a working copy `pip install -e '.[cluster]'`)"
)

Look = Mapping[str, Any]
"""What a scheduler or worker says of itself: `host`, and `code` or `error`."""


def check_address(address: str) -> None:
    """Raise InputError unless the address looks like `tcp://host:port`."""
    match = _ADDRESS.fullmatch(address)
    if match is None or not 0 < int(match[3]) < 65536:
        raise InputError(f"--cluster {address}: not an address; give tcp://HOST:PORT as `dask scheduler` prints it")


@contextmanager
def connect(address: str) -> Iterator[ClusterPool]:
    """Open the cluster whose scheduler listens at `address` and check it; close the connection at the end.

    Raises InputError when the packages are missing, nobody answers, there are no workers, or code differs.
    """
    check_address(address)
    try:
        from distributed import Client

        from sim.batch.cluster import ClusterPool, keep_quiet
    except ImportError:
        raise InputError(NO_EXTRA) from None
    keep_quiet()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions: they are compared below, strictly
        try:
            client = Client(address, timeout=_TIMEOUT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TimeoutError):
            raise InputError(
                f"--cluster {address}: no Dask scheduler answers there within {_TIMEOUT_SECONDS} seconds; "
                "start one with `dask scheduler`"
            ) from None
    try:
        check_cluster(client, address)
        yield ClusterPool(client, address, code_version())
    finally:
        client.close(timeout=_TIMEOUT_SECONDS)


def check_cluster(client: Client, address: str) -> None:
    """Raise InputError unless scheduler and all workers have our Python and exactly our code."""
    # Python first, as Dask itself tells it: our own question is sent as byte code of this Python.
    told = client.get_versions()
    if not told["workers"]:
        raise InputError(
            f"--cluster {address}: no workers are connected; start some with `dask worker {address} --nthreads 1`"
        )
    pythons = {"scheduler": told["scheduler"], **told["workers"]}
    ours = minor(told["client"]["host"]["python"])
    wrong = [
        f"{name} has Python {minor(one['host']['python'])}"
        for name, one in pythons.items()
        if minor(one["host"]["python"]) != ours
    ]
    _refuse(address, wrong, f"this machine has Python {ours}")
    look = looker()
    looks = {"scheduler": client.run_on_scheduler(look), **client.run(look)}
    wrong = [f"{name} ({one['host']}) {wrong_there}" for name, one in looks.items() if (wrong_there := fault(one))]
    own = f"this machine has Mellanrum {versions()['mellanrum']}"
    _refuse(address, wrong, own)


def _refuse(address: str, wrong: list[str], ours: str) -> None:
    if not wrong:
        return
    more = f"; and {len(wrong) - _MOST_NAMED} more" if len(wrong) > _MOST_NAMED else ""
    raise InputError(
        f"--cluster {address}: {'; '.join(wrong[:_MOST_NAMED])}{more}; {ours}: "
        "install the same Mellanrum and the same packages everywhere"
    )


def looker() -> Callable[[], Look]:
    """Return a function that says which code there is where it is called.

    It is a function within a function, so that it travels as such and needs no Mellanrum to arrive.
    """

    def look() -> Look:
        import socket

        host = socket.gethostname()
        try:
            from sim.batch.versions import code_version
        except Exception as error:
            return {"host": host, "error": f"{type(error).__name__}: {error}"}
        return {"host": host, "code": code_version()}

    return look


def fault(look: Look) -> str | None:
    """Say what is wrong with what was found elsewhere, or None when it would make the same runs."""
    if "error" in look:
        return f"cannot load Mellanrum ({look['error']})"
    return difference(code_version(), look["code"])
