"""People on record who answer to an NHS number, or to a name, as it may be written, and a date of birth."""

from collections.abc import Sequence
from datetime import date

from services.referral.people.database.people import People
from services.referral.people.domain.person import Person
from shared.unit_of_work import UnitOfWork


async def matching_people(
    work: UnitOfWork, nhs_number: str | None, name: str | None, born_on: date | None
) -> Sequence[Person]:
    """The NHS number decides where one is given; a name alone finds nobody. Ten at most."""
    return await People(work).matches(nhs_number, name, born_on)
