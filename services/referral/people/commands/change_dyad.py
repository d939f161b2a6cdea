"""Say what a carer is to a baby: relationship, part in the baby's life, parental responsibility, primary carer."""

from dataclasses import asdict, dataclass
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.database.messages import Messages
from services.referral.people.database.people import People, keep_person
from services.referral.people.domain.dyad import DyadDetails
from services.referral.staff.domain.capabilities import CAPABILITIES, JUDGE
from shared.staff.earlier_versions import keep_earlier_version
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ChangeDyad:
    family_id: UUID
    dyad_id: UUID
    expected_version: int
    """Of the dyad on the page that the actor corrected."""
    details: DyadDetails


async def change_dyad(command: ChangeDyad, work: UnitOfWork) -> None:
    """Keep the version before; a carer who is not safe to contact is marked so wherever they are on record.

    Raises:
        NotFound: this team has no such family, or it has no such dyad.
        NotAllowed: the actor neither practises nor leads the team.
        Conflict: the dyad was changed after the page was opened.
        RuleBroken: the baby would have no primary carer.
    """
    CAPABILITIES.check(work.actor.roles, JUDGE)
    families = Families(work)
    family = await families.get_to_change(command.family_id)
    before = {name: str(value) for name, value in asdict(family.dyad(command.dyad_id)).items()}
    changed = family.change_dyad(command.dyad_id, command.details, seen=command.expected_version)
    await keep_earlier_version(work, "dyad", changed.id, command.expected_version, before)
    await families.save_dyad(family, changed)
    carer = family.member(changed.carer_id).person
    if family.is_unsafe(carer.id) and not carer.contact_unsafe:
        await keep_person(work, carer)
        carer.mark_unsafe()
        await People(work).save(carer)
        await Messages(work).stop_to(carer.id)
    work.record("dyad.change", family.id)
