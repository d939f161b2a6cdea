"""A consultation was entered by mistake."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.consultations.database.consultations import Consultations, conversion_of
from shared.contracts.consultation import ConsultationConverted, ConversionUndone
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class WithdrawConsultation:
    consultation_id: UUID
    expected_version: int
    why: str


async def withdraw_consultation(command: WithdrawConsultation, work: UnitOfWork) -> None:
    """Publish ConsultationWithdrawn; a referral that came of it stays, with ConversionUndone.

    Raises:
        NotFound: the team has no such consultation.
        NotAllowed, Conflict, RuleBroken: as the domain says.
    """
    consultations = Consultations(work)
    one = await consultations.get_to_change(command.consultation_id)
    work.publish(one.withdraw(command.why, work.actor.roles, seen=command.expected_version), about=one)
    await consultations.save(one)
    if (said := await work.said_of(conversion_of(one.id))) and said.type == ConsultationConverted.type:
        await work.publish_news(ConversionUndone(consultation_id=one.id), conversion_of(one.id))
    work.record("consultation.withdraw", one.id)
