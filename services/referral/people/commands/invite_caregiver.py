"""A parent or carer was invited in their own right: a dad is never "the plus one" of another invitation."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.contracts.family import CaregiverInvited
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class InviteCaregiver:
    family_id: UUID
    person_id: UUID
    invited_on: date


async def invite_caregiver(command: InviteCaregiver, work: UnitOfWork) -> None:
    """Publish CaregiverInvited.

    Raises:
        NotFound: this team has no such family, or nobody in it has that id.
        NotAllowed: the actor does not work in the team.
        Conflict: they were invited already.
        RuleBroken: they are no carer, are not safe to contact, have died, or the day is to come.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    families = Families(work)
    family = await families.get_to_change(command.family_id)
    group = family.invite(command.person_id, command.invited_on, work.today)
    work.publish(CaregiverInvited(family_id=family.id, group=group), about=family)
    await families.save_invitation(family, command.person_id, command.invited_on)
    await families.save(family)
    work.record("carer.invite", family.id)
