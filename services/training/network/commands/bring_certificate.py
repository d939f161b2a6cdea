"""Somebody of this team's place learned in another team's course: their certificate counts here from now on."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.training.certificates.database.completions import Completions
from services.training.certificates.database.team_keys import TeamKeys
from services.training.certificates.domain.certificate import code_in, is_same_surname
from services.training.certificates.domain.signed_certificate import Claims, read_signed
from services.training.courses.packs.courses import COURSES
from services.training.network.database.heard_certificates import HeardCertificates
from services.training.network.domain.brought_certificate import (
    HeardCertificate,
    brought_completion,
    heard_from,
    unheard,
)
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.people import People
from services.training.workforce.domain.person import Person
from shared.contracts.certificate import digest_of
from shared.kernel.errors import Conflict, RuleBroken


@dataclass(frozen=True)
class BringCertificate:
    completion_id: UUID
    person_id: UUID
    code: str = ""
    """As it is on the paper."""
    signed: str = ""
    """The signed copy, which says all by itself; a code is one of which its team has told."""


async def bring_certificate(command: BringCertificate, work: TrainingWork) -> None:
    """Publish TrainingCompleted with the team that delivered it. Brought twice, it counts once.

    Raises:
        NotAllowed, NotFound: the register has no such person.
        RuleBroken: nobody told of the code, the signed copy is nobody's, its team withdrew or replaced it, it is of
            another name or of this team, or they have no job here.
        Conflict: somebody else brought it.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    one = await People(work).get_to_change(command.person_id)
    heard = await _heard(command, one, work)
    heard.check_counts()
    certificates = HeardCertificates(work)
    if (before := await certificates.completion(heard.team, heard.digest)) is not None:
        return _check_same(before.person_id, one, is_withdrawn=before.withdrawn_at is not None)
    if (job := await certificates.job(one.id)) is None:
        raise RuleBroken("person_no_job", "They have no job here now. Add the job first: it counts for that.")
    new = brought_completion(command.completion_id, one.id, heard, job, work.now)
    if await certificates.is_held(new):
        raise RuleBroken("training_held", "They hold this course from that day already.")
    if COURSES[new.course].leads_to_accreditation:
        new.version += 1  # others hear of the accreditation, when it is granted
    else:
        work.publish(new.completed(one.colleague_id), about=new)
    await Completions(work).add(new)
    work.record("certificate.bring", new.id)
    return None


async def _heard(command: BringCertificate, one: Person, work: TrainingWork) -> HeardCertificate:
    certificates, code = HeardCertificates(work), code_in(command.code)
    if command.signed:
        claims = await _verified(command.signed, one, work)
        told = heard_from(claims)
        if claims.team == work.team.slug:
            raise _own()
        return replace(await certificates.lock(told.team, told.digest), taught=told.taught)
    if await certificates.is_own(code):
        raise _own()
    digest = digest_of(code)
    if (team := await certificates.team_of(digest)) is None:
        raise unheard()
    return await certificates.lock(team, digest)


async def _verified(signed: str, one: Person, work: TrainingWork) -> Claims:
    claims = read_signed(signed, await TeamKeys(work).of())
    if claims is None:
        sentence = "No team of the network has signed this. Copy all of the text in the file, and nothing else."
        raise RuleBroken("certificate_signature", sentence, field="signed")
    names = [one.family_name, *(name.rpartition(" ")[2] for name in one.earlier_names)]
    if not any(is_same_surname(claims.family_name, name) for name in names):
        sentence = f"It was given to {claims.name}, and they have that surname neither now nor among earlier names."
        raise RuleBroken("certificate_name", sentence, field="signed")
    return claims


def _check_same(whose: UUID, one: Person, *, is_withdrawn: bool) -> None:
    if whose != one.id:
        raise Conflict("certificate_taken", "Someone else brought this certificate. See who holds the course.")
    if is_withdrawn:
        raise Conflict("training_withdrawn", "This was withdrawn before.")


def _own() -> RuleBroken:
    return RuleBroken("certificate_own", "This team gave it: it counts already.", field="code")
