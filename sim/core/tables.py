"""Declare every table of the event log: columns, types, units and meaning.

This is the single source of the data dictionary. Facts are moments: a start and an end are two records, so
an interval that is still open at the end of a run is not lost. Column value -1 means "does not apply" in
integer columns; times are days since the start of the run (midnight before day 0, a Monday).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a log table: numpy type, unit and meaning."""

    dtype: str
    unit: str
    meaning: str


_TIME = Column("f8", "days", "moment, days since the start of the run")
_PERSON = Column("i4", "index", "person")
_EPISODE = Column("i4", "index", "episode")
_STATION = Column("i2", "index", "station (a profession at a unit)")

TABLES: dict[str, dict[str, Column]] = {
    "contacts": {
        "time_days": _TIME,
        "person": _PERSON,
        "staff": Column("i4", "index", "staff member"),
        "station": _STATION,
        "profession": Column("i1", "Profession", "profession of the staff member"),
        "mode": Column("i1", "Mode", "how they met"),
        "need_kind": Column("i1", "NeedKind", "kind of need"),
        "episode": _EPISODE,
        "distance": Column("i1", "0-5", "coordination distance of the hand-over that led here; 0 = none"),
        "wait_days": Column("f4", "days", "from the request to the contact"),
        "direct_minutes": Column("f4", "minutes", "with the patient"),
        "reading_in_minutes": Column("f4", "minutes", "reading records because the two do not know each other"),
        "documentation_minutes": Column("f4", "minutes", "writing"),
        "travel_minutes": Column("f4", "minutes", "on the road"),
        "known_share": Column("f4", "share", "share of what is known that staff knew"),
        "familiarity": Column("f4", "0-1", "familiarity of this pair before the contact"),
        "met": Column("?", "yes/no", "the step's need was met"),
        "flags": Column("u1", "ContactFlag", "burdens and help, as bits"),
    },
    "visits": {
        "time_days": _TIME,
        "person": _PERSON,
        "staff": Column("i4", "index", "staff member"),
        "station": _STATION,
        "profession": Column("i1", "Profession", "home_help_worker or home_nurse"),
        "direct_minutes": Column("f4", "minutes", "in the home"),
        "travel_minutes": Column("f4", "minutes", "on the road"),
        "documentation_minutes": Column("f4", "minutes", "writing"),
    },
    "work": {
        "time_days": _TIME,
        "station": _STATION,
        "person": Column("i4", "index", "person it concerned; -1 = none in particular"),
        "kind": Column("i1", "WorkKind", "kind of work"),
        "cause": Column("i1", "WorkCause", "why it arose"),
        "minutes": Column("f4", "minutes", "staff minutes"),
    },
    "relatives": {
        "time_days": _TIME,
        "person": _PERSON,
        "hours": Column("f4", "hours", "unpaid time of relatives"),
    },
    "handovers": {
        "time_days": _TIME,
        "person": _PERSON,
        "episode": _EPISODE,
        "from_station": _STATION,
        "to_station": _STATION,
        "distance": Column("i1", "0-5", "coordination distance"),
        "lead_days": Column("f4", "days", "administrative delay, dispute included"),
        "lost": Column("?", "yes/no", "nobody acted"),
        "disputed": Column("?", "yes/no", "the parties argued about who is responsible"),
        "dispute_days": Column("f4", "days", "length of the dispute"),
        "information_share": Column("f4", "share", "share of what was known that crossed"),
    },
    "episodes": {
        "time_days": _TIME,
        "person": _PERSON,
        "episode": _EPISODE,
        "event": Column("i1", "EpisodeEvent", "what happened"),
        "need_kind": Column("i1", "NeedKind", "kind of need"),
        "severity": Column("f4", "0-1", "severity of the need"),
    },
    "acute_turns": {
        "time_days": _TIME,
        "person": _PERSON,
        "source": Column("i1", "AcuteSource", "where it came from"),
        "severity": Column("f4", "0-1", "severity of the turn"),
        "answer": Column("i1", "AcuteAnswer", "how it was answered"),
        "responder": Column("i1", "Responder", "who answered it"),
    },
    "ed_arrivals": {
        "time_days": _TIME,
        "person": _PERSON,
        "ambulance": Column("?", "yes/no", "came by ambulance"),
    },
    "ed_departures": {
        "time_days": _TIME,
        "person": _PERSON,
        "wait_minutes": Column("f4", "minutes", "from arrival to physician"),
        "admitted": Column("?", "yes/no", "admitted to a bed"),
    },
    "stays": {
        "time_days": _TIME,
        "person": _PERSON,
        "stay": Column("i4", "index", "hospital stay"),
        "event": Column("i1", "StayEvent", "what happened"),
        "avoidable": Column("?", "yes/no", "admission after a need that had been known and unmet"),
    },
    "short_term_stays": {
        "time_days": _TIME,
        "person": _PERSON,
        "event": Column("i1", "PlaceEvent", "moved in or out of a short-term place"),
    },
    "stays_elsewhere": {
        "time_days": _TIME,
        "person": _PERSON,
        "responder": Column("i1", "Responder", "who cares for the person instead of a hospital ward"),
        "event": Column("i1", "PlaceEvent", "moved in or out"),
    },
    "pushes": {
        "time_days": _TIME,
        "person": _PERSON,
        "episode": _EPISODE,
        "distance": Column("i1", "0-5", "coordination distance of that hand-over"),
        "lead_days_saved": Column("f4", "days", "taken off the administrative delay of a hand-over on its way"),
    },
    "deaths": {"time_days": _TIME, "person": _PERSON},
    "health": {
        "time_days": Column("f8", "days", "moment of the monthly snapshot"),
        "person": _PERSON,
        "utility": Column("f4", "0-1", "health-related utility"),
        "frailty": Column("f4", "0-1", "frailty"),
        "special_housing": Column("?", "yes/no", "lives in special housing"),
        "home_help_visits_per_day": Column("f4", "visits/day", "home help in place"),
    },
    "payments": {
        "time_days": _TIME,
        "payer": Column("i2", "index", "principal that pays"),
        "payee": Column("i2", "index", "principal that receives; -1 = outside the place"),
        "kind": Column("i1", "PaymentKind", "what for"),
        "sek": Column("f8", "SEK", "amount"),
    },
    "enrolments": {
        "time_days": _TIME,
        "person": _PERSON,
        "means": Column("i2", "index", "means, by position in the observation's `means`"),
        "event": Column("i1", "EnrolmentEvent", "eligible, enrolled, left"),
    },
}
