"""Somebody has another name now: a new certificate, which nothing links to the old one for whoever checks that."""

from dataclasses import dataclass
from uuid import UUID

from services.training.certificates.database.certificates import Certificates
from services.training.certificates.database.completions import Completions
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from shared.kernel.errors import Conflict


@dataclass(frozen=True)
class ReissueCertificate:
    completion_id: UUID


async def reissue_certificate(command: ReissueCertificate, work: TrainingWork) -> None:
    """With the name that is on the register now.

    Raises:
        NotAllowed: the actor is not the team lead.
        NotFound: the team has no such completion.
        Conflict: it was withdrawn.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_RECORDS)
    one = await Completions(work).get_to_change(command.completion_id)
    if one.withdrawn_at:
        raise Conflict("training_withdrawn", "This was withdrawn, so no certificate is issued for it.")
    certificates = Certificates(work)
    old = await certificates.current(one.id)
    new = await certificates.issue(one, work.team)
    if old:
        await certificates.replace(old, new)
    work.record("certificate.reissue", one.id)
