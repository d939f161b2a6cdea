"""Somebody works in another place too, or moved there."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.organisations import Organisations
from services.training.workforce.database.people import People
from services.training.workforce.domain.post import Post
from shared.contracts.consultation_codes import Profession
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EndOfPost:
    post_id: UUID
    last_on: date
    expected_version: int


@dataclass(frozen=True)
class AddPost:
    post_id: UUID
    person_id: UUID
    organisation_id: UUID
    profession: Profession
    staff_number: str = ""
    from_on: date | None = None
    ends: EndOfPost | None = None
    """The post that they leave for it; None: they have both, or nobody knows yet."""


async def add_post(command: AddPost, work: UnitOfWork) -> None:
    """The new post may begin before the old one ends, or after a gap.

    Raises:
        NotAllowed, NotFound, Conflict, RuleBroken: as the domain says.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    people = People(work)
    one = await people.get_to_change(command.person_id)
    await Organisations(work).get_open(command.organisation_id)
    of = command.organisation_id, command.profession, command.staff_number, command.from_on
    is_new = await people.add_post(Post(command.post_id, one.id, *of))
    if command.ends and is_new:
        ended = await people.get_post(command.ends.post_id)
        if ended.person_id != one.id:
            raise RuleBroken("post_of_another", "This job is someone else's. Open the person's page again.")
        ended.end(command.ends.last_on, seen=command.ends.expected_version)
        await people.save_posts([ended])
    work.record("person.move" if command.ends else "person.add_post", one.id)
