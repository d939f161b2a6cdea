"""Somebody has another name now: a new certificate, which nothing links to the old one for whoever checks that."""

from dataclasses import dataclass
from uuid import UUID

from services.training.certificates.commands.issue_certificate import issue_certificate
from services.training.certificates.database.certificates import Certificates
from services.training.certificates.database.completions import Completions
from services.training.certificates.domain.certificate import SaidOf
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from shared.contracts.certificate import CertificateReplaced, digest_of
from shared.kernel.errors import Conflict


@dataclass(frozen=True)
class ReissueCertificate:
    completion_id: UUID


async def reissue_certificate(command: ReissueCertificate, work: TrainingWork) -> None:
    """With the name that is on the register now. Publish CertificateIssued and CertificateReplaced.

    Raises:
        NotAllowed: the actor is not the team lead.
        NotFound: the team has no such completion.
        Conflict: it was withdrawn.
        RuleBroken: another team gave it.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_RECORDS)
    one = await Completions(work).get_to_change(command.completion_id)
    if one.withdrawn_at:
        raise Conflict("training_withdrawn", "This was withdrawn, so no certificate is issued for it.")
    certificates = Certificates(work)
    old = await certificates.current(one.id)
    new = await issue_certificate(one, work)
    if old:
        await certificates.replace(old, new)
        digest = digest_of(old.code)
        replaced = CertificateReplaced(completion_id=one.id, digest=digest, replaced_on=work.today)
        work.publish(replaced, about=SaidOf(digest, 1))
    work.record("certificate.reissue", one.id)
