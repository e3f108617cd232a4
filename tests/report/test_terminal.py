import io
import math
from dataclasses import replace
from pathlib import Path

import pytest
from report_factory import TITLES, write_folder
from rich.console import Console

from sim.report.published import beside_published
from sim.report.results import read_results
from sim.report.terminal import print_comparison, published_table
from sim.report.words import words_for, write_difference


def _printed(results, lang, width):
    stream = io.StringIO()
    print_comparison(results, lang=lang, console=Console(file=stream, width=width, no_color=True))
    return stream.getvalue()


@pytest.mark.parametrize("width", [80, 100, 140])
def test_fits_the_width_with_every_scenario_and_number_whole(full, width):
    text = _printed(full, "en", width)
    assert max(map(len, text.splitlines())) <= width
    words = words_for(full, "en")
    for scenario in full.compared:
        assert TITLES[scenario]["en"] in text
        for outcome in ("unmet_need_days", "cost_sek", "usual_provider_gp", "staff_hours_hassle"):
            difference = full.difference(scenario, outcome)
            written = write_difference(difference, words)
            assert f"{difference.verdict.symbol} {written.mean} ({written.relative})" in text
            assert written.interval in text
            assert written.baseline in text


def test_wide_terminal_takes_five_scenarios_in_one_block(full):
    assert _printed(full, "en", 140).count("HEALTH") == 1
    assert _printed(full, "en", 100).count("HEALTH") == 2


def test_says_what_was_run_and_how_sure_in_both_languages(full):
    english, swedish = _printed(full, "en", 140), _printed(full, "sv", 140)
    for part in ("Västra Värmland", "58,900", "8 replications", "Seed: 1", "At most 50%", "Measured", "49%"):
        assert part in english
    assert "95 % intervals over 8 paired replications" in english
    assert "58\u202f900" in swedish and "Högst 50\u202f%" in swedish and "HÄLSA" in swedish


def test_sections_follow_the_triple_aim(full):
    text = _printed(full, "en", 140)
    places = [text.index(name) for name in ("HEALTH", "EXPERIENCE", "COST AND CARE USE", "STAFF")]
    assert places == sorted(places)


def test_published_table_says_what_is_off(full):
    words, stream = words_for(full, "en"), io.StringIO()
    Console(file=stream, width=140).print(published_table(beside_published(words), words))
    text = stream.getvalue()
    assert "173 (150–200)" in text and "▼ below" in text and "not simulated" in text


def test_comparison_ends_with_the_answer_and_what_is_off(full):
    text = " ".join(_printed(full, "en", 140).split())
    rows = [row for row in beside_published(words_for(full, "en")) if row.inside is not None]
    off = [row for row in rows if not row.inside]
    assert 0 < len(off) < len(rows)
    assert f"{len(rows) - len(off)} of {len(rows)} levels" in text
    assert all(f"{row.what} {row.verdict}" in text for row in off)
    assert text.index("STAFF") < text.index("For people with complex needs") < text.index("Outside: ")


def test_a_group_empty_in_a_replication_takes_no_pairs_from_the_others(full):
    sparse = full.differences.copy()
    sparse.loc[sparse["group_by"] == "municipality", "n"] = 1
    assert replace(full, differences=sparse).replications == 8
    sparse.loc[sparse["scenario"] == "team", "n"] = 5
    assert replace(full, differences=sparse).replications == 5


def test_one_replication_is_said_plainly(tmp_path: Path):
    results = read_results(write_folder(tmp_path, replications=1, distributions=False, validation=False))
    assert math.isnan(results.difference("team", "cost_sek").low)
    text = _printed(results, "en", 140)
    assert "One replication of every scenario" in text and "one replication only" in text
    assert "▲ −" not in text and "▼ −" not in text
