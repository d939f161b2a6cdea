"""Recording supervision that was held, and planning one that is to come."""

from datetime import date, time
from typing import Any

import pytest

from services.consultation.database.supervision_tables import supervision_session
from services.consultation.supervision.commands.change_supervision_rules import change_supervision_rules
from services.consultation.supervision.commands.record_supervision import RecordSupervision, record_supervision
from services.consultation.supervision.domain.supervision_given import GroupRule
from services.consultation.supervision.domain.supervision_rules import SupervisionRule
from shared.contracts.supervision import SupervisionKind
from shared.kernel.errors import NotSeen, RuleBroken
from shared.kernel.identifiers import new_id
from tests.consultation.supervision.conftest import TODAY, SupervisedTeam
from tests.consultation.supervision.supervised import ANN, BETH, PRIYA, TOM, a_meeting

GROUP = {"kind": SupervisionKind.GROUP, "supervisees": (PRIYA.id, TOM.id)}


async def test_an_hour_that_was_held_counts_and_is_told_once_without_a_word_of_it(team: SupervisedTeam) -> None:
    before, command = len(await team.minutes_told()), RecordSupervision(new_id(), a_meeting(date(2026, 11, 20)))

    for _ in range(2):
        async with team.begin(PRIYA) as work:
            await record_supervision(command, work)

    assert await team.balance() == -15
    assert (await team.minutes_told())[before:] == [("Priya", 60)]
    assert set((await team.told("uk.pairs.supervision.given.v1"))[-1]) == {
        "session_id", "colleague_id", "kind", "held_on", "minutes",
    }  # fmt: skip
    assert await team.told("uk.pairs.supervision.given.v1", "region") == []


async def test_one_that_is_to_come_counts_nothing_and_is_told_to_nobody(team: SupervisedTeam) -> None:
    before = len(await team.minutes_told())

    await team.holds(a_meeting(date(2026, 11, 26), time(15)), by=PRIYA)

    assert await team.balance() == -75
    assert len(await team.minutes_told()) == before


@pytest.mark.parametrize(("rule", "each"), [(GroupRule.WHOLE, 90), (GroupRule.SHARED, 45)])
async def test_a_group_counts_by_the_rule_of_its_day(team: SupervisedTeam, rule: GroupRule, each: int) -> None:
    async with team.begin(TOM) as work:
        await change_supervision_rules(SupervisionRule(date(2026, 11, 1), group_rule=rule), work)

    await team.holds(a_meeting(date(2026, 11, 20), minutes=90, **GROUP))
    await team.holds(a_meeting(date(2026, 10, 30), minutes=90, **GROUP))

    assert (await team.minutes_told())[-4:] == [("Priya", each), ("Tom", each), ("Priya", 90), ("Tom", 90)]


async def test_among_peers_all_are_counted(team: SupervisedTeam) -> None:
    async with team.begin(TOM) as work:
        await change_supervision_rules(SupervisionRule(date(2026, 11, 1), group_rule=GroupRule.SHARED), work)
    peers = {"kind": SupervisionKind.PEER, "supervisor_id": None, "supervisees": (PRIYA.id, TOM.id, BETH.id)}

    await team.holds(a_meeting(date(2026, 11, 20), minutes=90, **peers), by=PRIYA)

    assert (await team.minutes_told())[-3:] == [("Priya", 45), ("Tom", 45), ("Beth", 45)]


async def test_a_session_over_midnight_is_the_first_days(team: SupervisedTeam) -> None:
    await team.holds(a_meeting(date(2026, 6, 1), time(23, 30)))

    assert (await team.told("uk.pairs.supervision.given.v1"))[-1]["held_on"] == "2026-06-01"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"minutes": 0}, "supervision_minutes"),
        ({"minutes": 481}, "supervision_minutes"),
        ({"supervisees": ()}, "supervision_nobody"),
        ({"supervisees": (PRIYA.id, TOM.id)}, "supervision_alone"),
        ({"kind": SupervisionKind.GROUP}, "supervision_group"),
        ({"kind": SupervisionKind.PEER, "supervisees": (PRIYA.id, TOM.id)}, "supervision_peer"),
        ({"supervisor_id": PRIYA.id}, "supervision_own"),
        ({"supervisor_id": new_id()}, "supervision_colleague"),
        ({"supervisees": (ANN.id,)}, "supervision_no_agreement"),
        ({"supervisees": (new_id(),)}, "supervision_no_agreement"),
    ],
)
async def test_what_is_missing_or_cannot_be_is_refused(
    team: SupervisedTeam, changes: dict[str, Any], code: str
) -> None:
    before = len(await team.rows(supervision_session))

    with pytest.raises(RuleBroken) as refusal:
        await team.holds(a_meeting(TODAY, time(8), **changes))

    assert refusal.value.code == code
    assert len(await team.rows(supervision_session)) == before


@pytest.mark.parametrize("on", [date(1999, 12, 31), date(2028, 1, 1)])
async def test_a_day_that_nobody_means_is_refused(team: SupervisedTeam, on: date) -> None:
    with pytest.raises(RuleBroken):
        await team.holds(a_meeting(on))


async def test_only_those_who_are_there_and_the_lead_record_it(team: SupervisedTeam) -> None:
    await team.holds(a_meeting(date(2026, 11, 20)), by=BETH)

    with pytest.raises(NotSeen):
        await team.holds(a_meeting(date(2026, 11, 20), supervisees=(TOM.id,)), by=PRIYA)
