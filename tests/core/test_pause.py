"""Hold that pausing the collection of rubbish leaves it as it was."""

from __future__ import annotations

import gc

import pytest

from sim.core.pause import collection_paused


@pytest.mark.parametrize("was_on", [True, False])
def test_collection_is_as_before_even_after_an_error(was_on: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if was_on else gc.disable)()
        with pytest.raises(ValueError, match="inside"), collection_paused():
            assert not gc.isenabled()
            raise ValueError("inside")
        assert gc.isenabled() == was_on
    finally:
        (gc.enable if before else gc.disable)()
