"""Gives each step of `record_steps.py` to the real command."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from services.referral.contacts.commands.correct_contact import CorrectContact, correct_contact
from services.referral.contacts.database.contacts import Contacts
from services.referral.database.contact_tables import contact
from services.referral.demonstration.record_steps import (
    AssessmentPutRight,
    BabyNamed,
    ConsentWithdrawn,
    DetailsKnown,
    FlagAdded,
    FlagReviewed,
    HandOverPlanned,
    LetterWritten,
    Paused,
    PregnancyLost,
    Restricted,
    Resumed,
    SessionPutRight,
    WorkGoesOn,
)
from services.referral.demonstration.taking import Taking
from services.referral.endings.commands.plan_hand_over import PlanHandOver, plan_hand_over
from services.referral.endings.commands.undo_discharge import UndoDischarge, undo_discharge
from services.referral.governance.commands.restrict_family import RestrictFamily, restrict_family
from services.referral.letters.commands.edit_letter import EditLetter, edit_letter
from services.referral.letters.commands.issue_letter import IssueLetter, issue_letter
from services.referral.letters.commands.write_letter import WriteLetter, write_letter
from services.referral.letters.database.letters import Letters
from services.referral.letters.domain.letter_kind import Audience, LetterKind
from services.referral.people.commands.add_safety_flag import AddSafetyFlag, add_safety_flag
from services.referral.people.commands.change_person import ChangePerson, change_person
from services.referral.people.commands.record_pregnancy_loss import RecordPregnancyLoss, record_pregnancy_loss
from services.referral.people.commands.review_safety_flag import ReviewSafetyFlag, review_safety_flag
from services.referral.people.commands.withdraw_consent import WithdrawConsent, withdraw_consent
from services.referral.people.database.families import Families
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.safety_flag import FlagDetails
from services.referral.support.commands.complete_assessment import CompleteAssessment, complete_assessment
from services.referral.support.commands.pause_episode import PauseEpisode, pause_episode
from services.referral.support.commands.resume_episode import ResumeEpisode, resume_episode
from services.referral.support.database.assessments import Assessments
from shared.contracts.slug import locality_name
from shared.kernel.identifiers import new_id

_GAP = re.compile(r"\[\[.*?\]\]")


async def _know_details(step: DetailsKnown, on: Taking) -> None:
    carer = (await Families(on.work).get(on.family_id)).carers[0]
    address = f"{step.street}\n{locality_name(on.work.team.slug)}"
    details = replace(carer.details, address=address, gp_practice=step.gp_practice)
    await change_person(ChangePerson(on.family_id, carer.id, carer.version, details), on.work)
    on.family.record = None


async def _name_baby(step: BabyNamed, on: Taking) -> None:
    baby = on.record.babies[0]
    details = replace(baby.details, name=step.name)
    await change_person(ChangePerson(on.family_id, baby.id, baby.version, details), on.work)
    on.family.record = on.record = await Families(on.work).get(on.family_id)


async def _add_flag(step: FlagAdded, on: Taking) -> None:
    details = FlagDetails(step.kind, None, on.work.today, step.review_on, step.source, step.note)
    on.family.flag = await add_safety_flag(AddSafetyFlag(on.family_id, details), on.work)


async def _review_flag(step: FlagReviewed, on: Taking) -> None:
    if on.family.flag is None:
        raise ValueError("this family has no flag")
    command = ReviewSafetyFlag(on.family_id, on.family.flag, 1, step.review_on, step.note)
    await review_safety_flag(command, on.work)


async def _withdraw_consent(step: ConsentWithdrawn, on: Taking) -> None:
    consents = await FamilyNotes(on.work).consents(on.family_id)
    one = next(one for one in consents if one.scope is step.scope and one.withdrawn_on is None)
    await withdraw_consent(WithdrawConsent(on.family_id, one.id, one.version), on.work)


async def _restrict(step: Restricted, on: Taking) -> None:
    command = RestrictFamily(on.family_id, step.reason, step.note, frozenset({on.lead_id}))
    await restrict_family(command, on.work)


async def _lose_pregnancy(step: PregnancyLost, on: Taking) -> None:
    baby = on.record.babies[0]
    command = RecordPregnancyLoss(on.family_id, baby.id, baby.version, step.outcome, step.ended_on)
    await record_pregnancy_loss(command, on.work)
    on.family.record = None


async def _pause(step: Paused, on: Taking) -> None:
    await pause_episode(PauseEpisode(on.episode_id, step.reason, on.work.today, step.note), on.work)


async def _resume(_step: Resumed, on: Taking) -> None:
    await resume_episode(ResumeEpisode(on.episode_id, on.work.today), on.work)


async def _plan_hand_over(step: HandOverPlanned, on: Taking) -> None:
    await plan_hand_over(PlanHandOver(on.episode_id, 0, step.details), on.work)


async def _write_letter(step: LetterWritten, on: Taking) -> None:
    letter_id = new_id()
    command = WriteLetter(letter_id, on.family.referral_id, step.kind, _recipient(step.kind, on))
    await write_letter(command, on.work)
    if not step.gap:
        return
    letter = await Letters(on.work).get(letter_id)
    seen = letter.version
    if letter.gaps:
        await edit_letter(EditLetter(letter_id, seen, _GAP.sub(step.gap, letter.text)), on.work)
        seen += 1
    await issue_letter(IssueLetter(letter_id, seen), on.work)


def _recipient(kind: LetterKind, on: Taking) -> str:
    if kind.audience is Audience.FAMILY:
        return str(on.carer_id)
    return "referrer" if kind.audience is Audience.REFERRER else "gp"


async def _put_session_right(step: SessionPutRight, on: Taking) -> None:
    newest = select(contact.c.id).where(contact.c.episode_id == on.episode_id, contact.c.attendance.is_not(None))
    contact_id = await on.work.session.scalar(newest.order_by(contact.c.held_on.desc(), contact.c.id.desc()).limit(1))
    if contact_id is None:
        raise ValueError("this family has no session")
    held = await Contacts(on.work).get_to_change(on.family_id, contact_id)
    day = held.details.held_on - timedelta(step.days_earlier)
    details = replace(held.details, minutes=step.minutes, held_on=day)
    await correct_contact(CorrectContact(contact_id, on.episode_id, held.version, details), on.work)


async def _put_assessment_right(_step: AssessmentPutRight, on: Taking) -> None:
    stored = await Assessments(on.work).of_episode(on.episode_id)
    if stored is None:
        raise ValueError("this family has no assessment")
    details = replace(stored.details, without_baseline=None)
    await complete_assessment(CompleteAssessment(on.episode_id, stored.version, details), on.work)


async def _go_on(step: WorkGoesOn, on: Taking) -> None:
    await undo_discharge(UndoDischarge(on.episode_id, step.reason), on.work)


HOW_RECORDED: Mapping[type[Any], Callable[[Any, Taking], Awaitable[None]]] = {
    DetailsKnown: _know_details,
    BabyNamed: _name_baby,
    FlagAdded: _add_flag,
    FlagReviewed: _review_flag,
    ConsentWithdrawn: _withdraw_consent,
    Restricted: _restrict,
    PregnancyLost: _lose_pregnancy,
    Paused: _pause,
    Resumed: _resume,
    HandOverPlanned: _plan_hand_over,
    LetterWritten: _write_letter,
    SessionPutRight: _put_session_right,
    AssessmentPutRight: _put_assessment_right,
    WorkGoesOn: _go_on,
}
