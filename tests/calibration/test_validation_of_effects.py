"""Effects in the table of published figures: judged without luck between groups, counted fitted, held out or apart."""

import numpy as np
import pandas as pd
import pytest

from calibration.effects import read_effects
from calibration.study import COLUMNS as STUDY_COLUMNS
from calibration.study import study_rows
from calibration.study_file import read_study, study_files
from calibration.target_notes import AREAS, read_notes
from calibration.validation import COLUMNS, load_targets
from calibration.validation_counts import count_inside
from calibration.validation_effects import effects_beside_published, on_average
from sim.outcomes.outcome import all_outcomes


def study_row(**changes: object) -> pd.DataFrame:
    effect = read_effects()["coach_ed_visits"]
    row: dict[str, object] = dict.fromkeys(STUDY_COLUMNS, np.nan) | {
        "study": "coach_stockholm", "design": "randomised", "target": effect.id, "outcome": "ed_visits",
        "estimator": "rate_ratio", "published": 0.77, "published_low": 0.69, "published_high": 0.86,
        "simulated": 0.8, "reported_without_effect": 1.0, "true_low": 0.7, "true_high": 0.9,
        "strength": "strong", "source": effect.source,
    }  # fmt: skip
    return pd.DataFrame([row | changes])


def test_every_published_figure_has_a_likely_reason_written_down() -> None:
    figures = {target.id for target in load_targets()} | set(read_effects())
    assert figures <= set(read_notes().reasons)


def test_every_outcome_has_a_heading() -> None:
    assert {read_notes().area(outcome) for outcome in all_outcomes()} <= set(AREAS)
    assert read_notes().area("ed_visits_per_1000") == "hospital"
    assert read_notes().area("home_help_hours_per_month") == "municipal"
    assert read_notes().area("deaths_per_1000") == "health"


@pytest.mark.parametrize(
    ("average", "ends", "inside", "overlaps"),
    [(0.80, (0.7, 0.9), True, True), (0.95, (0.85, 1.05), False, True), (0.95, (0.9, 1.0), False, False)],
)
def test_inside_is_by_the_average_and_overlap_by_its_interval(
    average: float, ends: tuple[float, float], inside: bool, overlaps: bool
) -> None:
    table = effects_beside_published(study_row(simulated=average, true_low=ends[0], true_high=ends[1]))
    assert tuple(table.columns) == COLUMNS
    row = table.iloc[0]
    assert (row["inside"], row["overlaps"], row["n"], row["area"]) == (inside, overlaps, 1, "effects")
    assert row["reason"]


def test_a_study_with_nobody_in_it_is_neither_inside_nor_outside() -> None:
    row = effects_beside_published(study_row(simulated=np.nan)).iloc[0]
    assert row["inside"] is None and row["n"] == 0


def test_over_parameter_sets_the_interval_is_that_of_the_sets() -> None:
    tables = [study_row(simulated=value) for value in np.linspace(0.6, 1.0, 41)]
    row = effects_beside_published(tables, {"coach_ed_visits": "held_out"}).iloc[0]
    assert (row["simulated"], row["n"], row["used_for"]) == (pytest.approx(0.8), 41, "held_out")
    assert (row["sim_low"], row["sim_high"]) == (pytest.approx(0.61), pytest.approx(0.99))


def test_associations_and_assumptions_are_counted_apart() -> None:
    assert effects_beside_published(study_row(design="cross_section")).iloc[0]["apart"] == "association"
    assert effects_beside_published(study_row(target="shared_records_repeated_tests")).iloc[0]["apart"] == "association"
    assert (
        effects_beside_published(study_row(target="case_management_frail_admission")).iloc[0]["apart"] == "assumption"
    )
    assert effects_beside_published(study_row()).iloc[0]["apart"] == ""


def test_counts_by_hand() -> None:
    rows = [
        *[("fit", "", True)] * 3, ("fit", "", False), ("held_out", "", True), ("held_out", "", False),
        ("held_out", "association", False), ("fit", "assumption", True), ("fit", "", None),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["used_for", "apart", "inside"])
    found = {count.group: (count.inside, count.of) for count in count_inside(table)}
    assert found == {"fit": (3, 4), "held_out": (1, 2), "association": (0, 1), "assumption": (1, 1)}
    assert count_inside(table)[0].share == 0.75


def test_luck_between_groups_is_taken_out_of_a_trial() -> None:
    """Groups that differ before anything is done: the trial sees it, its average does not."""
    study = read_study(study_files()["coach_stockholm"])
    people = [(True, 8.0, 4.0), (False, 10.0, 10.0)]
    # Treated: 8 visits without the means, 4 with it; those compared with: 10 in either world.
    table = pd.DataFrame(
        [
            {
                "outcome": outcome, "treated": treated, "weight": 1.0, "before": 0.0, "before_exposure": 1.0,
                "after": after, "after_exposure": 1.0, "without": without, "without_exposure": 1.0, "people": 50,
            }
            for outcome in ("ed_visits", "outpatient_visits")
            for treated, without, after in people
        ]
    )  # fmt: skip
    rows = study_rows(study, [table])
    row, average = rows.iloc[0], on_average(rows.iloc[0])
    assert row["simulated"] == pytest.approx(0.4)
    assert row["true_effect"] == average.mean == pytest.approx(0.5)
    assert average.low == pytest.approx(row["true_low"]) and average.high == pytest.approx(row["true_high"])
    assert row["reported_without_effect"] == pytest.approx(0.8)
