"""Close hospital beds for a while: they take nobody in as they come free, and open again on a day."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

import simpy

from sim.care.disturbance import Span


def close_beds(env: simpy.Environment, beds: simpy.Resource, spans: Sequence[Span]) -> None:
    """Let beds be closed in all spans that close some; at least one bed stays open."""
    for span in spans:
        share = span.of("beds_closed_share")
        if share > 0.0:
            whole = int(beds.capacity)
            number = min(max(1, round(share * whole)), whole - 1)
            env.process(_closed(env, beds, number, span))


def _closed(env: simpy.Environment, beds: simpy.Resource, number: int, span: Span) -> Generator[simpy.Event, Any, None]:
    """Hold beds as a patient would: those who wait already come first, those who come later wait longer."""
    yield env.timeout(span.start - env.now)
    held = [beds.request() for _ in range(number)]
    yield env.timeout(span.end - env.now)
    for one in held:
        if one.triggered:
            beds.release(one)
        else:
            one.cancel()
