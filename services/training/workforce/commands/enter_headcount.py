"""How many of a profession work in an organisation, as it says of a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.training.database.workforce_tables import headcount
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.organisations import Organisations
from shared.contracts.consultation_codes import Profession
from shared.contracts.workforce import HeadcountEntered
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork

MOST_PEOPLE = 100_000


@dataclass(frozen=True)
class EnterHeadcount:
    headcount_id: UUID
    organisation_id: UUID
    profession: Profession
    as_of: date
    people: int


async def enter_headcount(command: EnterHeadcount, work: UnitOfWork) -> None:
    """A later entry for the same day corrects the earlier one; both stay.

    Raises:
        NotAllowed, NotFound: as the organisation is.
        RuleBroken: the day is to come, or the number is none of people.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    if command.as_of > work.today:
        raise RuleBroken("headcount_day", "The day must be today or in the past.", field="as_of")
    if not 0 <= command.people <= MOST_PEOPLE:
        raise RuleBroken("headcount_people", f"Enter a number from 0 to {MOST_PEOPLE}.", field="people")
    organisations = Organisations(work)
    one = await organisations.get(command.organisation_id)
    values = {"id": command.headcount_id, "organisation_id": one.id, "profession": command.profession}
    counted = {"as_of": command.as_of, "people": command.people, "entered_by": work.actor.id, "entered_at": work.now}
    stored = insert(headcount).values(**values, **counted).on_conflict_do_nothing().returning(headcount.c.id)
    if await work.session.scalar(stored) is not None:
        event = HeadcountEntered(
            organisation_id=one.id,
            sector=one.sector,
            profession=command.profession,
            as_of=command.as_of,
            people=command.people,
        )
        work.publish(event, about=one)
        await organisations.save(one)
    work.record("headcount.enter", one.id)
