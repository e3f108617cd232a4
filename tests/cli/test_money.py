"""`compare` and `report` with money: options, tables, receipt; runs are fakes or tables by hand."""

import json
from pathlib import Path

import pandas as pd
import pytest
from cli_fakes import fake_work

from sim.analysis.value_settings import effects
from sim.cli.batch_request import Request
from sim.cli.compare import compare
from sim.cli.main import run
from sim.cli.money import Perspective, View, check_view, value_place
from sim.config.errors import InputError
from sim.report import build
from sim.report.value_results import TABLES


@pytest.fixture
def compared(tmp_path: Path) -> Path:
    out = tmp_path / "out"
    request = Request(
        command="compare", scenarios=("baseline", "team", "mdt"), replications=3, seed=1, jobs=1, out=out, quiet=True,
        sample=0.5, arguments=("compare",),
    )  # fmt: skip
    compare(request, fake_work, View(perspective=Perspective.REGION, discount_rate=0.05))
    return out


def wrong(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as end:
        run(arguments)
    assert end.value.code == 2
    return capsys.readouterr().err


def test_compare_leaves_the_money_tables_and_says_how_it_looked(compared: Path) -> None:
    manifest = json.loads((compared / "manifest.json").read_text())
    assert manifest["value"] == {"perspective": "region", "effect": "unmet_need_days", "discount_rate": 0.05}
    assert manifest["principal_kinds"]["region_varmland"] == "region"
    for name, columns in TABLES.items():
        assert list(pd.read_csv(compared / f"{name}.csv")) == list(columns)
    value = pd.read_csv(compared / "value.csv")
    assert set(value["perspective"]) == {"region", "municipality", "both", "society"}
    assert set(value["discount_rate"]) == {0.05} and set(value["years"]) == {2.0}
    # Of a sample, sums still are for the whole place; these runs have no quarters, so two years count evenly.
    outcomes = pd.read_csv(compared / "outcomes.csv").query("group_by == 'all' and outcome == 'cost_sek'")
    means = outcomes.groupby("scenario")["value"].mean()
    row = value.query("scenario == 'team' and perspective == 'both' and cost_kind == 'full'").iloc[0]
    people = 2 * manifest["inhabitants"]
    assert row["cost"] == pytest.approx((means["team"] - means["baseline"]) * people * (1 + 1 / 1.05) / 2)


def test_report_makes_the_money_tables_again_for_another_effect(
    compared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "FIGURES", {})
    receipt = (compared / "manifest.json").read_bytes()
    first = (compared / "value.csv").read_bytes()
    arguments = [
        "report",
        str(compared),
        "--effect",
        "ed_visits_per_1000",
        "--discount-rate",
        "0",
        "--perspective",
        "both",
    ]
    with pytest.raises(SystemExit) as end:
        run(arguments)
    assert end.value.code == 0
    value = pd.read_csv(compared / "value.csv")
    assert set(value["effect"]) == {"ed_visits_per_1000"} and set(value["discount_rate"]) == {0.0}
    page = (compared / "report.html").read_text(encoding="utf-8")
    assert "emergency visits avoided" in page and "Perspective: region and municipalities together" in page
    assert (compared / "manifest.json").read_bytes() == receipt, "the receipt tells what was compared"
    with pytest.raises(SystemExit):
        run(["report", str(compared), "--effect", "unmet_need_days", "--discount-rate", "0.05"])
    assert (compared / "value.csv").read_bytes() == first
    capsys.readouterr()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ["--effect", "deaths_per_1000"],
            "--effect: nothing is said of what deaths_per_1000 is worth; choose unmet_need",
        ),
        (["--discount-rate", "3"], "--discount-rate: must be a share per year from 0 to 0.05, found 3"),
    ],
)
def test_wrong_options_are_refused_before_any_run(
    options: list[str],
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert message in wrong(["compare", "team", *options], capsys)
    assert list(tmp_path.iterdir()) == []


def test_report_refuses_money_options_where_nothing_was_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("manifest.json", "outcomes.csv", "validation.csv"):
        (tmp_path / name).write_text("{}")
    assert "are for results of `mellanrum compare`" in wrong(["report", str(tmp_path), "--perspective", "both"], capsys)


def test_every_effect_offered_is_accepted() -> None:
    assert [check_view(View(effect=name)).choice().effect for name in effects()] == list(effects())
    with pytest.raises(InputError):
        check_view(View(effect="nothing"))


def test_place_of_a_manifest() -> None:
    kinds = {"both": "region_and_municipality", "agency": "state", "town": "municipality"}
    place = value_place(
        {"inhabitants": 500, "sample_share": 0.1, "years": 2, "principal_kinds": kinds, "fit": {"used": 1}}
    )
    assert place.inhabitants == 5000.0 and place.of_next_run
    assert (place.region, place.municipal, place.others) == (("both",), ("town",), ("agency",))
    older = value_place({"inhabitants": 500, "principals": {"a": {}}})
    assert older.region == () and older.others == ("a",) and not older.of_next_run
