"""Families as work lists find them: where the work stands, who leads it, what is booked, what must be answered.

The columns that are folds are written here straight away; the commands that fold them have tests of their own.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update

from services.referral.database.clinical_tables import pause
from services.referral.database.contact_tables import contact
from services.referral.database.tables import episode
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.staff.queries.asking import Asking, ListRules
from services.referral.team.domain.need import NeedLimits
from services.referral.team.domain.wait_clock import DEFAULT_RULES, WaitRules
from shared.contracts.pathway_codes import PauseReason, TaskKind
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor, system
from shared.kernel.clock import london_date
from shared.kernel.identifiers import new_id
from shared.staff.colleagues import Colleagues
from shared.testing import statements
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor

READER = an_actor(Role.PRACTITIONER)


def asks(*, today: date = TODAY, waits: WaitRules = DEFAULT_RULES, **changes: Any) -> Asking:
    moment = NOW + (today - TODAY)
    return replace(Asking(READER, moment, ListRules(waits, NeedLimits())), **changes)


async def a_colleague(team: ATeam, name: str = "Priya Sample", actor: Actor | None = None) -> UUID:
    colleague = actor or an_actor(Role.PRACTITIONER)
    async with team.begin(colleague) as work:
        await Colleagues(work.session).remember(colleague.id, name, colleague.roles)
    return colleague.id


async def a_family(team: ATeam, *, days_ago: int = 0, request: dict[str, Any] | None = None, **standing: Any) -> UUID:
    """The id of a family that was referred and accepted so many days ago and stands so now: columns of `episode`."""
    team.now = NOW - timedelta(days_ago)
    review_on = standing.pop("review_on", TODAY + timedelta(60))
    opening = standing.pop("opening", None)
    accepted = await team.accepts(
        request=request or {}, **({"opening": opening} if opening else {"review_on": TODAY + timedelta(60)})
    )
    team.now = NOW
    async with team.engine.begin() as connection:
        await connection.execute(
            update(episode).where(episode.c.id == accepted.episode_id).values(review_on=review_on, **standing)
        )
    return accepted.family_id


async def a_settled_family(team: ATeam, **standing: Any) -> UUID:
    """Every clock has stopped, there was a contact yesterday, and the next is booked."""
    day = TODAY - timedelta(1)
    settled = {
        "first_contact_on": day,
        "last_contact_on": day,
        "assessed_on": day,
        "baseline_on": day,
        "plan_agreed_on": day,
        "intervention_started_on": day,
        "next_contact_at": NOW + timedelta(1),
        "contacts_attended": 1,
    }
    return await a_family(team, days_ago=30, **settled | standing)


async def an_appointment(
    team: ATeam, family_id: UUID, practitioner_id: UUID, starts_at: datetime, **facts: Any
) -> UUID:
    appointment_id = new_id()
    async with team.engine.begin() as connection:
        row = (await connection.execute(episode.select().where(episode.c.family_id == family_id))).one()
        values: dict[str, Any] = {
            "id": appointment_id,
            "version": 1,
            "family_id": family_id,
            "episode_id": row.id,
            "practitioner_id": practitioner_id,
            "held_on": london_date(starts_at),
            "starts_at": starts_at,
            "kind": "session",
            "mode": "face_to_face",
            "venue": "home",
            "note": "",
            "infant_voice": "",
            "elements": [],
            "recorded_at": NOW,
            **facts,
        }
        await connection.execute(insert(contact).values(values))
    return appointment_id


async def a_pause(team: ATeam, family_id: UUID, started_on: date, ended_on: date | None) -> None:
    async with team.engine.begin() as connection:
        found = await connection.exec_driver_sql("SELECT id FROM episode WHERE family_id = $1", (family_id,))
        await connection.execute(
            insert(pause).values(
                id=new_id(),
                version=1,
                episode_id=found.scalar_one(),
                reason=PauseReason.FAMILY_ASKED,
                started_on=started_on,
                ended_on=ended_on,
                note="",
                recorded_by=READER.id,
                recorded_at=NOW,
            )
        )


async def a_task(team: ATeam, family_id: UUID, kind: TaskKind = TaskKind.RISK_NOTE, **facts: Any) -> UUID:
    async with team.begin(system()) as work:
        task_id = await raise_task(RaiseTask(family_id, kind, about=new_id(), **facts), work)
    assert task_id is not None
    return task_id


@asynccontextmanager
async def statements_of(team: ATeam) -> AsyncGenerator[list[str]]:
    """The statements that are sent meanwhile."""
    with statements.statements_of(team.engine) as sent:
        yield sent
