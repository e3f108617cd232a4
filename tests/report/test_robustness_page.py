"""What `mellanrum robustness` is said to show, its figures and page, from tables by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from robustness_factory import FUTURES, SHARE, write_robustness

from sim.report.figures import style
from sim.report.robustness_page import build_robustness_report, design_in_words, draw_all
from sim.report.robustness_results import RobustnessRead, read_robustness
from sim.report.robustness_sentences import about_enough, about_look, about_regret, parameter_name
from sim.report.sources import plain
from sim.report.words import Words, words_for


def read(folder: Path, lang: str = "en", **more: object) -> tuple[RobustnessRead, Words]:
    found = read_robustness(write_robustness(folder, **more))  # type: ignore[arg-type]
    return found, words_for(found.results, lang)


def test_a_region_is_said_with_shares_intervals_and_what_unseen_futures_told(tmp_path: Path) -> None:
    found, words = read(tmp_path, third=True)
    budget, team = found.looked
    said = plain(about_look(budget, found, words))
    assert said.startswith("“Joint budget” beside “Today's care”, Cost of care, everybody: does not pay in 16 of 40")
    assert (
        "“Joint budget” does not pay where preventable share is below 0.451 and lead time mean days is above 0.800 "
        "times its start value and dispute share left (joint financing) is between 0.200 and 0.900: so it is in 92% "
        "(65% to 99%) of these 12 futures, which hold 69% (44% to 86%) of all in which it does not pay." in said
    )
    assert "In 7 futures luck may have decided, in 3 of those in which it does not pay." in said
    assert "it was 80% and 60%; luck finds as much in 1.0% of the searches" in said
    assert "Luck decided that in none of them. It pays in no future at all" in plain(about_look(team, found, words))
    swedish = plain(about_look(budget, found, words_for(found.results, "sv")))
    assert f"”Gemensam budget” lönar sig inte där {SHARE} är under 0,451 och" in swedish


@pytest.mark.parametrize(
    ("verdict", "says"),
    [
        ("no_region", "No region found: luck finds as much in 40% of the searches."),
        ("never", "There is no such future among these."),
        ("few", "16 of 40 are too few of one kind"),
    ],
)
def test_without_a_region_the_reason_is_said_and_no_limit(tmp_path: Path, verdict: str, says: str) -> None:
    found, words = read(tmp_path, verdict=verdict, replications=1)
    said = plain(about_look(found.looked[0], found, words))
    assert says in said and "does not pay where" not in said
    assert "With one replication it cannot be told" in said
    assert found.looked[0].limits == ()


def test_too_few_of_one_kind_are_counted_of_the_rarer_kind(tmp_path: Path) -> None:
    found, words = read(tmp_path, verdict="few")
    looked = found.looked[0]
    nearly_all = replace(looked, facts={**looked.facts, "n": 64, "failing": 61})
    assert "3 of 64 are too few of one kind" in plain(about_look(nearly_all, found, words))


def test_the_least_regretted_choice_is_named_with_how_sure_that_is(tmp_path: Path) -> None:
    found, words = read(tmp_path)
    said = plain(about_regret(found.decisions[0], found, words))
    assert "“Joint budget” is regretted least on average" in said or "“Joint budget” is regretted least, on" in said
    assert "Most often best is “Joint budget”" in said and "was luck, and was taken out" in said
    enough = [plain(one) for one in about_enough(found, words)]
    assert enough[0].startswith("Cost of care ≤ 61,950, everybody: “Joint budget” in ")
    assert "A choice pays in a future when it does better than “Today's care” there" in " ".join(
        design_in_words(found, words)
    )


def test_names_of_parameters_are_plain_words_in_english(tmp_path: Path) -> None:
    _, words = read(tmp_path)
    assert parameter_name("needs.base_rate_per_year[composite_need]", words) == "base rate per year (composite need)"
    assert parameter_name("gap.lead_time_mean_days*", words) == "lead time mean days"
    assert parameter_name("means.team.hours", words) == "hours (team)"


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_the_page_holds_figures_tables_and_what_was_refused(tmp_path: Path, lang: str) -> None:
    folder = write_robustness(tmp_path)
    build_robustness_report(folder, lang=lang)
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert page.count("<img") == 2 and page.count("<table") >= 4
    refused = {"en": "2 of 240 values are missing", "sv": "2 av 240 värden saknas"}
    assert refused[lang] in page
    names = {path.name for path in (folder / "figures").iterdir()}
    assert names == {f"{one}.{end}" for one in ("region_joint_financing_cost_sek", "regret_cost_sek")
                     for end in ("svg", "png")}  # fmt: skip


def test_every_future_has_a_mark_and_the_figures_the_same_bytes(tmp_path: Path) -> None:
    found, words = read(tmp_path)
    one, two = (draw_all(found, words) for _ in range(2))
    for name in one:
        assert style.to_svg(one[name].figure) == style.to_svg(two[name].figure)
        assert one[name].alt and one[name].title
    axes = one["region_joint_financing_cost_sek"].figure.axes[0]
    assert sum(len(line.get_xdata()) for line in axes.lines) == FUTURES
    assert axes.get_yscale() == "log" and "times the start" in axes.get_ylabel()


def test_another_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(ValueError, match="not one of `mellanrum robustness`"):
        read_robustness(tmp_path)
