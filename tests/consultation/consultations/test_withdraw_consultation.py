"""Withdrawing what was entered by mistake."""

import pytest

from services.consultation.consultations.commands.withdraw_consultation import (
    WithdrawConsultation,
    withdraw_consultation,
)
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from tests.consultation.conftest import ANN, PRIYA, AskedTeam


async def withdraw(asked: AskedTeam, *, seen: int = 1, why: str = "Logged twice.", person: Person = PRIYA) -> None:
    async with asked.begin(person) as work:
        await withdraw_consultation(WithdrawConsultation(asked.consultation_id, seen, why), work)


async def test_the_team_is_told_and_the_words_stay(asked: AskedTeam) -> None:
    await withdraw(asked)

    [row] = await asked.rows()
    assert (await asked.published())[-1][0] == "uk.pairs.consultation.withdrawn.v1"
    assert row.words == "Looks away when it gets loud. Advised to wait."


async def test_it_needs_a_reason_and_somebody_who_advises_and_saw_it_as_it_is(asked: AskedTeam) -> None:
    with pytest.raises(RuleBroken):
        await withdraw(asked, why="")
    with pytest.raises(NotAllowed):
        await withdraw(asked, person=ANN)
    with pytest.raises(Conflict):
        await withdraw(asked, seen=7)


async def test_it_is_withdrawn_once(asked: AskedTeam) -> None:
    await withdraw(asked)

    with pytest.raises(RuleBroken):
        await withdraw(asked, seen=2)


async def test_one_of_another_team_is_unknown(asked: AskedTeam) -> None:
    with pytest.raises(NotFound):
        async with asked.begin(PRIYA) as work:
            await withdraw_consultation(WithdrawConsultation(new_id(), 1, "Why."), work)
