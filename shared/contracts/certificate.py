"""Events about certificates, each with what other teams' training may know of it: a digest, and no person.

A digest is of a certificate's code, which has 100 random bits: who has the paper can tell that a digest is its own, and
nobody can find a code, or a person, from a digest.
"""

from datetime import date
from hashlib import sha256
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.event import KeptInTheTeam, NetworkEvent, Payload
from shared.contracts.training import CourseLevel
from shared.contracts.training_codes import TrainingCourse

CourseVersionNumber = Annotated[int, Field(ge=1, le=1000)]


def digest_of(code: str) -> UUID:
    """SHA-256 of a certificate's code, cut to 128 bits."""
    return UUID(bytes=sha256(f"certificate {code}".encode()).digest()[:16])


class CertificateIssued(KeptInTheTeam):
    """Somebody who completed a course has a certificate of it."""

    type: ClassVar[str] = "uk.pairs.certificate.issued.v1"

    completion_id: UUID
    digest: UUID
    course: TrainingCourse
    course_version: CourseVersionNumber
    level: CourseLevel
    held_from: date
    until_on: date | None

    def for_network(self) -> "NetworkCertificateIssued":
        return NetworkCertificateIssued(
            digest=self.digest,
            course=self.course,
            course_version=self.course_version,
            level=self.level,
            held_from=self.held_from,
            until_on=self.until_on,
        )


class NetworkCertificateIssued(NetworkEvent):
    """Whoever brings the certificate of this digest has completed the course; counts while the day < `until_on`."""

    type: ClassVar[str] = "uk.pairs.network.certificate_issued.v1"

    digest: UUID
    course: TrainingCourse
    course_version: CourseVersionNumber
    level: CourseLevel
    held_from: date
    until_on: date | None


class CertificateWithdrawn(KeptInTheTeam):
    """A certificate counts for nothing."""

    type: ClassVar[str] = "uk.pairs.certificate.withdrawn.v1"

    completion_id: UUID
    digest: UUID
    withdrawn_on: date

    def for_network(self) -> "NetworkCertificateWithdrawn":
        return NetworkCertificateWithdrawn(digest=self.digest, withdrawn_on=self.withdrawn_on)


class NetworkCertificateWithdrawn(NetworkEvent):
    """Wherever this certificate was brought, it counts for nothing."""

    type: ClassVar[str] = "uk.pairs.network.certificate_withdrawn.v1"

    digest: UUID
    withdrawn_on: date


class CertificateReplaced(KeptInTheTeam):
    """A certificate was issued anew in another name; which one that is, is said to nobody."""

    type: ClassVar[str] = "uk.pairs.certificate.replaced.v1"

    completion_id: UUID
    digest: UUID
    replaced_on: date

    def for_network(self) -> "NetworkCertificateReplaced":
        return NetworkCertificateReplaced(digest=self.digest, replaced_on=self.replaced_on)


class NetworkCertificateReplaced(NetworkEvent):
    """What was learned counts on; whoever brings this certificate now is asked for the newer one."""

    type: ClassVar[str] = "uk.pairs.network.certificate_replaced.v1"

    digest: UUID
    replaced_on: date


class VerifyingKey(Payload):
    """An Ed25519 public key: 32 bytes in two halves, for an event has no room for a text."""

    first: UUID
    second: UUID

    @classmethod
    def of(cls, key: bytes) -> "VerifyingKey":
        """Raises ValueError when it has not 32 bytes."""
        return cls(first=UUID(bytes=key[:16]), second=UUID(bytes=key[16:]))

    @property
    def octets(self) -> bytes:
        return self.first.bytes + self.second.bytes


class CertificateKeyPublished(KeptInTheTeam):
    """From now on the team signs certificates with the key that belongs to this one; earlier keys go on verifying."""

    type: ClassVar[str] = "uk.pairs.certificate.key_published.v1"

    key: VerifyingKey

    def for_network(self) -> "NetworkKeyPublished":
        return NetworkKeyPublished(key=self.key)


class NetworkKeyPublished(NetworkEvent):
    """By this key the other teams verify what the team of the stream signs."""

    type: ClassVar[str] = "uk.pairs.network.key_published.v1"

    key: VerifyingKey
