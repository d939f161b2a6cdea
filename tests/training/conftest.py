"""A team's training service with everybody signed in, one organisation and one person who works there."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.training.accreditation.commands.answer_case import AnswerCase, answer_case
from services.training.accreditation.commands.grant_accreditation import GrantAccreditation, grant_accreditation
from services.training.accreditation.commands.record_case import RecordCase, record_case
from services.training.accreditation.domain.supervised_case import CaseSpan
from services.training.contents import SERVICE
from services.training.database.course_tables import booking, completion
from services.training.database.date_watch_tables import date_watch
from services.training.database.task_tables import task as task_table
from services.training.merges.commands.merge_people import MergePeople, merge_people
from services.training.merges.commands.undo_people_merge import UndoPeopleMerge, undo_people_merge
from services.training.places.commands.watch_dates import WatchDates, watch_dates
from services.training.staff.database.training_work import TrainingWork
from services.training.workforce.commands.add_leave import AddLeave, add_leave
from services.training.workforce.commands.add_organisation import AddOrganisation, add_organisation
from services.training.workforce.commands.add_person import AddPerson, add_person
from services.training.workforce.commands.send_people import SendPeople, send_people
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.training_task import TrainingTask
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from shared.staff.colleagues import Colleagues
from shared.testing.page_routes import addresses_of, page_routes
from shared.testing.page_walk import WalkedService, pages_of, walked_service
from shared.testing.recycled import KeptEngine, RecycledService
from tests.training.a_course import TeachingTeam

ACCREDITATION, VIG = "/accreditations/{person_id}/{course}", TrainingCourse.VIG
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
PRIYA, TOM, ANN, BETH, *_ = SERVICE.people
OF_COURSES = ("cohort_id", "booking_id", "course", "secret", "number", "completion_id", "code")
OF_ACCREDITATION = ("case_id", "task_id", "message_id")
"""Parts of an address that name a course, and who booked it."""

ASKED = b"organisation,email,first name,last name,profession\nGrange Park,r@grange.example,Ruth,Bennett,Midwife\n"


@dataclass(frozen=True)
class TrainedTeam:
    """A team that knows one person."""

    engine: AsyncEngine
    walked: WalkedService
    organisation_id: UUID
    person_id: UUID
    other_id: UUID
    """Ruth once more, joined with the first and parted again."""
    merge_id: UUID
    leave_id: UUID
    import_id: UUID
    """A file with one line, about which somebody is asked."""
    ids: Mapping[str, object]
    """What the parts of an address name."""
    by_email: Sequence[str] = ()
    """Addresses of bookings."""

    def begin(self, person: Person = ANN) -> AbstractAsyncContextManager[TrainingWork]:
        return self.walked.app.state.units_of_work.begin(Actor(person.id, person.roles))

    async def rows(self, table: Table, **having: Any) -> Sequence[Any]:
        """Of a table, by its first column."""
        query = select(table).filter_by(**having).order_by(*table.primary_key)
        async with self.engine.connect() as connection:
            return (await connection.execute(query)).all()

    async def row(self, table: Table, **having: Any) -> Any:
        [row] = await self.rows(table, **having)
        return row

    @property
    def ann(self) -> httpx.AsyncClient:
        return self.walked.clients[ANN]


@pytest.fixture
async def trained(recycled_service: RecycledService, kept_engine: KeptEngine) -> AsyncIterator[TrainedTeam]:
    engine = await kept_engine(await recycled_service("team-one", "training"))
    organisation_id, person_id, leave_id, other_id, merge_id, import_id = (new_id() for _ in range(6))
    app = pages_of(SERVICE, engine, lambda: NOW)
    async with app.state.units_of_work.begin(Actor(ANN.id, ANN.roles)) as work:
        await Colleagues(work.session).remember(ANN.id, ANN.name, ANN.roles)
        await add_organisation(AddOrganisation(organisation_id, "Grange Park", SourceGroup.HEALTH_VISITING), work)
        works = organisation_id, Profession.HEALTH_VISITOR, False, "00123", date(2024, 9, 1)
        await add_person(AddPerson(person_id, "Ruth", "Bennett", "ruth@grange.example", *works), work)
        await add_leave(AddLeave(leave_id, person_id, date(2025, 1, 6), date(2025, 7, 1)), work)
        await add_person(AddPerson(other_id, "Ruth", "Bennett", "", organisation_id, Profession.MIDWIFE), work)
        await merge_people(MergePeople(merge_id, other_id, person_id, "She told us."), work)
        await undo_people_merge(UndoPeopleMerge(merge_id), work)
        await send_people(SendPeople(import_id, ASKED), work)
    ids = {
        **dict.fromkeys((*OF_COURSES, *OF_ACCREDITATION), person_id),
        "organisation_id": organisation_id,
        "person_id": person_id,
        "post_id": person_id,
        "leave_id": leave_id,
        "merge_id": merge_id,
        "import_id": import_id,
        "line": 2,
    }
    addresses = addresses_of(page_routes(app), ids, {})
    async with walked_service(SERVICE, engine, clock=lambda: NOW, addresses=addresses) as walked:
        yield TrainedTeam(engine, walked, organisation_id, person_id, other_id, merge_id, leave_id, import_id, ids)


@pytest.fixture
async def taught(trained: TrainedTeam) -> TrainedTeam:
    """It teaches, too: one course is full and somebody waits, another is open."""
    team = TeachingTeam(trained.engine, now=NOW)
    cohort = await team.plan(capacity=2)
    await team.plan(starts=datetime(2026, 6, 15, tzinfo=UTC))
    placed, _, waits = [await team.book(cohort, number) for number in range(3)]
    own = [cohort.id, waits.id, cohort.course, placed.secret, 1, await team.completed(), "7K2M4QX9TR0HBVNC5W8D"]
    case_id, page, task_id = await on_the_way(trained, team)
    ids = {**trained.ids, **dict(zip(OF_COURSES, own, strict=True)), "case_id": case_id, "task_id": task_id}
    secrets = [row.secret for row in await team.rows(select(booking))]
    links = [*(f"/place/{secret}" for secret in secrets), f"/place/{secrets[0]}/three-months"]
    known = {f"{ACCREDITATION}{form}": [f"{page}{form}"] for form in ("", "/case", "/grant", "/withdraw")}
    known["/book/dates/{secret}"] = [f"/book/dates/{await watch_one(trained)}"]
    walked = replace(trained.walked, addresses=addresses_of(page_routes(trained.walked.app), ids, known))
    links += [*known["/book/dates/{secret}"], f"/book/{cohort.course}/new-dates"]
    return replace(trained, walked=walked, ids=ids, by_email=[*links, "/place", "/check/7K2M4QX9TR0HBVNC5W8D"])


async def on_the_way(trained: TrainedTeam, team: TeachingTeam) -> tuple[UUID, str, UUID]:
    """One is accredited; another could be, and waits for one signature more: that case, their page, and the task."""
    who = select(completion.c.person_id).where(completion.c.course == VIG).order_by(completion.c.id)
    for number in (700, 800):
        await team.completed(number, course=VIG)
    accredited, other = (row.person_id for row in await team.rows(who))
    for person_id in (accredited, other):
        for _ in range(3):
            await answer_one(trained, person_id)
    async with trained.begin(TOM) as work:
        await grant_accreditation(GrantAccreditation(new_id(), accredited, VIG), work)
    case_id = await record_one(trained, other)
    task = await trained.row(task_table, kind=TrainingTask.SIGN_OFF, answered_at=None)
    return case_id, f"/accreditations/{other}/{VIG}", task.id


async def watch_one(trained: TrainedTeam) -> str:
    """The secret of somebody who wants to hear of new dates."""
    async with trained.begin() as work:
        await watch_dates(WatchDates(new_id(), VIG, "jo@nursery.example"), work)
    return (await trained.row(date_watch)).secret


async def record_one(trained: TrainedTeam, person_id: UUID) -> UUID:
    case_id, span = new_id(), CaseSpan(date(2026, 2, 20), date(2026, 3, 1))
    async with trained.begin(BETH) as work:
        await record_case(RecordCase(case_id, person_id, VIG, span, TOM.id), work)
    return case_id


async def answer_one(trained: TrainedTeam, person_id: UUID) -> None:
    case_id = await record_one(trained, person_id)
    async with trained.begin(TOM) as work:
        await answer_case(AnswerCase(case_id, 1, None), work)


@pytest.fixture
async def teaching(recycled_service: RecycledService, kept_engine: KeptEngine) -> TeachingTeam:
    return TeachingTeam(await kept_engine(await recycled_service("team-one", "training")))
