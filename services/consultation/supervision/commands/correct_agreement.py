"""Correct an agreement of supervision, or say when it ends."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.consultation.staff.domain.capabilities import CAPABILITIES, LEAD_SUPERVISION
from services.consultation.supervision.database.agreements import Agreements, check_colleagues
from services.consultation.supervision.domain.supervision_agreement import Terms, check_experience
from shared.staff.earlier_versions import keep_earlier_version
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CorrectAgreement:
    agreement_id: UUID
    expected_version: int
    experience_from: date
    terms: Terms


async def correct_agreement(command: CorrectAgreement, work: UnitOfWork) -> None:
    """What it replaces is kept; what was owed is reckoned again from its first day on.

    Raises:
        NotAllowed: the actor is not the team lead.
        NotFound: the team has no such agreement.
        Conflict: it was changed since it was seen.
        RuleBroken: a day, the share or a colleague is wrong, or another agreement begins on that day.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_SUPERVISION)
    agreements, terms = Agreements(work), command.terms
    agreement = await agreements.get_to_change(command.agreement_id)
    before = agreement.written()
    check_experience(command.experience_from, work.today)
    agreement.correct(terms, work.today, seen=command.expected_version)
    await check_colleagues(work, {"supervisor": terms.supervisor_id, "manager": terms.manager_id})
    await keep_earlier_version(work, "supervision_agreement", agreement.id, command.expected_version, before)
    await agreements.save(agreement, command.experience_from)
    work.record("supervision.correct_agreement", agreement.supervisee_id)
