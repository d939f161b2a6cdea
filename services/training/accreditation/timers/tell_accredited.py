"""Every few seconds: an accreditation is another account's now, as records were joined or an account linked: told."""

from sqlalchemy import select

from services.training.accreditation.database.accreditations import Accreditations
from services.training.certificates.database.completions import Completions
from services.training.database.accreditation_tables import accreditation
from services.training.database.workforce_tables import person
from services.training.staff.database.training_work import TrainingUnits
from shared.kernel.actor import system


async def tell_accredited(units: TrainingUnits) -> int:
    """One at a time; gives 1, or 0 when everyone knows whose each is."""
    async with units.begin(system()) as work:
        wrong = (
            select(accreditation.c.id)
            .join(person, person.c.id == accreditation.c.person_id)
            .where(accreditation.c.withdrawn_at.is_(None))
            .where(accreditation.c.told_to.is_distinct_from(person.c.colleague_id))
        )
        accreditation_id = await work.session.scalar(wrong.limit(1))
        if accreditation_id is None:
            return 0
        accreditations = Accreditations(work)
        one = await accreditations.get_to_change(accreditation_id)
        work.publish(one.tell_holder(await Completions(work).colleague_of(one.person_id)), about=one)
        await accreditations.save(one)
        return 1
