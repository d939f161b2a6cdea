"""A certificate that somebody brings from another team: what it says, and whether it counts here."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.training.certificates.domain.completion import Completion
from services.training.certificates.domain.signed_certificate import Claims
from shared.contracts.certificate import digest_of
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.calendar import date_words
from shared.kernel.errors import RuleBroken


@dataclass(frozen=True)
class Taught:
    """What another team says that somebody learned there."""

    course: TrainingCourse
    course_version: int
    level: int
    held_from: date
    until_on: date | None


@dataclass(frozen=True)
class HeardCertificate:
    """What is known here of a certificate of another team, by its digest."""

    team: str
    digest: UUID
    taught: Taught | None = None
    """None: only its end was heard, or nothing yet."""
    withdrawn_on: date | None = None
    replaced_on: date | None = None

    def check_counts(self) -> None:
        """Raises RuleBroken when its team has withdrawn or replaced it."""
        if self.withdrawn_on:
            sentence = f"The team that gave it withdrew this certificate on {date_words(self.withdrawn_on)}."
            raise RuleBroken("certificate_withdrawn", sentence, field="code")
        if self.replaced_on:
            sentence = f"It was replaced by a newer one on {date_words(self.replaced_on)}. Ask them for that one."
            raise RuleBroken("certificate_replaced", sentence, field="code")


@dataclass(frozen=True)
class Job:
    """What somebody works as: a completion counts for the profession that they have when it is recorded."""

    sector: SourceGroup
    profession: Profession


def taught_by(claims: Claims) -> Taught:
    return Taught(claims.course, claims.course_version, claims.level, claims.held_from, claims.until_on)


def heard_from(claims: Claims) -> HeardCertificate:
    return HeardCertificate(claims.team, digest_of(claims.code), taught_by(claims))


def brought_completion(
    completion_id: UUID, person_id: UUID, heard: HeardCertificate, job: Job, now: datetime
) -> Completion:
    """What counts here. Raises RuleBroken when its team has told nothing of it yet."""
    if (taught := heard.taught) is None:
        raise unheard()
    return Completion(
        completion_id,
        person_id,
        taught.course,
        taught.level,
        taught.course_version,
        None,
        None,
        job.sector,
        job.profession,
        0,
        0,
        taught.held_from,
        taught.until_on,
        now,
        delivered_by=heard.team,
        digest=heard.digest,
    )


def unheard() -> RuleBroken:
    sentence = "No team of the network has told of this code. Check it, or paste the signed copy instead."
    return RuleBroken("certificate_unheard", sentence, field="code")
