"""Plain data and line numbers of YAML files."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sim.config.errors import InputError, suggestion
from sim.config.reading import number_hint
from sim.config.yaml_file import read_yaml


def test_content_is_plain_and_words_stay_words(library: Any) -> None:
    text = "a: off\nb: yes\nc: 1:30\nd: 010\ne: [1, 2.5]\nf: {g: true}\nh:\n"
    data = read_yaml(library.write("x.yaml", text)).data
    assert data == {"a": "off", "b": "yes", "c": "1:30", "d": 10, "e": (1, 2.5), "f": {"g": True}, "h": None}


def test_every_key_and_item_has_its_line(library: Any) -> None:
    document = read_yaml(library.write("x.yaml", "a: 1\nb:\n  - c: 2\n    d: 3\n  - 4\n"))
    lines = {where: document.line(where) for where in [("a",), ("b",), ("b", 0, "d"), ("b", 1), ("b", 1, "no")]}
    assert lines == {("a",): 1, ("b",): 2, ("b", 0, "d"): 4, ("b", 1): 5, ("b", 1, "no"): 5}


def test_list_items_are_named_by_what_identifies_them(library: Any) -> None:
    document = read_yaml(library.write("x.yaml", "units:\n  - id: ward\n  - 3\n"))
    assert document.name(("units", 0, "staff")) == "units[ward].staff"
    assert document.name(("units", 1)) == "units[2]"


def test_a_byte_order_mark_does_not_matter(library: Any) -> None:
    assert read_yaml(library.write("x.yaml", b"\xef\xbb\xbfa: 1\n")).data == {"a": 1}


def test_a_changed_file_is_read_anew(library: Any) -> None:
    assert read_yaml(library.write("x.yaml", "a: 1\n")).data == {"a": 1}
    assert read_yaml(library.write("x.yaml", "a: 2\n")).data == {"a": 2}


def test_any_bytes_are_content_or_one_message(tmp_path_factory: Any) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "x.yaml"

    @given(st.one_of(st.binary(max_size=40), st.text(max_size=40).map(lambda text: text.encode("utf-8"))))
    def holds(raw: bytes) -> None:
        path.write_bytes(raw)
        try:
            assert isinstance(read_yaml(path).data, dict)
        except InputError as problem:
            assert str(path) in str(problem)
            assert "\n" not in str(problem)

    holds()


def test_near_words_are_suggested_and_far_ones_listed() -> None:
    assert suggestion("contact_persn", ["contact_person", "mdt"]) == "did you mean contact_person?"
    assert suggestion("xyz", ["b", "a"]) == "known are a, b"
    assert suggestion("xyz", []) == "none is known"


def test_texts_that_look_like_numbers_get_a_hint() -> None:
    assert number_hint("0,5").endswith("0.5")
    assert "90" in number_hint("1:30")
    assert number_hint("12,5 %").endswith("0.125")
    assert number_hint("1 000").endswith("1000")
    assert number_hint("many") == ""
