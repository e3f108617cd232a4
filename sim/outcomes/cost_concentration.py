"""Measure how much of the cost a few people carry."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

OUTCOMES = (
    Outcome(
        id="half_region_cost_people_share",
        aim="cost",
        better="neither",
        unit="share of people",
        label_en="People who use half of the region's cost",
        label_sv="Personer som drar halva regionens kostnad",
        meaning=(
            "Smallest share of the people alive at the start of a year that carries half of the region's cost in "
            "that year; mean over the full years of the window."
        ),
    ),
    Outcome(
        id="region_cost_top_4_percent_share",
        aim="cost",
        better="neither",
        unit="share of cost",
        label_en="Region's cost carried by the top 4 %",
        label_sv="Regionens kostnad för de 4 % dyraste",
        meaning="Share of the region's cost in a year carried by the 4 % of people who cost most.",
    ),
    Outcome(
        id="total_cost_top_4_percent_share",
        aim="cost",
        better="neither",
        unit="share of cost",
        label_en="All cost carried by the top 4 %",
        label_sv="Hela kostnaden för de 4 % dyraste",
        meaning="Share of all cost in a year carried by the 4 % of people who cost most.",
    ),
)
