"""Another team has issued a certificate: whoever brings its code here is known by it."""

from services.training.network.database.heard_certificates import HeardCertificates
from services.training.staff.database.training_work import TrainingWork
from shared.contracts.certificate import NetworkCertificateIssued
from shared.inbox.reaction import Delivery


async def on_certificate_issued(event: NetworkCertificateIssued, delivery: Delivery, work: TrainingWork) -> None:
    said = event.model_dump(exclude={"digest"})
    await HeardCertificates(work).hear(delivery.team, event.digest, **said)
