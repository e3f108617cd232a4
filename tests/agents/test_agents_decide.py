"""What patients, clinicians, home-care staff and coordinators decide, by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mesa import Agent, Model

from sim.agents.clinician import Clinician
from sim.agents.coordinator import Coordinator
from sim.agents.home_care_worker import HomeCareWorker
from sim.agents.patient import Patient
from sim.care.actors import Crisis, Help
from sim.core.vocabulary import AcuteAnswer, Responder

HOME, WAITED, HOSPITAL = AcuteAnswer.ANSWERED_AT_HOME, AcuteAnswer.WAITED_OUT, AcuteAnswer.EMERGENCY_DEPARTMENT
USUAL = Help(Responder.USUAL_CARE, True, 0.4, -1)
TEAM = Help(Responder.MOBILE_TEAM, True, 0.7, 0)
NOT_REACHED = Help(Responder.CONTACT_PERSON, False, 0.9, 1)


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    made = Model(seed=1)
    yield made
    Agent._ids.pop(made, None)


def crisis(*helps: Help, wait_out: float = 0.0, luck_home: float = 0.5, luck_wait: float = 0.5) -> Crisis:
    return Crisis(0.5, helps, wait_out, luck_home, luck_wait)


def test_a_patient_whom_nobody_answers_waits_or_goes_to_hospital(model: Model) -> None:
    patient = Patient(model, 0)
    assert patient.in_crisis(crisis(wait_out=0.6, luck_wait=0.59)) == (WAITED, None)
    assert patient.in_crisis(crisis(wait_out=0.6, luck_wait=0.61)) == (HOSPITAL, None)
    assert patient.in_crisis(crisis(NOT_REACHED, luck_home=0.0)) == (HOSPITAL, None)


def test_a_patient_takes_the_help_with_whom_home_is_likeliest(model: Model) -> None:
    patient = Patient(model, 0)
    assert patient.in_crisis(crisis(USUAL, TEAM, luck_home=0.5)) == (HOME, TEAM)
    assert patient.in_crisis(crisis(TEAM, USUAL, luck_home=0.5)) == (HOME, TEAM)
    assert patient.in_crisis(crisis(USUAL, NOT_REACHED, luck_home=0.39)) == (HOME, USUAL)


def test_a_patient_told_that_home_will_not_do_goes_to_hospital_and_does_not_wait(model: Model) -> None:
    patient = Patient(model, 0)
    assert patient.in_crisis(crisis(USUAL, wait_out=1.0, luck_home=0.41)) == (HOSPITAL, None)


@given(probability=st.floats(0, 1), luck=st.floats(0, 1))
def test_a_clinician_admits_as_often_as_physicians_do(probability: float, luck: float) -> None:
    made = Model(seed=1)
    assert Clinician(made, 1, 0).admits(probability, luck) == (luck < probability)
    Agent._ids.pop(made, None)


def test_a_coordinator_pushes_the_most_severe_then_the_older(model: Model) -> None:
    stalled = [(0.3, 9), (0.8, 7), (0.3, 2), (0.5, 4)]
    coordinator = Coordinator(model, 3)
    assert coordinator.choose(stalled, 3) == [7, 4, 2]
    assert coordinator.choose(stalled[::-1], 3) == [7, 4, 2]
    assert coordinator.choose(stalled, 99) == [7, 4, 2, 9]
    assert coordinator.choose([], 3) == []


def test_who_knows_the_client_passes_more_on(model: Model) -> None:
    """0.6 x (0.5 + familiarity): 0.3 from a stranger, 0.6 at middling familiarity, 0.9 from an old friend."""
    worker = HomeCareWorker(model, 1, 0, 0.6, 0.5)
    for familiarity, chance in ((0.0, 0.3), (0.5, 0.6), (1.0, 0.9)):
        assert worker.passes_on(familiarity, chance - 1e-6)
        assert not worker.passes_on(familiarity, chance + 1e-6)
