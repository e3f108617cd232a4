"""Every wrong input gives one message that names file, line and key and says what would be right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

HEAD = "title: {en: Mine, sv: Min}\nsummary: {en: Mine, sv: Min}\nsource: me\n"
MINE = HEAD + "extends: baseline\n"
PLACE = "scenarios/places/small.yaml"
GAP = "parameters/gap.yaml"
PATHS = "scenarios/pathways.yaml"


@dataclass(frozen=True)
class Case:
    """A wrong input: files to write or change, the command, and what the message must say."""

    id: str
    says: tuple[str, ...]
    write: str | bytes | None = None
    edit: tuple[str, str, str] | None = None
    """File, text to replace, replacement."""
    at: str | None = None
    """Text that stands in the line which the message names."""
    command: tuple[str, ...] = ()
    more: dict[str, str] = field(default_factory=dict)


def mine(id: str, text: str | bytes, *says: str, at: str | None = None, **more: str) -> Case:
    """A wrong scenario file mine.yaml; keyword arguments are further files beside it."""
    files = {f"{name}.yaml": content for name, content in more.items()}
    return Case(id, says, write=text, at=at, command=("check", "mine.yaml"), more=files)


def changed(id: str, file: str, old: str, new: str, *says: str, at: str | None = None) -> Case:
    """A good file that one change makes wrong."""
    return Case(id, says, edit=(file, old, new), at=at, command=("check", file))


def place(id: str, old: str, new: str, *says: str, at: str | None = None) -> Case:
    return changed(f"place-{id}", PLACE, old, new, *says, at=at)


def call(id: str, *command: str, says: tuple[str, ...]) -> Case:
    return Case(id, says, command=command)


FTE = "full_time_equivalents: {value: 4,"

FILES = [
    call("missing-file", "check", "nowhere.yaml", says=("nowhere.yaml", "no such file")),
    call("misspelt-file", "check", "scenarios/tema.yaml", says=("no such file", "did you mean team.yaml?")),
    call("folder", "check", "scenarios", says=("scenarios", "a folder", "name a YAML file")),
    mine("empty-file", "", "mine.yaml:1", "the file is empty"),
    mine("only-comments", "# nothing\n", "mine.yaml:1", "the file is empty"),
    mine("binary", b"\x89PNG\r\n\x1a\n\x00\x00", "mine.yaml:1", "not text in UTF-8"),
    mine("nul-bytes", b"title: a\nsummary: \x00\n", "mine.yaml:2", "binary"),
    mine("latin-1", "title: V\xe4rmland\n".encode("latin-1"), "mine.yaml:1", "UTF-8"),
    mine("syntax", HEAD + "years: [1, 2\nplace: x\n", "not valid YAML", "look at the indentation", at="place"),
    mine("tab", HEAD + "means:\n\tmdt: on\n", "not valid YAML", "spaces, not tabs", at="mdt"),
    mine("duplicate-key", MINE + "years: 2\nyears: 3\n", "`years` is given twice", "line 5", at="years: 3"),
    mine("two-documents", MINE + "---\nyears: 2\n", "one document per file", at="---"),
    mine("alias", MINE + "years: &y 2\nwarmup_years: *y\n", "aliases", "write the value out"),
    mine("object-tag", MINE + "years: !!python/name:os.system x\n", "cannot be understood", at="python"),
    mine("list-on-top", "- a\n- b\n", "mine.yaml:1", "expected keys with values", "found a list"),
    mine("too-deep", "[" * 2000, "nested too deeply"),
    mine("list-as-key", MINE + "? [a, b]\n: 1\n", "a key must be one word"),
]

SCENARIOS = [
    mine("unknown-key", MINE + "yaers: 2\n", "yaers: unknown key", "did you mean years?", at="yaers"),
    mine("no-title", "extends: baseline\n", "title: is missing", "add it"),
    mine("no-summary", "title: {en: a, sv: b}\nsource: x\n", "summary: is missing"),
    mine("title-without-swedish", MINE.replace(", sv: Min", "", 1), "title.sv: is missing", at="title"),
    mine(
        "title-as-text",
        MINE.replace("{en: Mine, sv: Min}", "Mine", 1),
        "title: expected a mapping with en, sv",
    ),
    mine("source-empty", MINE.replace("source: me", "source:"), "source: expected a text", at="source"),
    mine("no-place", HEAD + "years: 1\n", "place: is missing", "extends: baseline"),
    mine(
        "unknown-place",
        MINE + "place: smal\n",
        "place: smal: unknown place",
        "did you mean small?",
        at="smal",
    ),
    mine("missing-place-file", MINE + "place: my.yaml\n", "place: there is no file my.yaml", at="my.yaml"),
    mine("years-text", MINE + "years: two\n", "years: expected a number", "'two'", at="two"),
    mine("years-comma", MINE + "years: 1,5\n", "write a decimal point: 1.5", at="1,5"),
    mine("years-clock", MINE + "years: 1:30\n", "expected a number", "'1:30'", at="1:30"),
    mine("years-true", MINE + "years: true\n", "expected a number, found true"),
    mine("years-date", MINE + "years: 2024-01-01\n", "expected a number, found a date"),
    mine("years-quoted", MINE + "years: '2'\n", "without quotes: 2"),
    mine("years-zero", MINE + "years: 0\n", "years: must be above 0", "found 0", at="years: 0"),
    mine("years-nan", MINE + "years: .nan\n", "expected a finite number, found nan", at="nan"),
    mine("years-infinite", MINE + "years: .inf\n", "expected a finite number, found inf"),
    mine("warmup-negative", MINE + "warmup_years: -1\n", "must be 0 or more", "found -1"),
    mine(
        "extends-unknown",
        HEAD + "extends: basline\n",
        "unknown scenario",
        "did you mean baseline?",
        at="basl",
    ),
    mine("extends-missing-file", HEAD + "extends: other.yaml\n", "extends: there is no file", at="other"),
    mine("extends-itself", HEAD + "extends: mine.yaml\n", "extends in a circle", "mine.yaml -> mine.yaml"),
    mine("extends-number", HEAD + "extends: 3\n", "extends: expected a text, found 3"),
    mine("extends-twice", HEAD + "extends: [mdt, mdt]\n", "mdt is named twice"),
    mine(
        "extends-circle",
        HEAD + "extends: b.yaml\n",
        "b.yaml:4",
        "extends in a circle",
        "take one of them out",
        b=HEAD + "extends: mine.yaml\n",
    ),
    mine(
        "parents-disagree",
        HEAD + "extends: [a.yaml, b.yaml]\n",
        "extends: years is set differently by two parents (a.yaml:5 and b.yaml:5)",
        "set it in this file",
        at="extends",
        a=MINE + "years: 3\n",
        b=MINE + "years: 4\n",
    ),
    mine("defect-in-parent", HEAD + "extends: a.yaml\n", "a.yaml:5: yers: unknown key", a=MINE + "yers: 3\n"),
    mine("means-list", MINE + "means: [mdt]\n", "means: expected means", "found a list"),
    mine(
        "unknown-means",
        MINE + "means: {mtd: on}\n",
        "means.mtd: unknown means",
        "did you mean mdt?",
        at="mtd",
    ),
    mine("means-twice", MINE + "means:\n  mdt: on\n  mdt: off\n", "`mdt` is given twice", at="off"),
    mine("means-number", MINE + "means: {mdt: 3}\n", "means.mdt: expected `on`, `off`", "found 3"),
    mine("means-empty", MINE + "means:\n  mdt:\n", "means.mdt: expected `on`, `off`", "found nothing"),
    mine("means-key", MINE + "means: {mdt: {fidelty: 1}}\n", "means.mdt.fidelty", "did you mean fidelity?"),
    mine("fidelity-high", MINE + "means: {mdt: {fidelity: 1.2}}\n", "must be within 0 to 1, found 1.2"),
    mine("fidelity-percent", MINE + "means: {mdt: {fidelity: 80 %}}\n", "write a share: 0.8"),
    mine("coverage-negative", MINE + "means: {mdt: {coverage: -0.1}}\n", "means.mdt.coverage", "within 0 to 1"),
    mine("coverage-nan", MINE + "means: {mdt: {coverage: .nan}}\n", "means.mdt.coverage", "finite number"),
    mine("ramp-negative", MINE + "means: {mdt: {ramp_days: -5}}\n", "means.mdt.ramp_days", "at least 0"),
    mine(
        "unknown-setting",
        MINE + "means:\n  mdt:\n    settings:\n      intake_minuts: 30\n",
        "means.mdt.settings.intake_minuts: unknown setting of mdt",
        "did you mean intake_minutes?",
        at="intake_minuts",
    ),
    mine(
        "setting-outside",
        MINE + "means: {mdt: {settings: {intake_minutes: 500}}}\n",
        "intake_minutes: must be within 30 to 120, found 500",
    ),
    mine("setting-list", MINE + "means: {mdt: {settings: {intake_minutes: [60]}}}\n", "expected one number"),
    mine("setting-empty", MINE + "means:\n  mdt:\n    settings:\n      intake_minutes:\n", "found nothing"),
    mine(
        "setting-half-written",
        MINE + "means: {mdt: {settings: {intake_minutes: {value: 60, low: 10}}}}\n",
        "intake_minutes.high: is missing",
    ),
    mine("settings-text", MINE + "means: {mdt: {settings: many}}\n", "expected settings with values"),
    mine("parameter-unknown", MINE + "parameters: {gap.los_scale: 1}\n", "did you mean gap.loss_scale?"),
    mine("parameter-outside", MINE + "parameters: {gap.loss_scale: 9}\n", "within 0.5 to 2, found 9", at="9"),
    mine("parameter-text", MINE + "parameters: {gap.loss_scale: much}\n", "expected a number, found the text"),
    mine("parameter-shape", MINE + "parameters: {gap.lead_time_mean_days: 3}\n", "expected a list of 6 numbers"),
    mine(
        "parameter-short",
        MINE + "parameters: {gap.lead_time_mean_days: [0, 1]}\n",
        "expected a list of 6 numbers, found a list of 2",
    ),
    mine(
        "parameter-element",
        MINE + "parameters: {gap.lead_time_mean_days: [0, 0.5, 2, 4, 6, 80]}\n",
        "within 4 to 16, found 80",
        "number 6 of the list",
    ),
    mine(
        "parameter-label",
        MINE + "parameters:\n  gap.reach_by_profession: {care_manger: 0.5}\n",
        "did you mean care_manager?",
    ),
    mine("parameters-list", MINE + "parameters: [1]\n", "expected parameter names with values"),
]

PLACES = [
    place("negative-staff", FTE, FTE.replace("4", "-4"), "staff[general_practitioner]", "at least 0, found -4"),
    place(
        "no-staff",
        FTE + " low: 1",
        FTE.replace("4", "0") + " low: 0",
        "must be above 0, found 0",
        at="value: 0",
    ),
    place("staff-outside-range", FTE, FTE.replace("4", "40"), "within its range 1 to 8, found 40"),
    place("staff-nan", FTE, FTE.replace("4", ".nan"), "finite number", at=".nan"),
    place("staff-text", FTE, FTE.replace("4", "four"), "expected a number, found the text 'four'", at="four"),
    place("low-above-high", "low: 1, high: 8", "low: 8, high: 1", "low 8 is above high 1"),
    place(
        "plain-number",
        "  bed_day_sek: {value: 10700, low: 9000, high: 12000, unit: SEK/day, source: assumption}",
        "  bed_day_sek: 10700",
        "prices.bed_day_sek: expected a mapping with value, low, high",
        at="bed_day",
    ),
    place("no-source", ", unit: people, source: assumption", ", unit: people", "source: is missing"),
    place("empty-source", "unit: people, source: assumption", "unit: people, source: ''", "source: is empty"),
    place("unknown-key", "  - id: the_ward", "  - bedds: 3\n    id: the_ward", "bedds: unknown key"),
    place("misspelt-key", "municipality: town", "muncipality: town", "did you mean municipality?"),
    place("unit-kind", "kind: home_nursing", "kind: home_nurse", "did you mean home_nursing?", at="home_nurse"),
    place("profession", "profession: therapist", "profession: terapist", "did you mean therapist?"),
    place(
        "profession-place",
        "profession: therapist",
        "profession: home_nurse",
        "works at units of kind home_nur",
    ),
    place("organisation", "organisation: care\n", "organisation: car\n", "did you mean care?", at="car"),
    place("principal", "principal: region, domain", "principal: regoin, domain", "did you mean region?"),
    place("domain", "domain: elderly_care}", "domain: elder_care}", "did you mean elderly_care?"),
    place("unit-municipality", "municipality: town", "municipality: city", "is no municipality of this place"),
    place("hours-name", "hours: office", "hours: ofice", "did you mean office?"),
    place("same-id", "id: the_ambulance", "id: the_ward", "the_ward is already taken"),
    place(
        "two-regions",
        "kind: municipality, title",
        "kind: region, title",
        "exactly one principal of kind region",
    ),
    place("weekday", "[mon, tue, wed, thu, fri]", "[mon, tue, wen]", "expected one of mon, tue"),
    place("close-before-open", "close_hour: 17", "close_hour: 7", "must be after open_hour 8", at="office"),
    place("hour-25", "close_hour: 24", "close_hour: 25", "close_hour: must be at most 24, found 25"),
    place("ages-sum", "women: 350", "women: 351", "sum to 1001, but total is 1000"),
    place("ages-gap", "from_age: 65", "from_age: 66", "must be 65: bands follow each other"),
    place("ages-negative", "women: 60, men: 40", "women: 101, men: -1", "must be at least 0, found -1"),
    place("people-fraction", "total: 1000", "total: 1000.5", "expected a whole number, found 1000.5"),
    place("listed-sum", "listed_share: 1.0", "listed_share: 0.9", "list 0.9 of its people", "sum to 1"),
    place("listed-high", "listed_share: 1.0", "listed_share: 1.1", "must be at most 1, found 1.1"),
    place("budget-sum", "town: {value: 0.4", "town: {value: 0.5", "joint_budget_shares: the shares sum to 1.1"),
    place("budget-name", "  town: {value: 0.4", "  city: {value: 0.4", "city is no principal"),
    place(
        "no-needs-assessment",
        "municipality: town\n    hours: office\n    staff:\n      - profession: care_man",
        "hours: office\n    staff:\n      - profession: care_man",
        "serves one municipality",
    ),
    place("no-ambulance", "kind: ambulance", "kind: emergency_department", "has no emergency_physician"),
    place(
        "utilisation-high",
        "utilisation: {value: 0.9, low: 0.8, high: 0.95",
        "utilisation: {value: 1.2, low: 0.8, high: 1.3",
        "a share must be within 0 to 1",
    ),
    place(
        "all-time-unmodelled",
        "base_load_share: {value: 0.3, low: 0.1, high: 0.5",
        "base_load_share: {value: 0.9, low: 0.1, high: 0.95",
        "must be below utilisation 0.9",
    ),
    place(
        "no-beds",
        "    places: {value: 20, low: 10, high: 30, unit: beds, source: assumption}\n",
        "",
        "places: is missing",
        "has beds",
    ),
    place(
        "beds-all-taken",
        "elective_occupancy: {value: 5, low: 0, high: 9",
        "elective_occupancy: {value: 20, low: 0, high: 25",
        "must be below the 20 beds",
    ),
    place(
        "salary-missing",
        "    therapist: {value: 40000, low: 30000, high: 100000, unit: SEK/month, source: assumption}\n",
        "",
        "prices.salary_sek_per_month.therapist: is missing",
    ),
    place("law-text", "direct_access_health_care: true", "direct_access_health_care: yes", "true or false"),
]

OTHER_FILES = [
    changed("parameter-value-outside", GAP, "value: 1.0", "value: 3.0", "within 0.5 to 2, found 3", at="3.0"),
    changed("parameter-no-unit", GAP, "  unit: factor\n", "", "loss_scale.unit: is missing", at="loss_scale"),
    changed("parameter-extra-key", GAP, "unit: factor", "units: factor", "did you mean unit?", at="units"),
    changed("parameter-duplicate", GAP, "reach_by_profession:", "loss_scale:", "`loss_scale` is given twice"),
    changed("parameter-bounds-short", GAP, "low: [0, 0.2, 1, 2, 3, 4]", "low: [0]", "expected a list of 6 numbers"),
    changed("parameter-list-text", GAP, "[0, 0.5, 2", "[0, half, 2", "value[2]: expected a number", at="half"),
    changed("parameter-list-nan", GAP, "[0, 0.5, 2", "[0, .nan, 2", "finite number"),
    changed("parameter-name", GAP, "loss_scale:", "Loss scale:", "lower-case letters", at="Loss"),
    changed("parameter-swapped", GAP, "low: 0.5\n", "low: 5\n", "low 5 is above high 2"),
    changed(
        "pathway-missing",
        PATHS,
        "need_kind: social_need",
        "need_kind: acute_symptom",
        "has a pathway already",
    ),
    changed("pathway-kind", PATHS, "need_kind: social_need", "need_kind: socal_need", "did you mean social_need?"),
    changed("pathway-profession", PATHS, "profession: therapist", "profession: doctor", "is no profession"),
    changed("pathway-mode", PATHS, "mode: visit", "mode: visits", "did you mean visit?", at="visits"),
    changed("pathway-minutes", PATHS, "direct_minutes: 20", "direct_minutes: -20", "must be above 0, found -20"),
    changed("pathway-share", PATHS, "urgency: 0.5", "urgency: 5", "must be at most 1, found 5", at="urgency: 5"),
    changed("pathway-key", PATHS, "seek_delay_days:", "seek_days:", "did you mean seek_delay_days?"),
]

CALLS = [
    call("show-unknown", "show", "zzzzzz", says=("zzzzzz: unknown scenario", "known are")),
    call("show-near", "show", "contact_persn", says=("contact_persn: unknown", "did you mean contact_persons?")),
    call("show-misspelt", "show", "means/mtd", says=("did you mean means/mdt?",)),
    call("show-nothing", "show", says=("mellanrum show: Missing argument", "--help")),
    call("show-place", "show", "mdt", "--place", "atlantis", says=("atlantis: unknown place", "small")),
    call("show-place-folder", "show", "mdt", "--place", "scenarios", says=("a folder",)),
    call("show-language", "show", "mdt", "--lang", "de", says=("'de'", "'en'", "'sv'")),
    call("unknown-command", "shwo", says=("No such command 'shwo'", "--help")),
    call("unknown-option", "scenarios", "--jsn", says=("No such option", "--jsn")),
    call("check-nothing", "check", says=("Missing argument", "--help")),
]

CASES = [*FILES, *SCENARIOS, *PLACES, *OTHER_FILES, *CALLS]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_wrong_input_gives_one_clear_message(case: Case, library: Any) -> None:
    if case.write is not None:
        library.write("mine.yaml", case.write)
    if case.edit is not None:
        library.edit(*case.edit)
    for name, text in case.more.items():
        library.write(name, text)
    before = {path: path.read_bytes() for path in library.root.rglob("*") if path.is_file()}

    code, out, err = library.mellanrum(*case.command)

    assert code == 2
    assert out == ""
    assert "Traceback" not in err
    assert err.endswith("\n") and err.count("\n") == 1, f"not one message: {err!r}"
    for text in case.says:
        assert text in err
    if case.edit is not None or case.at is not None:
        name, line = err.split(":")[:2]
        assert (case.at or "") in (library.root / name).read_text().splitlines()[int(line) - 1]
    assert {path: path.read_bytes() for path in library.root.rglob("*") if path.is_file()} == before


def test_the_table_is_long_enough_and_ids_are_unique() -> None:
    assert len({case.id for case in CASES}) == len(CASES) >= 60
