"""The referral that a consultation led to was taken in: the region hears within how many days."""

from sqlalchemy.dialects.postgresql import insert

from services.consultation.consultations.database.consultations import Consultations, conversion_of
from services.consultation.database.tables import referral
from shared.contracts.referral import ConsultationReferred
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork


async def on_consultation_referred(event: ConsultationReferred, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    said = {"reference_year": event.reference_year, "reference_number": event.reference_number}
    row = insert(referral).values(consultation_id=event.consultation_id, id=event.referral_id, **said)
    await work.session.execute(row.on_conflict_do_nothing())
    one = await Consultations(work).get_to_change(event.consultation_id)
    if converted := one.convert(event.referral_id, event.received_on or work.today):
        await work.publish_news(converted, conversion_of(one.id))
