"""Somebody works with babies here: put them on the register, with where they work."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.organisations import Organisations
from services.training.workforce.database.people import People
from services.training.workforce.domain.person import Person
from services.training.workforce.domain.post import Post
from shared.contracts.consultation_codes import Profession
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AddPerson:
    person_id: UUID
    given_name: str
    family_name: str
    email: str
    organisation_id: UUID
    profession: Profession
    is_shared_email: bool = False
    staff_number: str = ""
    from_on: date | None = None


async def add_person(command: AddPerson, work: UnitOfWork) -> None:
    """The first post has the id of the person: sent twice, it is one person with one post.

    Raises:
        NotAllowed, NotFound: as the organisation is.
        RuleBroken: a name is missing, the address is none, or the organisation is closed.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    people = People(work)
    one = Person(
        command.person_id,
        command.given_name,
        command.family_name,
        email=command.email,
        is_shared_email=command.is_shared_email,
    )
    one.check()
    await Organisations(work).get_open(command.organisation_id)
    await people.add(one)
    of = command.organisation_id, command.profession, command.staff_number, command.from_on
    await people.add_post(Post(one.id, one.id, *of))
    work.record("person.add", one.id)
