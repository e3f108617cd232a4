"""Name the closed lists of the model: professions, kinds of units, needs, contacts, work and events.

Members are `IntEnum`s because the log stores them as small integers; `label(member)` gives the text
used in files and tables. Terms follow docs/odd.md, section "Entities".
"""

from __future__ import annotations

from enum import IntEnum, IntFlag

from sim.core.members import at_hand


@at_hand
class Profession(IntEnum):
    """Who does the work; every profession works at one kind of unit (see `UNIT_KIND_OF`)."""

    GENERAL_PRACTITIONER = 0
    PRIMARY_CARE_NURSE = 1
    COUNSELLOR = 2
    SPECIALIST_PHYSICIAN = 3
    SPECIALIST_NURSE = 4
    PSYCHIATRIST = 5
    PSYCHIATRIC_NURSE = 6
    HOME_NURSE = 7
    THERAPIST = 8
    CARE_MANAGER = 9
    SOCIAL_WORKER = 10
    HOME_HELP_WORKER = 11
    EMERGENCY_PHYSICIAN = 12


@at_hand
class UnitKind(IntEnum):
    """What a unit is for."""

    HEALTH_CENTRE = 0
    SPECIALIST_CLINIC = 1
    PSYCHIATRIC_CLINIC = 2
    HOME_NURSING = 3
    MUNICIPAL_REHABILITATION = 4
    NEEDS_ASSESSMENT = 5
    SOCIAL_SERVICES = 6
    HOME_HELP = 7
    EMERGENCY_DEPARTMENT = 8
    WARD = 9
    SPECIAL_HOUSING = 10
    SHORT_TERM_HOME = 11
    AMBULANCE = 12


UNIT_KIND_OF: dict[Profession, UnitKind] = {
    Profession.GENERAL_PRACTITIONER: UnitKind.HEALTH_CENTRE,
    Profession.PRIMARY_CARE_NURSE: UnitKind.HEALTH_CENTRE,
    Profession.COUNSELLOR: UnitKind.HEALTH_CENTRE,
    Profession.SPECIALIST_PHYSICIAN: UnitKind.SPECIALIST_CLINIC,
    Profession.SPECIALIST_NURSE: UnitKind.SPECIALIST_CLINIC,
    Profession.PSYCHIATRIST: UnitKind.PSYCHIATRIC_CLINIC,
    Profession.PSYCHIATRIC_NURSE: UnitKind.PSYCHIATRIC_CLINIC,
    Profession.HOME_NURSE: UnitKind.HOME_NURSING,
    Profession.THERAPIST: UnitKind.MUNICIPAL_REHABILITATION,
    Profession.CARE_MANAGER: UnitKind.NEEDS_ASSESSMENT,
    Profession.SOCIAL_WORKER: UnitKind.SOCIAL_SERVICES,
    Profession.HOME_HELP_WORKER: UnitKind.HOME_HELP,
    Profession.EMERGENCY_PHYSICIAN: UnitKind.EMERGENCY_DEPARTMENT,
}

PHYSICIANS = (
    Profession.GENERAL_PRACTITIONER,
    Profession.SPECIALIST_PHYSICIAN,
    Profession.PSYCHIATRIST,
    Profession.EMERGENCY_PHYSICIAN,
)


@at_hand
class RecordDomain(IntEnum):
    """Whose record: what one domain knows about a person, another may not."""

    SOMATIC_HOSPITAL = 0
    PRIMARY_CARE = 1
    PSYCHIATRY = 2
    MUNICIPAL_HEALTH_CARE = 3
    SOCIAL_SERVICES = 4


RECORD_DOMAIN_OF: dict[UnitKind, RecordDomain] = {
    UnitKind.HEALTH_CENTRE: RecordDomain.PRIMARY_CARE,
    UnitKind.SPECIALIST_CLINIC: RecordDomain.SOMATIC_HOSPITAL,
    UnitKind.PSYCHIATRIC_CLINIC: RecordDomain.PSYCHIATRY,
    UnitKind.HOME_NURSING: RecordDomain.MUNICIPAL_HEALTH_CARE,
    UnitKind.MUNICIPAL_REHABILITATION: RecordDomain.MUNICIPAL_HEALTH_CARE,
    UnitKind.NEEDS_ASSESSMENT: RecordDomain.SOCIAL_SERVICES,
    UnitKind.SOCIAL_SERVICES: RecordDomain.SOCIAL_SERVICES,
    UnitKind.HOME_HELP: RecordDomain.SOCIAL_SERVICES,
    UnitKind.EMERGENCY_DEPARTMENT: RecordDomain.SOMATIC_HOSPITAL,
    UnitKind.WARD: RecordDomain.SOMATIC_HOSPITAL,
    UnitKind.SPECIAL_HOUSING: RecordDomain.SOCIAL_SERVICES,
    UnitKind.SHORT_TERM_HOME: RecordDomain.SOCIAL_SERVICES,
    UnitKind.AMBULANCE: RecordDomain.SOMATIC_HOSPITAL,
}


@at_hand
class NeedKind(IntEnum):
    """What calls for help; each kind has a pathway in scenarios/pathways.yaml."""

    ACUTE_SYMPTOM = 0
    CHRONIC_FOLLOW_UP = 1
    MEDICATION_CHANGE = 2
    WOUND_AND_NURSING = 3
    FUNCTIONAL_DECLINE = 4
    MENTAL_HEALTH_CRISIS = 5
    SOCIAL_NEED = 6
    BENEFIT_DECISION = 7
    SPECIALIST_QUESTION = 8
    COMPOSITE_NEED = 9
    DISCHARGE_FOLLOW_UP = 10
    DISCHARGE_PLANNING = 11


@at_hand
class Mode(IntEnum):
    """How the two met."""

    VISIT = 0
    HOME_VISIT = 1
    PHONE = 2
    DIGITAL = 3
    MEETING = 4


@at_hand
class WorkKind(IntEnum):
    """What staff minutes are spent on; the kinds add up to all minutes used."""

    DIRECT = 0
    READING_IN = 1
    DOCUMENTATION = 2
    TRAVEL = 3
    COORDINATION = 4
    HASSLE = 5


@at_hand
class WorkCause(IntEnum):
    """Why minutes outside contacts arose."""

    HANDOVER = 0
    CHASING = 1
    DISPUTE = 2
    MICRO_QUERY = 3
    REPEATED_TEST = 4
    MEANS = 5
    ACUTE_RESPONSE = 6
    EXTRA_SUPPORT = 7


@at_hand
class EpisodeEvent(IntEnum):
    """What happened to an episode, at one moment."""

    BORN = 0
    MET = 1
    LOST = 2
    FOUND = 3
    LAPSED = 4
    TURNED_ACUTE = 5
    CLOSED_BY_DEATH = 6


CLOSING_EVENTS = (EpisodeEvent.MET, EpisodeEvent.LAPSED, EpisodeEvent.CLOSED_BY_DEATH)


@at_hand
class AcuteSource(IntEnum):
    """Where an acute turn came from; only the first no coordination can prevent."""

    EXOGENOUS = 0
    UNMET_NEED = 1
    AFTER_DISCHARGE = 2


@at_hand
class AcuteAnswer(IntEnum):
    """How an acute turn was answered."""

    ANSWERED_AT_HOME = 0
    WAITED_OUT = 1
    EMERGENCY_DEPARTMENT = 2
    ADMITTED_DIRECTLY = 3


@at_hand
class Responder(IntEnum):
    """Who answered an acute turn before any hospital did."""

    NOBODY = 0
    USUAL_CARE = 1
    CONTACT_PERSON = 2
    MOBILE_TEAM = 3
    HOME_CARE_PHYSICIAN = 4
    CARE_COACH = 5
    WEEKLY_GROUP = 6
    HOME_CARE_TEAM = 7
    HOME_HOSPITAL = 8
    MUNICIPAL_WARD = 9
    WARD_TEAM = 10


@at_hand
class StayEvent(IntEnum):
    """What happened in a hospital stay, at one moment: decided on first, admitted once a bed is free."""

    ADMITTED = 0
    READY = 1
    DISCHARGED = 2
    DIED = 3
    DECIDED = 4


@at_hand
class PlaceEvent(IntEnum):
    """Moving into or out of a short-term place."""

    MOVED_IN = 0
    MOVED_OUT = 1


@at_hand
class EnrolmentEvent(IntEnum):
    """What happened between a person and a means."""

    ELIGIBLE = 0
    ENROLLED = 1
    LEFT = 2


@at_hand
class ContactFlag(IntFlag):
    """What a contact was burdened with or helped by (bits of the log column `flags`)."""

    QUESTIONS_REPEATED = 1
    TEST_REPEATED = 2
    RECORD_MISSING = 4
    CONTRADICTORY_INFORMATION = 8
    HELP_WITH_COORDINATION = 16
    ACUTE = 32
    JOINT = 64
    SECOND_TRY = 128


@at_hand
class PaymentKind(IntEnum):
    """Money that moves between principals, or is spent on something other than time and places."""

    DELAYED_DISCHARGE_INVOICE = 0
    SHARED_GAIN = 1
    MEANS_FIXED_COST = 2


def label(member: IntEnum) -> str:
    """Return the text of a member as files and tables write it, e.g. `home_nurse`."""
    return member.name.lower()


DISTANCE_LABELS = (
    "same person",
    "within unit",
    "between units",
    "between organisations",
    "between domains",
    "between principals",
)
