"""Agree with a colleague how they are supervised, from a day on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.consultation.staff.domain.capabilities import CAPABILITIES, LEAD_SUPERVISION
from services.consultation.supervision.database.agreements import Agreements, check_colleagues
from services.consultation.supervision.domain.supervision_agreement import SupervisionAgreement, Terms, check_experience
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AgreeSupervision:
    agreement_id: UUID
    supervisee_id: UUID
    experience_from: date
    """When their work with babies under two began, with any employer; it is of all their agreements."""
    terms: Terms


async def agree_supervision(command: AgreeSupervision, work: UnitOfWork) -> None:
    """From its first day on, which may be in the past, it takes the place of the agreement before it.

    Raises:
        NotAllowed: the actor is not the team lead.
        RuleBroken: a day, the share or a colleague is wrong, or an agreement begins on that day already.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_SUPERVISION)
    terms, whose = command.terms, command.supervisee_id
    check_experience(command.experience_from, work.today)
    terms.check(whose, work.today)
    await check_colleagues(work, {"supervisee": whose, "supervisor": terms.supervisor_id, "manager": terms.manager_id})
    await Agreements(work).add(SupervisionAgreement(command.agreement_id, whose, terms), command.experience_from)
    work.record("supervision.agree", whose)
