"""Count the different home-help staff a client meets in 14 days (the definition of Kolada U21401)."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

OUTCOMES = (
    Outcome(
        id="home_help_staff_14_days",
        aim="experience",
        better="lower",
        unit="persons per 14 days",
        label_en="Different home-help staff in 14 days",
        label_sv="Olika hemtjänstpersonal på 14 dagar",
        meaning=(
            "Different home-help workers met in a complete 14-day block, averaged over blocks of clients with at "
            "least 2 home-help visits on each of the 14 days."
        ),
        headline=True,
    ),
)
