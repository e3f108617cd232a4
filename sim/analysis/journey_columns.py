"""Say what the columns of the tables of one person's year mean, for the data dictionary and its readers."""

from __future__ import annotations

from sim.analysis.journey import EVENT_COLUMNS, SPAN_COLUMNS, SUMMARY_COLUMNS, WEEK_COLUMNS

TABLES = {
    "journey.csv": EVENT_COLUMNS,
    "journey_spans.csv": SPAN_COLUMNS,
    "journey_weeks.csv": WEEK_COLUMNS,
    "journey_summary.csv": SUMMARY_COLUMNS,
}
"""Columns of the tables that `mellanrum journey` leaves beside the common ones."""

_SPAN = "; 0 is the first midnight of the year told"
MEANINGS = {
    "day": "day of the year told, from 1",
    "date": "month-day, the first day called 01-01: the model knows weekdays, but no seasons",
    "clock": "hour and minute",
    "event": "contact, roster_visit, handover, handover_lost, handover_found, handover_pushed, need_begins, need_met, "
    "need_lapses, need_turns_acute, need_ends_by_death, acute_turn, ed_arrival, ed_departure, hospital_* (a stay's "
    "events), short_term_*, elsewhere_*, eligible, enrolled, left, death, staff_work (outside contacts) or "
    "relatives_time",
    "what": "kind of need; of an enrolment the means; of a place elsewhere who cares for the person",
    "episode": "number of the need's episode in this run; -1 = none, or an emergency department's contact",
    "principal": "who owns the unit; of a hand-over the sender's",
    "unit": "where; of a hand-over the sender",
    "profession": "whose profession; of a hand-over the sender's",
    "staff": "number of the staff member in this run",
    "to_principal": "receiver's principal",
    "to_unit": "receiving unit",
    "to_profession": "receiver's profession",
    "distance": "coordination distance of the hand-over, 0-5; of a contact that of the one that led here",
    "days": "of a contact the wait; of a hand-over its administrative delay, dispute included; of a push what it saved",
    "dispute_days": "days of dispute in a hand-over",
    "minutes": "staff minutes; of an emergency visit the wait for a physician; of relatives their time",
    "share": "of a contact what staff knew; of a hand-over what crossed; of a need or an acute turn its severity, 0-1",
    "note": "how they met, whether the step was solved, burdens and help; lost, disputed; source, answer, responder",
    "kind": "need (from onset to end), its phases unseen, waiting, dispute, on_its_way, lost; hospital, delayed, "
    "short_term, elsewhere, enrolled",
    "start_day": f"when it began, or the year{_SPAN}",
    "end_day": f"when it ended, or the year or the life{_SPAN}",
    "began_before": "whether it began before the year told",
    "goes_on": "whether it had not ended at the end of the year or the life",
    "week": "week of the year told, from 1; the last may be shorter",
    "visits": "visits by home-care roster",
    "measure": "what is summed up",
    "group": "all, a principal, or a phase of needs; days of phases are counted need by need and may overlap",
    "without": "today",
    "with": "with the means on",
    "difference": "with - without",
}
_OWN = {
    ("journey_weeks.csv", "staff"): "different people who came",
    ("journey_weeks.csv", "profession"): "home_nurse or home_help_worker",
    ("journey_spans.csv", "days"): "end_day - start_day",
    ("journey_summary.csv", "unit"): "unit of the values",
}


def meaning(table: str, column: str) -> str | None:
    """Return what a column of a table means; None when it means what it does everywhere."""
    return _OWN.get((table, column)) or MEANINGS.get(column)
