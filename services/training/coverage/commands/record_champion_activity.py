"""A champion did something with what they learned."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert

from services.training.coverage.domain.champion import COURSE
from services.training.database.course_tables import completion
from services.training.database.workforce_tables import champion_activity
from services.training.staff.domain.capabilities import CAPABILITIES, READ
from services.training.workforce.database.people import People
from shared.contracts.training_codes import ChampionWork
from shared.contracts.workforce import ChampionActivityRecorded
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecordChampionActivity:
    activity_id: UUID
    person_id: UUID
    kind: ChampionWork
    done_on: date
    people: int = 0
    """Who were reached."""


async def record_champion_activity(command: RecordChampionActivity, work: UnitOfWork) -> None:
    """Whoever hears of it records it. Publishes ChampionActivityRecorded, once.

    Raises:
        NotAllowed, NotFound: the register has no such person.
        RuleBroken: they are no champion, or the day is to come.
    """
    CAPABILITIES.check(work.actor.roles, READ)
    if command.done_on > work.today:
        raise RuleBroken("activity_day", "The day must be today or in the past.", field="done_on")
    people = People(work)
    one = await people.get_to_change(command.person_id)
    held = completion.c.person_id == one.id, completion.c.course == COURSE, completion.c.withdrawn_at.is_(None)
    if not await work.session.scalar(select(exists().where(*held))):
        raise RuleBroken("no_champion", "They did not complete the champions' course.")
    values = {"id": command.activity_id, "person_id": one.id, "kind": command.kind, "done_on": command.done_on}
    recorded = {"people": command.people, "recorded_by": work.actor.id, "recorded_at": work.now}
    stored = insert(champion_activity).values(**values, **recorded).on_conflict_do_nothing()
    if await work.session.scalar(stored.returning(champion_activity.c.id)) is None:
        return
    event = ChampionActivityRecorded(
        person_id=one.id, kind=command.kind, done_on=command.done_on, people=command.people
    )
    work.publish(event, about=one)
    await people.save(one)
    work.record("champion.record", one.id)
