"""Every few minutes: an accreditation that counts no longer, by London’s day, is told once; not if it was renewed."""

from sqlalchemy import select

from services.training.accreditation.database.accreditations import Accreditations
from services.training.certificates.database.completions import Completions
from services.training.certificates.domain.refresh import has_expired
from services.training.database.accreditation_tables import accreditation
from services.training.staff.database.training_work import TrainingUnits
from shared.kernel.actor import system


async def expire_accreditations(units: TrainingUnits) -> int:
    """One at a time; gives 1, or 0 when none is due."""
    async with units.begin(system()) as work:
        is_due = accreditation.c.until_on <= work.today, accreditation.c.withdrawn_at.is_(None)
        due = select(accreditation.c.id).where(*is_due, accreditation.c.expired_told_at.is_(None))
        accreditation_id = await work.session.scalar(due.order_by(accreditation.c.until_on).limit(1))
        if accreditation_id is None:
            return 0
        accreditations = Accreditations(work)
        one = await accreditations.get_to_change(accreditation_id)
        expired = one.expire(await Completions(work).colleague_of(one.person_id), work.now)
        held = (await accreditations.on_the_way(one.person_id, one.course)).standing.held
        if held and has_expired(held, work.today):
            work.publish(expired, about=one)
            work.record("accreditation.expire", one.person_id)
        await accreditations.save(one)
        return 1
