"""Changing how much supervision a team asks for, and how a group counts."""

from datetime import date
from typing import Any

import pytest

from services.consultation.database.supervision_tables import supervision_rule
from services.consultation.supervision.commands.change_supervision_rules import change_supervision_rules
from services.consultation.supervision.domain.supervision_given import GroupRule
from services.consultation.supervision.domain.supervision_rules import SupervisionRule
from shared.kernel.errors import NotAllowed
from tests.consultation.supervision.conftest import TODAY, SupervisedTeam
from tests.consultation.supervision.supervised import ANN, BETH, PRIYA, TOM


async def test_a_rule_counts_from_its_day_on_and_the_newest_that_was_said_of_a_day_counts(team: SupervisedTeam) -> None:
    for minutes in (480, 240):
        async with team.begin(TOM) as work:
            await change_supervision_rules(SupervisionRule(date(2026, 11, 13), experienced_minutes=minutes), work)

    assert (await team.record()).balance.owed == 300 + 60
    assert len(await team.rows(supervision_rule)) == 1


async def test_another_rule_for_groups_leaves_the_groups_of_before_as_they_were(team: SupervisedTeam) -> None:
    async with team.begin(TOM) as work:
        await change_supervision_rules(SupervisionRule(TODAY, group_rule=GroupRule.SHARED), work)

    assert await team.balance() == -75


async def test_a_rule_of_the_past_tells_anew_what_groups_since_then_gave(team: SupervisedTeam) -> None:
    before = len(await team.minutes_told())

    async with team.begin(TOM) as work:
        await change_supervision_rules(SupervisionRule(date(2026, 9, 1), group_rule=GroupRule.SHARED), work)

    assert await team.balance() == -105
    assert sorted((await team.minutes_told())[before:]) == [("Priya", 30), ("Tom", 30)]


@pytest.mark.parametrize("person", [PRIYA, BETH, ANN])
async def test_only_the_team_lead_changes_it(team: SupervisedTeam, person: Any) -> None:
    with pytest.raises(NotAllowed):
        async with team.begin(person) as work:
            await change_supervision_rules(SupervisionRule(TODAY), work)
