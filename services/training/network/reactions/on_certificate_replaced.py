"""Another team has issued a certificate in another name: what was brought here counts on."""

from services.training.network.database.heard_certificates import HeardCertificates
from services.training.staff.database.training_work import TrainingWork
from shared.contracts.certificate import NetworkCertificateReplaced
from shared.inbox.reaction import Delivery


async def on_certificate_replaced(event: NetworkCertificateReplaced, delivery: Delivery, work: TrainingWork) -> None:
    await HeardCertificates(work).hear(delivery.team, event.digest, replaced_on=event.replaced_on)
