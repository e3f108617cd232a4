"""Name professions and kinds of work in English and Swedish, for the labels of outcomes."""

from __future__ import annotations

from sim.core.vocabulary import Profession, WorkKind

PROFESSION_EN: dict[Profession, str] = {
    Profession.GENERAL_PRACTITIONER: "general practitioner",
    Profession.PRIMARY_CARE_NURSE: "primary care nurse",
    Profession.COUNSELLOR: "counsellor",
    Profession.SPECIALIST_PHYSICIAN: "specialist physician",
    Profession.SPECIALIST_NURSE: "specialist nurse",
    Profession.PSYCHIATRIST: "psychiatrist",
    Profession.PSYCHIATRIC_NURSE: "psychiatric nurse",
    Profession.HOME_NURSE: "home nurse",
    Profession.THERAPIST: "therapist",
    Profession.CARE_MANAGER: "care manager",
    Profession.SOCIAL_WORKER: "social worker",
    Profession.HOME_HELP_WORKER: "home-help worker",
    Profession.EMERGENCY_PHYSICIAN: "emergency physician",
}

PROFESSION_SV: dict[Profession, str] = {
    Profession.GENERAL_PRACTITIONER: "allmänläkare",
    Profession.PRIMARY_CARE_NURSE: "sjuksköterska på vårdcentral",
    Profession.COUNSELLOR: "kurator",
    Profession.SPECIALIST_PHYSICIAN: "specialistläkare",
    Profession.SPECIALIST_NURSE: "sjuksköterska på specialistmottagning",
    Profession.PSYCHIATRIST: "psykiater",
    Profession.PSYCHIATRIC_NURSE: "sjuksköterska i psykiatrin",
    Profession.HOME_NURSE: "sjuksköterska i hemsjukvården",
    Profession.THERAPIST: "arbets- eller fysioterapeut",
    Profession.CARE_MANAGER: "biståndshandläggare",
    Profession.SOCIAL_WORKER: "socialsekreterare",
    Profession.HOME_HELP_WORKER: "hemtjänstpersonal",
    Profession.EMERGENCY_PHYSICIAN: "akutläkare",
}

WORK_KIND_EN: dict[WorkKind, str] = {
    WorkKind.DIRECT: "direct patient time",
    WorkKind.READING_IN: "reading in",
    WorkKind.DOCUMENTATION: "documentation",
    WorkKind.TRAVEL: "travel",
    WorkKind.COORDINATION: "coordination",
    WorkKind.HASSLE: "hassle",
}

WORK_KIND_SV: dict[WorkKind, str] = {
    WorkKind.DIRECT: "direkt patienttid",
    WorkKind.READING_IN: "inläsning",
    WorkKind.DOCUMENTATION: "dokumentation",
    WorkKind.TRAVEL: "resor",
    WorkKind.COORDINATION: "samordning",
    WorkKind.HASSLE: "strul",
}
