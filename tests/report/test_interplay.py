"""What means do together, in words: joint effect, fair parts, fewest, pairs that help or hurt."""

from __future__ import annotations

import io

import pytest
from interplay_factory import OUTCOMES, factorial, league
from rich.console import Console

from sim.report.interplay import about_outcome, design_in_words
from sim.report.league_terminal import print_league
from sim.report.standing import about_ranks, open_ranks, what_it_rests_on
from sim.report.words import words_for

NAMES = ("Team", "Records", "Contact", "Budget")
DAYS = OUTCOMES[0]


def said(found, lang="en"):
    return " ".join(about_outcome(DAYS, found, words_for(found.results, lang)))


def test_means_that_add_up_have_fair_shares_and_no_pairs(full):
    found = factorial(full, {"a": -8.0, "b": -1.0, "c": -1.0}, noise=0.0, titles=NAMES)
    text = said(found)
    assert "all together −10.0" in text and "each alone adds up to −10.0" in text
    assert "Together they do exactly what the sum says." in text
    assert "Fair parts of it: Team −8.00 (80%); Records −1.00 (10%); Contact −1.00 (10%)." in text
    assert "Fewest that reach 80% of it: 1 of 3, Team (80%)." in text
    assert "No pair of 3 does clearly more or less together than apart." in text


def test_a_pair_that_clashes_and_one_that_helps_are_named(full):
    found = factorial(
        full, {"a": -6.0, "b": -5.0, "c": -4.0}, {("a", "b"): 3.0, ("b", "c"): -2.0}, noise=0.05, titles=NAMES
    )
    text = said(found)
    assert "Clearly more good together than apart: Records × Contact −" in text
    assert "Clearly less good together than apart (overlap, or in each other's way): Team × Records +" in text
    assert "Harm in company" not in text
    assert "Of 3 pairs about 1 would look clear by chance alone." in text


def test_a_means_that_only_harms_in_company_is_named_and_one_that_always_harms_is_not(full):
    found = factorial(full, {"a": -6.0, "b": -2.0, "c": 1.0}, {("a", "b"): 5.0}, noise=0.05, titles=NAMES)
    text = said(found)
    assert "Harm in company: Records makes it clearly worse where Team is in place (+3.0" in text
    assert "Contact makes it clearly worse" not in text
    assert "Fewer do more: Team reaches" in text


def test_harm_is_not_called_reach(full):
    text = said(factorial(full, {"a": 9.0, "b": 1.0}, noise=0.01, titles=NAMES))
    assert "That much harm, 80% of it, comes already from 1 of 2: Team" in text
    assert "Fewest that reach" not in text


def test_where_nothing_is_clear_no_shares_are_given(full):
    text = said(factorial(full, {"a": 0.0, "b": 0.0}, noise=5.0, titles=NAMES))
    assert "No shares are given" in text and "Fewest" not in text


def test_one_replication_says_that_nothing_is_clear(full):
    text = said(factorial(full, {"a": -3.0, "b": -1.0}, replications=1, titles=NAMES))
    assert "One replication: nothing can be called clear." in text and "×" not in text


@pytest.mark.parametrize(("resolution", "says"), [(5, "resolution V or more"), (4, "resolution IV")])
def test_a_fraction_says_what_it_mixes_and_how_far_its_model_goes(full, resolution, says):
    names = {f"m{number}": -1.0 for number in range(7)}
    found = factorial(full, names, {("m0", "m1"): 3.0}, resolution=resolution, noise=0.01, titles=())
    words = words_for(full, "en")
    assert says in " ".join(design_in_words(found, words))
    text = said(found)
    assert "on which shares and sets rest says −" in text
    assert ("m0 × m1 +" in text.lower()) and ("(or m" in text) == (resolution == 4)


def test_swedish_says_the_same_in_swedish(full):
    found = factorial(full, {"a": -6.0, "b": -2.0}, {("a", "b"): 5.0}, noise=0.05, titles=NAMES)
    text = said(found, "sv")
    assert "Skada i sällskap: Records gör det tydligt sämre där Team finns (+3,0" in text
    assert "Alla 4 kombinationer av 2 medel" in " ".join(design_in_words(found, words_for(full, "sv")))


def test_ranks_are_told_only_as_far_as_they_are_settled(full):
    words = words_for(full, "en")
    found = league(full)
    sentences = about_ranks(found, words)
    assert len(sentences) == len(OUTCOMES)
    assert all("pairs are settled" in sentence and "of 15" in sentence for sentence in sentences)
    assert open_ranks({"rank_low": 2, "rank_high": 2}, words) == "rank 2"
    assert open_ranks({"rank_low": 2, "rank_high": 5}, words) == "rank 2–5"
    rests = what_it_rests_on(found, words)
    assert len(rests) == 2 and rests[0].endswith("Could not be expressed: The café.")


def test_a_narrow_terminal_gets_the_matrix_in_words(full):
    """A name cut to nothing would leave signs that belong to nobody."""
    found = league(full)
    shown = {}
    for width in (70, 300):
        console = Console(width=width, file=io.StringIO())
        print_league(found, lang="en", console=console)
        shown[width] = console.file.getvalue()
    name = words_for(full, "en").scenario(found.systems[1])
    assert f"{name}: ● yes:" in shown[70]
    assert f"{name}: ● yes:" not in shown[300]
    assert any(line.strip().startswith(name) for line in shown[300].splitlines())
