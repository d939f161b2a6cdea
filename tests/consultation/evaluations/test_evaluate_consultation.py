"""Whoever asked says whether it helped, once."""

from datetime import timedelta

import pytest

from services.consultation.consultations.queries.usefulness import Usefulness, usefulness
from services.consultation.evaluations.commands.evaluate_consultation import (
    EvaluateConsultation,
    evaluate_consultation,
)
from services.consultation.evaluations.domain.evaluation import LASTS, Answers, Evaluation
from shared.kernel.actor import public_form
from shared.kernel.errors import Conflict, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.consultation.conftest import NOW, PRIYA, AskedTeam
from tests.consultation.evaluations.test_ask_if_it_helped import TOKEN, ask


async def answers(asked: AskedTeam, useful: int = 9, token: str = TOKEN) -> None:
    async with asked.units.begin(public_form()) as work:
        await evaluate_consultation(EvaluateConsultation(token, Answers(useful, 5, 7)), work)


async def test_the_team_and_the_region_are_told_three_numbers_and_never_who(asked: AskedTeam) -> None:
    await ask(asked)

    await answers(asked)

    said = {"useful": 9, "before": 5, "now": 7}
    about = {"consultation_id": str(asked.consultation_id), "answered_on": "2026-03-02"}
    assert (await asked.published())[-1] == ("uk.pairs.consultation.evaluated.v1", about | said)
    assert (await asked.published("region"))[-1] == (
        "uk.pairs.regional.consultation_evaluated.v1",
        {"month": "2026-03-01"} | said,
    )
    async with asked.begin(PRIYA) as work:
        assert await usefulness(work) == Usefulness(1, 1, 9.0, 5.0, 7.0)


async def test_it_is_answered_once_within_four_weeks_from_0_to_10_and_by_its_own_link(asked: AskedTeam) -> None:
    await ask(asked)
    with pytest.raises(RuleBroken):
        await answers(asked, useful=11)
    with pytest.raises(NotFound):
        await answers(asked, token="another")
    await answers(asked)
    with pytest.raises(Conflict):
        await answers(asked)


def test_after_four_weeks_it_is_too_late() -> None:
    one = Evaluation(new_id(), new_id(), NOW)

    one.answer(Answers(0, 0, 10), NOW + LASTS - timedelta(seconds=1))
    with pytest.raises(RuleBroken):
        Evaluation(new_id(), new_id(), NOW).answer(Answers(0, 0, 10), NOW + LASTS)
