"""Another team has withdrawn a certificate: what was brought here counts for nothing, and nor does what is brought."""

from services.training.certificates.database.completions import Completions
from services.training.network.database.heard_certificates import HeardCertificates
from services.training.staff.database.training_work import TrainingWork
from shared.contracts.certificate import NetworkCertificateWithdrawn
from shared.inbox.reaction import Delivery

WHY = "Withdrawn by the team that gave it"


async def on_certificate_withdrawn(event: NetworkCertificateWithdrawn, delivery: Delivery, work: TrainingWork) -> None:
    certificates, completions = HeardCertificates(work), Completions(work)
    await certificates.hear(delivery.team, event.digest, withdrawn_on=event.withdrawn_on)
    one = await certificates.completion(delivery.team, event.digest)
    if one is None or one.withdrawn_at:
        return
    colleague_id = await completions.colleague_of(one.person_id)
    work.publish(one.withdraw(work.actor.id, WHY, colleague_id, work.now, seen=one.version), about=one)
    await completions.save(one)
    work.record("training.withdraw", one.id)
