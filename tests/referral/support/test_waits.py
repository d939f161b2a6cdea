"""What a family waited for is told when it is there, and nothing of it is lost when two people record at once."""

import ast
import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

import services.referral
from services.referral.database.tables import episode
from services.referral.measures.commands.administer_measure import AdministerMeasure, administer_measure
from services.referral.measures.domain.administration import Subject
from services.referral.support.database.episodes import Episodes
from services.referral.support.database.waits import refresh_and_tell
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.contacts.test_cancel_appointment import cancel
from tests.referral.contacts.test_correct_contact import correct
from tests.referral.contacts.test_move_appointment import move
from tests.referral.measures.builders import TheFamily, an_entry, enters, phq9
from tests.referral.measures.test_answer_measure import answers_by
from tests.referral.measures.test_correct_measure import a_phq9, corrects
from tests.referral.measures.test_request_measure import asks
from tests.referral.measures.test_withdraw_measure import withdraws
from tests.referral.support.builders import a_strand, agree, assess, told
from tests.referral.support.test_record_formulation import record

ROOM = Path(services.referral.__file__).parent
TOMORROW = NOW + timedelta(days=1)
KEEPS_FOR_OTHERS = "keep_measure"


@dataclass
class Begun:
    """Work with Leonie and Shannon in which every command has something to do."""

    family: AFamily
    measured: TheFamily
    session: UUID
    appointment: UUID
    measure: UUID
    link: str


async def work_has_begun(team: ATeam) -> Begun:
    family = await a_family(team)
    assert family.dan
    measured = TheFamily(family.family_id, family.episode_id, family.shannon, family.leonie, family.dan)
    session, appointment = await family.has(), await family.books(TOMORROW)
    link = await asks(team, measured)
    return Begun(family, measured, session, appointment, await a_phq9(team, measured, 12), link)


Command = Callable[[ATeam, Begun], Awaitable[Any]]

COMMANDS: dict[str, Command] = {
    "record_contact": lambda _, begun: begun.family.has(),
    "correct_contact": lambda _, begun: correct(begun.family, begun.session, begun.family.session(minutes=20)),
    "book_appointment": lambda _, begun: begun.family.books(TOMORROW),
    "move_appointment": lambda _, begun: move(begun.family, begun.appointment, NOW + timedelta(days=7)),
    "cancel_appointment": lambda _, begun: cancel(begun.family, begun.appointment),
    "complete_assessment": lambda _, begun: assess(begun.family),
    "record_formulation": lambda _, begun: record(begun.family, 0),
    "agree_plan": lambda _, begun: agree(begun.family),
    "administer_measure": lambda team, begun: a_phq9(team, begun.measured, 8),
    "answer_measure": lambda team, begun: answers_by(team, begun.link),
    "correct_measure": lambda team, begun: corrects(team, begun.measured, begun.measure, 9),
    "withdraw_measure": lambda team, begun: withdraws(team, begun.measure),
}


def those_that_change_milestones() -> set[str]:
    """The commands that say so, or leave it to the one that keeps measures."""
    called = {"refresh_and_tell", KEEPS_FOR_OTHERS}
    found = set[str]()
    for path in ROOM.glob("*/commands/*.py"):
        names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
        found |= {path.stem} if names & called else set()
    return found - {KEEPS_FOR_OTHERS}


def test_every_command_that_changes_milestones_is_tried() -> None:
    assert set(COMMANDS) == those_that_change_milestones()


@pytest.mark.parametrize("name", COMMANDS)
async def test_what_is_recorded_beside_a_measure_loses_nothing_of_it(team: ATeam, name: str) -> None:
    begun = await work_has_begun(team)
    family = begun.family
    entry = an_entry("PHQ9", Subject(family.leonie), phq9(8))

    async with team.begin(family.practitioner) as work:
        await administer_measure(AdministerMeasure(new_id(), family.episode_id, entry), work)
        beside = asyncio.create_task(COMMANDS[name](team, begun))
        await asyncio.sleep(0.3)
    await beside

    kept = await milestones(team)
    async with team.begin(family.practitioner) as work:
        await refresh_and_tell(work, await Episodes(work).get_to_change(family.episode_id))
    assert kept == await milestones(team)


async def milestones(team: ATeam) -> Any:
    async with team.engine.connect() as connection:
        return (await connection.execute(select(episode))).one()


async def test_the_first_measure_ends_a_wait_when_it_is_the_last_thing_that_help_needs(team: ATeam) -> None:
    family = await a_family(team)
    (strand,) = await agree(family, a_strand(family))
    await family.has(family.session(strand_id=strand))
    await assess(family)
    assert "help_started" not in await stopped(team)

    team.now += timedelta(days=2)
    assert family.dan
    measured = TheFamily(family.family_id, family.episode_id, family.shannon, family.leonie, family.dan)
    entry = an_entry("PHQ9", Subject(family.leonie), phq9(12), on=TODAY + timedelta(days=2))
    await enters(team, measured, entry)

    assert (await stopped(team))["help_started"] == date(2026, 3, 4).isoformat()


async def stopped(team: ATeam) -> dict[str, str]:
    """Clock → the day on which it stopped, as it was told last."""
    return {told_["clock"]: told_["stopped_on"] for told_ in await told(team, "wait.stopped")}
