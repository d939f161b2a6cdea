"""One person of the register: where they work and worked, when they are away, and who else they were held to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from services.training.database.course_tables import completion
from services.training.database.workforce_tables import leave, organisation, person, person_merge, post
from services.training.workforce.database.people import no_such_person
from services.training.workforce.domain.long_leave import LongLeave
from services.training.workforce.domain.person import Person
from services.training.workforce.domain.post import Post
from shared.contracts.slug import locality_name
from shared.contracts.training_codes import TrainingCourse
from shared.database.mapping import read_row
from shared.staff.answer_words import Offered
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PostOf:
    post: Post
    organisation: str


@dataclass(frozen=True)
class JoinedRecord:
    """A record that was found to be of the same person."""

    merge_id: UUID
    name: str


@dataclass(frozen=True)
class HeldCourse:
    """What they learned."""

    course: TrainingCourse
    held_from: date
    until_on: date | None
    """The first day on which it no longer counts; None: it never ends."""
    taught_by: str = ""
    """Another team's place; empty: this one's."""

    @property
    def valid_until(self) -> date | None:
        return self.until_on - timedelta(1) if self.until_on else None


@dataclass(frozen=True)
class PersonRecord:
    person: Person
    posts: Sequence[PostOf]
    """The newest first."""
    leaves: Sequence[LongLeave]
    joined: Sequence[JoinedRecord]
    holds: Sequence[HeldCourse]
    """What counts longest comes first."""
    account: str | None
    """Whose account it is, by the name that they signed in with."""
    today: date

    @property
    def now(self) -> list[PostOf]:
        return [one for one in self.posts if one.post.is_held_on(self.today)]

    @property
    def others(self) -> list[PostOf]:
        """Posts of before, and of days to come."""
        return [one for one in self.posts if not one.post.is_held_on(self.today)]


async def person_record(work: UnitOfWork, person_id: UUID) -> PersonRecord:
    """Of whoever they turned out to be, where two records were joined. Raises NotFound when there is nobody."""
    who = await person_now(work, person_id)
    query = (
        select(person, colleague.c.name.label("account"))
        .outerjoin(colleague, colleague.c.id == person.c.colleague_id)
        .where(person.c.id == who, person.c.erased_on.is_(None))
    )
    if (row := (await work.session.execute(query)).one_or_none()) is None:
        raise no_such_person()
    posts = await work.session.execute(
        select(post, organisation.c.name.label("organisation"))
        .join(organisation, organisation.c.id == post.c.organisation_id)
        .where(post.c.person_id == who)
        .order_by(post.c.from_on.desc().nulls_last(), post.c.id)
    )
    leaves = await work.session.execute(
        select(leave).where(leave.c.person_id == who).order_by(leave.c.from_on.desc(), leave.c.id)
    )
    joined = await work.session.execute(
        select(person_merge.c.id, person.c.given_name, person.c.family_name)
        .join(person, person.c.id == person_merge.c.retired_id)
        .where(person_merge.c.kept_id == who, person_merge.c.undone_at.is_(None))
        .order_by(person_merge.c.merged_at)
    )
    return PersonRecord(
        read_row(Person, row),
        [PostOf(read_row(Post, one), one.organisation) for one in posts],
        [read_row(LongLeave, one) for one in leaves],
        [JoinedRecord(one.id, f"{one.given_name} {one.family_name}") for one in joined],
        await _holds(work, who),
        row.account,
        work.today,
    )


async def _holds(work: UnitOfWork, who: UUID) -> list[HeldCourse]:
    query = (
        select(completion.c.course, completion.c.held_from, completion.c.until_on, completion.c.delivered_by)
        .where(completion.c.person_id == who, completion.c.withdrawn_at.is_(None))
        .order_by(completion.c.until_on.desc().nulls_first(), completion.c.held_from.desc())
    )
    return [
        HeldCourse(TrainingCourse(row.course), row.held_from, row.until_on, locality_name(row.delivered_by or ""))
        for row in await work.session.execute(query)
    ]


async def person_now(work: UnitOfWork, person_id: UUID) -> UUID:
    """Whose record it is today, however often records were joined; an id that nobody has stays itself."""
    steps = select(person.c.id, person.c.merged_into).where(person.c.id == person_id).cte("steps", recursive=True)
    further = select(person.c.id, person.c.merged_into).join(steps, person.c.id == steps.c.merged_into)
    ends = steps.union_all(further)
    return await work.session.scalar(select(ends.c.id).where(ends.c.merged_into.is_(None))) or person_id


async def accounts_offered(work: UnitOfWork) -> list[Offered]:
    """Colleagues who signed in, by name."""
    rows = await work.session.execute(select(colleague.c.id, colleague.c.name).order_by(colleague.c.name))
    return [Offered(str(row.id), row.name) for row in rows]


async def record_of_post(work: UnitOfWork, post_id: UUID) -> tuple[PersonRecord, PostOf]:
    """A job and whose it is. Raises NotFound when there is no such job."""
    who = await work.session.scalar(select(post.c.person_id).where(post.c.id == post_id))
    record = await person_record(work, who or post_id)
    return record, next(one for one in record.posts if one.post.id == post_id)


async def record_of_leave(work: UnitOfWork, leave_id: UUID) -> tuple[PersonRecord, LongLeave]:
    """Likewise of a leave."""
    who = await work.session.scalar(select(leave.c.person_id).where(leave.c.id == leave_id))
    record = await person_record(work, who or leave_id)
    return record, next(one for one in record.leaves if one.id == leave_id)
