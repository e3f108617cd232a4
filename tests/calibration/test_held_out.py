"""The rule by which published figures are kept from the fit."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.effects import read_effects
from calibration.fit_targets import read_fit_targets
from calibration.held_out import choose, effect_uses, level_uses, source_of
from calibration.validation import load_targets
from sim.config.loader import load_means_settings
from sim.config.lookup import means_files
from sim.config.parameter_file import load_register


def test_sources_are_ranked_by_their_hash_and_taken_whole():
    sources = {"a": "one", "b": "one", "c": "two", "d": "three", "e": "three", "f": "four"}
    first = sorted(set(sources.values()), key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    assert first == ["four", "two", "one", "three"]  # worked out once; a hash never changes
    uses = choose(sources, left_out=(), never_held_out=())
    assert [name for name, use in uses.items() if use == "held_out"] == ["c", "f"]


def test_a_source_with_a_figure_that_set_a_start_value_goes_to_the_fit_whole():
    sources = {"a": "one", "b": "one", "c": "two", "d": "three", "e": "three", "f": "four"}
    uses = choose(sources, left_out={"c"}, never_held_out={"b"})
    assert uses == {"a": "fit", "b": "fit", "c": "plausibility", "d": "held_out", "e": "held_out", "f": "held_out"}


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.sampled_from("pqrstuvw"), min_size=1, max_size=40))
def test_at_least_a_third_is_held_out_whole_sources_at_a_time(sources):
    uses = choose(sources, left_out=(), never_held_out=())
    held = {name for name, use in uses.items() if use == "held_out"}
    assert 3 * len(held) >= len(sources)
    assert {sources[name] for name in held}.isdisjoint({sources[name] for name in uses if name not in held})


@pytest.mark.parametrize("uses", [level_uses(), effect_uses()], ids=["levels", "effects"])
def test_of_the_shipped_figures_a_third_is_held_out_and_some_are_fitted(uses):
    counted = [use for use in uses.values() if use != "plausibility"]
    assert 3 * counted.count("held_out") >= len(counted)
    assert counted.count("fit") >= 6


def test_figures_of_one_source_are_on_one_side():
    uses = level_uses()
    sides = {}
    for target in load_targets():
        if uses[target.id] != "plausibility":
            sides.setdefault(source_of(target.source), set()).add(uses[target.id])
    assert all(len(side) == 1 for side in sides.values())


def test_source_of_drops_pages_and_tables():
    assert source_of("Anskär E et al. BMC Health Serv Res 2018;18, table 3: 0.098") == source_of(
        "Anskär E et al. BMC Health Serv Res 2018;18, table 3"
    )
    assert source_of("report 000, line 4038") == "report 000"


def test_every_name_in_the_file_is_known():
    told = read_fit_targets()
    figures = {target.id for target in load_targets()} | set(read_effects())
    assert set(told.left_out) <= figures
    assert set(told.start_values) <= figures
    assert set(told.discrepancies) - {"level", "effect"} <= figures
    settings = {s.name for means in means_files() for s in load_means_settings(means).values()}
    parameters = set(load_register()) | settings
    assert {name for names in told.start_values.values() for name in names} <= parameters


def test_assumptions_are_never_fitted():
    uses = level_uses() | effect_uses()
    for one in (*load_targets(), *read_effects().values()):
        if one.strength == "assumption":
            assert uses[one.id] == "plausibility", one.id
