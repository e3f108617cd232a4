"""Parameter sets from a table, laid over scenarios; bad tables are one message."""

from pathlib import Path

import pandas as pd
import pytest

from sim.batch.ensemble import plan_ensemble, with_set
from sim.config.ensemble import read_ensemble, with_parameters
from sim.config.errors import InputError
from sim.config.loader import load_scenario
from sim.config.parts import range_of
from sim.config.receipt import content_hash

SCENARIOS = [load_scenario("baseline"), load_scenario("team")]
GOOD = """worsening.preventable_share,booking.lag_days[counsellor],means.mobile_response.called_probability
0.4,10,0.2
0.6,20,0.5
"""


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sets.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_values_take_the_place_of_the_scenario_s_own(tmp_path: Path) -> None:
    ensemble = read_ensemble(table(tmp_path, GOOD), SCENARIOS)
    assert len(ensemble) == 2
    baseline, team = (with_parameters(scenario, ensemble, 1) for scenario in SCENARIOS)
    lags = team.parameters["booking.lag_days"].value
    before = SCENARIOS[1].parameters["booking.lag_days"].value
    assert isinstance(lags, dict) and isinstance(before, dict)
    assert lags == {**before, "counsellor": 20.0}
    assert baseline.parameters["worsening.preventable_share"].value == 0.6
    means = {choice.id: choice for choice in team.means}
    assert means["mobile_response"].settings["called_probability"].value == 0.5
    assert baseline.means == ()
    hashes = {content_hash(with_parameters(one, ensemble, number)) for one in SCENARIOS for number in (0, 1)}
    assert len(hashes | {content_hash(one) for one in SCENARIOS}) == 6


def test_a_factor_moves_all_numbers_of_a_parameter(tmp_path: Path) -> None:
    text = "gap.lead_time_mean_days*,booking.lag_days*\n1.5,0.5\n1,1\n"
    ensemble = read_ensemble(table(tmp_path, text), SCENARIOS)
    before = SCENARIOS[0].parameters
    changed, same = (with_parameters(SCENARIOS[0], ensemble, number) for number in (0, 1))
    leads, lags = before["gap.lead_time_mean_days"].value, before["booking.lag_days"].value
    assert isinstance(leads, tuple) and isinstance(lags, dict)
    assert changed.parameters["gap.lead_time_mean_days"].value == tuple(1.5 * one for one in leads)
    assert changed.parameters["booking.lag_days"].value == {name: 0.5 * one for name, one in lags.items()}
    assert content_hash(same) == content_hash(SCENARIOS[0])


def test_a_factor_ends_where_the_first_number_leaves_its_range() -> None:
    chase = SCENARIOS[0].parameters["gap.chase_probability"]
    low, high = range_of(chase, "*")
    assert (low, high) == pytest.approx((0.2 / 0.38, 0.6 / 0.38))
    assert range_of(SCENARIOS[0].parameters["worsening.preventable_share"], None) == (0.3, 0.7)


def test_parquet_says_the_same_as_csv(tmp_path: Path) -> None:
    csv = read_ensemble(table(tmp_path, GOOD), SCENARIOS)
    pd.read_csv(csv.path).to_parquet(tmp_path / "sets.parquet")
    parquet = read_ensemble(tmp_path / "sets.parquet", SCENARIOS)
    assert (parquet.rows, parquet.columns, parquet.digest) == (csv.rows, csv.columns, csv.digest)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("worsening.preventable_shar\n0.5\n", "column worsening.preventable_shar: unknown parameter; did you mean"),
        ("worsening.preventable_share\n0.9\n", "sets.csv:2: worsening.preventable_share: must be within 0.3 to 0.7"),
        ("worsening.preventable_share\n0.5\nhalf\n", "sets.csv:3: worsening.preventable_share: expected a number"),
        ("worsening.preventable_share\nnan\n", "expected a finite number"),
        ("worsening.preventable_share\n", "holds no parameter set"),
        ("", "is empty"),
        ("worsening.preventable_share\n0.5,3\n", "sets.csv:2: expected 1 values, found 2"),
        ("worsening.preventable_share,worsening.preventable_share\n0.5,0.5\n", "given 2 times"),
        ("booking.lag_days\n3\n", "has several numbers; name one, e.g. booking.lag_days[general_practitioner]"),
        ("booking.lag_days[counselor]\n3\n", "did you mean counsellor?"),
        ("worsening.preventable_share*\n0.5\n", "it is one number; write worsening.preventable_share"),
        ("gap.chase_probability*\n1.9\n", "gap.chase_probability* (x 1.9): must be within 0.1 to 0.4, found 0.418 (4)"),
        ("gap.chase_probability*,gap.chase_probability[2]\n1,0.03\n", "gap.chase_probability* moves it too"),
        ("worsening.preventable_share[1]\n0.5\n", "it is one number; write worsening.preventable_share"),
    ],
)
def test_bad_tables_are_one_message(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as problem:
        read_ensemble(table(tmp_path, text), SCENARIOS)
    assert message in str(problem.value)


def test_no_file_and_no_parquet(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_ensemble(tmp_path / "none.csv", SCENARIOS)
    (tmp_path / "sets.parquet").write_text("not at all")
    with pytest.raises(InputError, match="not a Parquet table"):
        read_ensemble(tmp_path / "sets.parquet", SCENARIOS)


def test_replications_are_numbered_on_through_the_sets_with_luck_of_their_own(tmp_path: Path) -> None:
    ensemble = read_ensemble(table(tmp_path, GOOD), SCENARIOS)
    jobs = plan_ensemble(SCENARIOS, ensemble, replications=3, base_seed=1, code="code")
    assert [(job.scenario.id, job.replication) for job in jobs[:4]] == [
        *(("baseline", 0), ("team", 0)),
        *(("baseline", 1), ("team", 1)),
    ]
    assert [job.replication for job in jobs] == [number for number in range(6) for _ in SCENARIOS]
    seeds = {job.replication: job.seed for job in jobs}
    assert len(set(seeds.values())) == 6 and len({job.key for job in jobs}) == 12
    shares = [job.scenario.parameters["worsening.preventable_share"].value for job in jobs]
    assert shares == [0.4] * 6 + [0.6] * 6
    numbered = with_set(pd.DataFrame({"replication": [0, 2, 3, 5]}), 3)
    assert numbered["parameter_set"].tolist() == [0, 0, 1, 1]
