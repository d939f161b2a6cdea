"""Where forms about a family's people are opened."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.queries.people_record import PeopleRecord, people_record
from services.referral.people.web.family_page import FamilyPlace, in_family, read_family
from shared.kernel.errors import NotFound
from shared.staff.answer_words import Offered
from shared.staff.form_page import Site
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PeoplePlace(FamilyPlace):
    """The people of a family, and what is noted of them."""

    record: PeopleRecord

    @property
    def everyone(self) -> list[Offered]:
        """As someone chooses them."""
        members = self.record.family.members
        return [Offered(str(one.person.id), self.record.name(one.person.id)) for one in members]


@dataclass(frozen=True)
class OneOfTheFamily(PeoplePlace):
    """Opened for one person, dyad, flag or consent."""

    id: UUID

    @property
    def name(self) -> str:
        """Of the person; raises NotFound when the family has none with this id."""
        self.record.family.member(self.id)
        return self.record.name(self.id)


async def read_people(work: UnitOfWork, family_id: UUID) -> PeoplePlace:
    return await people_of(work, family_id, "people.read")


async def people_of(work: UnitOfWork, family_id: UUID, action: str) -> PeoplePlace:
    """For a page that does `action`, as the audit trail says."""
    banner = await read_family(work, family_id, action)
    return PeoplePlace(banner, work.today, await people_record(work, family_id, work.now))


async def read_one(work: UnitOfWork, family_id: UUID, subject_id: UUID) -> OneOfTheFamily:
    whole = await read_people(work, family_id)
    return OneOfTheFamily(**vars(whole), id=subject_id)


def no_such_note() -> NotFound:
    return NotFound("note_not_found", "This family has no such entry. Look at the family's people.")


PEOPLE = Site(read_people, in_family("people", "/people"))
ONE = Site(read_one, in_family("people", "/people"))
