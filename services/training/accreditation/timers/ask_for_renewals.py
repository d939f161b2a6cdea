"""Every hour: an accreditation whose renewal has become due, as all its cases are signed off, is asked for once."""

from sqlalchemy import select

from services.training.accreditation.database.accreditations import Accreditations
from services.training.accreditation.database.asking import ask_to_grant
from services.training.accreditation.domain.accreditation import RENEWS_WITHIN
from services.training.database.accreditation_tables import accreditation
from services.training.staff.database.training_work import TrainingUnits
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.actor import system


async def ask_for_renewals(units: TrainingUnits) -> int:
    """Gives how many somebody is asked for now."""
    async with units.begin(system()) as work:
        near = accreditation.c.until_on > work.today, accreditation.c.until_on <= work.today + RENEWS_WITHIN
        own = select(accreditation.c.person_id, accreditation.c.course).where(*near)
        rows = (await work.session.execute(own.where(accreditation.c.withdrawn_at.is_(None)).distinct())).all()
        ways = [await Accreditations(work).on_the_way(row.person_id, TrainingCourse(row.course)) for row in rows]
        return sum([await ask_to_grant(way, work) for way in ways])
