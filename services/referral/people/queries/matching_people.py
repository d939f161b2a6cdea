"""People on record who answer to an NHS number, or to exactly a name and a date of birth."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.people.database.people import People
from services.referral.people.domain.person import Person


async def matching_people(
    session: AsyncSession, nhs_number: str | None, name: str | None, born_on: date | None
) -> Sequence[Person]:
    """The NHS number decides where one is given; a name alone finds nobody. Ten at most."""
    return await People(session).exact_matches(nhs_number, name, born_on)
