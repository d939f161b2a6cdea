"""A pregnancy on record ended without a live birth: in the same moment, nothing more is sent to the family."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.database.people import People, keep_person
from services.referral.people.database.silence import silence
from services.referral.people.domain.loss import check_outcome
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.contracts.family import PregnancyEnded
from shared.contracts.pathway_codes import PregnancyOutcome
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecordPregnancyLoss:
    family_id: UUID
    person_id: UUID
    expected_version: int
    """Of the person on the page that the actor wrote on."""
    outcome: PregnancyOutcome
    ended_on: date


async def record_pregnancy_loss(command: RecordPregnancyLoss, work: UnitOfWork) -> None:
    """Publish PregnancyEnded; queued messages are stopped, and none is queued until someone says so.

    Raises:
        NotFound: this team has no such family, or nobody in it has that id.
        NotAllowed: the actor does not work in the team.
        Conflict: the person was changed after the page was opened.
        RuleBroken: the baby is not expected any more, or the day or the outcome cannot be right.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    families = Families(work)
    family = await families.get_to_change(command.family_id)
    person = family.member(command.person_id).person
    person.check_seen(command.expected_version)
    check_outcome(command.outcome, [baby for baby in family.babies if not baby.is_lost])
    await keep_person(work, person)
    person.be_lost(command.outcome, command.ended_on, work.today)
    await People(work).save(person)
    ended = PregnancyEnded(family_id=family.id, person_id=person.id, outcome=command.outcome)
    await silence(family, work)
    work.publish(ended, about=family)
    await families.save(family)
    work.record("loss.record", family.id)
