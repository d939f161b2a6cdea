"""A supervised case is recorded by its number, its days and its supervisor, and by nobody’s name."""

from dataclasses import replace
from datetime import date

import pytest

from services.training.accreditation.domain.supervised_case import CaseSpan
from services.training.contents import SERVICE
from services.training.database.accreditation_tables import supervised_case
from shared.contracts.training_task import TrainingTask
from shared.kernel.errors import NotAllowed, RuleBroken
from tests.training.a_course import TeachingTeam
from tests.training.accreditation.on_the_way import PRIYA, SPAN, TRAINER, OnTheWay

_, _, ANN, _, KOFI, *_ = SERVICE.people


async def test_a_case_gets_the_next_number_and_its_supervisor_is_asked_to_sign_it_off(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)

    await way.records()
    await way.records(who=TRAINER)

    assert [(one.number, one.span) for one in (await way.now()).cases] == [(1, SPAN), (2, SPAN)]
    assert await way.tasks() == [(TrainingTask.SIGN_OFF, TRAINER.id)] * 2
    assert (await way.now()).standing.missing == [
        "3 supervised cases are still to be signed off. 2 wait for a signature."
    ]


async def test_only_those_who_supervise_and_only_days_after_the_course_are_taken(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)

    for supervisor, span in (
        (KOFI, SPAN),
        (PRIYA, SPAN),
        (TRAINER, replace(SPAN, from_on=date(2026, 5, 18))),
        (TRAINER, CaseSpan(date(2026, 8, 3), date(2026, 8, 4))),
        (TRAINER, CaseSpan(date(2026, 7, 2), date(2026, 7, 1))),
    ):
        with pytest.raises(RuleBroken):
            await way.records(span=span, supervisor=supervisor)
    for somebody in (KOFI, ANN):
        with pytest.raises(NotAllowed):
            await way.records(who=somebody)
    assert await teaching.rows(supervised_case.select()) == []


def test_nothing_in_a_case_has_room_for_a_word_about_a_family() -> None:
    texts = {column.name for column in supervised_case.columns if column.type.python_type is str}

    assert texts == {"course", "state", "came_back_why"}  # codes of closed lists
