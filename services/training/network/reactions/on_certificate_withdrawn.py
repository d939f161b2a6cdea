"""Another team has withdrawn a certificate: what was brought here counts for nothing, and nor does what is brought."""

from services.training.certificates.commands.take_back_completion import take_back_completion
from services.training.network.database.heard_certificates import HeardCertificates
from services.training.staff.database.training_work import TrainingWork
from shared.contracts.certificate import NetworkCertificateWithdrawn
from shared.inbox.reaction import Delivery

WHY = "Withdrawn by the team that gave it"


async def on_certificate_withdrawn(event: NetworkCertificateWithdrawn, delivery: Delivery, work: TrainingWork) -> None:
    certificates = HeardCertificates(work)
    await certificates.hear(delivery.team, event.digest, withdrawn_on=event.withdrawn_on)
    one = await certificates.completion(delivery.team, event.digest)
    if one is None or one.withdrawn_at:
        return
    await take_back_completion(one, WHY, work, seen=one.version)
