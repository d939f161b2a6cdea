"""A certificate of a completion, in the name that its person has now, signed with the team's key."""

from services.training.certificates.database.certificates import Certificates
from services.training.certificates.database.team_keys import TeamKeys
from services.training.certificates.domain.certificate import Certificate, SaidOf
from services.training.certificates.domain.completion import Completion
from services.training.certificates.domain.signed_certificate import public_key
from services.training.staff.database.training_work import TrainingWork
from shared.contracts.certificate import CertificateIssued, CertificateKeyPublished, VerifyingKey, digest_of


async def issue_certificate(one: Completion, work: TrainingWork) -> Certificate:
    """Publish CertificateIssued, and the key before it where it is new: what is verified by it comes after it."""
    key = public_key(work.team.certificate_key)
    if await TeamKeys(work).add(work.team.slug, key):
        published = CertificateKeyPublished(key=VerifyingKey.of(key))
        work.publish(published, about=SaidOf(published.key.first, 0))
    certificate = await Certificates(work).issue(one, work.team)
    issued = CertificateIssued(
        completion_id=one.id,
        digest=digest_of(certificate.code),
        course=one.course,
        course_version=one.course_version,
        level=one.level,
        held_from=one.held_from,
        until_on=one.until_on,
    )
    work.publish(issued, about=SaidOf(issued.digest, 0))
    return certificate
