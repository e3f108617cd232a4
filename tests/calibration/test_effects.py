"""Published effects: checked when read, and none of their sources sets a parameter."""

import re
from pathlib import Path

import pytest

from calibration.effects import EFFECTS_FILE, read_effects
from calibration.study_file import read_study, study_files
from sim.config.errors import InputError
from sim.config.loader import load_means_settings
from sim.config.lookup import means_files, place_files
from sim.config.parameter_file import load_register
from sim.config.yaml_file import read_yaml


def sources_of_parameters() -> dict[str, str]:
    found = {name: parameter.source for name, parameter in load_register().items()}
    for means in means_files():
        found |= {f"{means}.{name}": parameter.source for name, parameter in load_means_settings(means).items()}
    for place, path in place_files().items():
        found[place] = " ".join(_sources(read_yaml(path).data))
    return found


def _sources(data: object) -> list[str]:
    if isinstance(data, dict):
        own = [str(value) for key, value in data.items() if key.endswith("source")]
        return own + [text for value in data.values() for text in _sources(value)]
    return [text for value in data for text in _sources(value)] if isinstance(data, tuple) else []


def names(source: str, cites: str) -> bool:
    """Tell whether a parameter's source is the study that is cited: author and year, or report and line."""
    return all(
        re.search(rf"(?<!\w){re.escape(word)}(?!\w)", source) for word in re.split(r"[ ,]+", cites) if word != "line"
    )


def test_no_source_both_sets_a_parameter_and_is_a_target() -> None:
    parameters = sources_of_parameters()
    assert len(parameters) > 100
    both = {
        (effect.id, name)
        for effect in read_effects().values()
        for name, source in parameters.items()
        if names(source, effect.cites)
    }
    declared = {
        (effect.id, effect.also_describes.partition(":")[0])
        for effect in read_effects().values()
        if effect.also_describes
    }
    assert both == declared


def test_the_check_of_sources_bites() -> None:
    assert names("Vårdanalys 2017 (report 000, line 3982)", "report 000, line 3982")
    assert names("Reinius et al. 2013; report 000, line 2577", "Reinius 2013")
    assert not names("Vårdanalys 2017 (report 000, line 3982)", "report 000, line 398")


def test_every_effect_is_the_target_of_a_study() -> None:
    used = {result.target for path in study_files().values() for result in read_study(path).results}
    assert used == set(read_effects())


def test_unverified_figures_are_wide_assumptions() -> None:
    unverified = [effect for effect in read_effects().values() if not effect.verified]
    assert unverified
    for effect in unverified:
        assert effect.strength == "assumption"
        assert effect.range == "assumption"
        assert effect.source.startswith("assumption: ")
        assert effect.low < 1.0 < effect.high


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("estimate: 0.77", "estimate: 0.67", "", "low <= estimate <= high"),
        (
            "    estimate: 0.94\n    low: 0.89\n    high: 0.99",
            "    low: 0.89\n    high: 1.99",
            "",
            "share lies within 0 to 1",
        ),
        ("    kind: level", "    kind: levl", "kind: levl", "should be"),
        ("    verified: false", "    verified: true\n    sure: yes", "sure: yes", "unknown key"),
        ("id: coach_outpatient_visits", "id: coach_ed_visits", "", "given twice"),
        ("    strength: assumption\n", "    strength: strong\n", "", "not seen in the source"),
    ],
)
def test_wrong_facts_are_refused_with_their_line(tmp_path: Path, old: str, new: str, line: str, says: str) -> None:
    text = EFFECTS_FILE.read_text()
    assert old in text
    spoilt = tmp_path / "effects.yaml"
    spoilt.write_text(text.replace(old, new, 1))
    with pytest.raises(InputError, match=says) as problem:
        read_effects(spoilt)
    found = re.search(r"effects\.yaml:(\d+): ", str(problem.value))
    assert found
    assert line in spoilt.read_text().splitlines()[int(found[1]) - 1]
