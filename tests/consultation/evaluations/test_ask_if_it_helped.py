"""Whoever asked is asked whether it helped."""

import pytest
from sqlalchemy import select

from services.consultation.consultations.commands.withdraw_consultation import (
    WithdrawConsultation,
    withdraw_consultation,
)
from services.consultation.consultations.queries.usefulness import Usefulness, usefulness
from services.consultation.database.tables import evaluation
from services.consultation.evaluations.commands.ask_if_it_helped import AskIfItHelped, ask_if_it_helped
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from tests.consultation.conftest import ANN, PRIYA, AskedTeam

TOKEN = "t" * 64


async def ask(asked: AskedTeam, person: Person = PRIYA) -> None:
    async with asked.begin(person) as work:
        await ask_if_it_helped(AskIfItHelped(asked.consultation_id, TOKEN), work)


async def test_there_is_one_link_and_its_token_is_kept_nowhere(asked: AskedTeam) -> None:
    for _ in range(2):
        await ask(asked)

    async with asked.begin(PRIYA) as work:
        assert await usefulness(work) == Usefulness(1, 0, None, None, None)
        [row] = (await work.session.execute(select(evaluation))).all()
    assert TOKEN not in str(row)


async def test_it_is_made_by_somebody_who_advises_and_for_what_stands(asked: AskedTeam) -> None:
    with pytest.raises(NotAllowed):
        await ask(asked, ANN)
    async with asked.begin(PRIYA) as work:
        await withdraw_consultation(WithdrawConsultation(asked.consultation_id, 1, "Twice."), work)
    with pytest.raises(RuleBroken):
        await ask(asked)


async def test_one_of_another_team_is_unknown(asked: AskedTeam) -> None:
    with pytest.raises(NotFound):
        async with asked.begin(PRIYA) as work:
            await ask_if_it_helped(AskIfItHelped(new_id(), TOKEN), work)
