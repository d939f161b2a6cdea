"""A completion counts for nothing from now on, and its certificates say that they are withdrawn."""

from uuid import uuid5

from services.training.certificates.database.certificates import Certificates
from services.training.certificates.database.completions import Completions
from services.training.certificates.domain.certificate import SaidOf
from services.training.certificates.domain.completion import Completion
from services.training.courses.packs.courses import COURSES
from services.training.staff.database.tasks import Tasks
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.task import accreditation_page
from shared.contracts.certificate import CertificateWithdrawn, digest_of
from shared.contracts.training_task import TrainingTask


async def take_back_completion(one: Completion, why: str, work: TrainingWork, *, seen: int) -> None:
    """Publish TrainingWithdrawn, where others were told, and CertificateWithdrawn of each certificate.

    An accreditation that stood on it stands until the team lead, who is asked, withdraws it: whether the days were
    taught elsewhere is theirs to know.

    Who may is for the caller to know.

    Raises:
        Conflict: it was withdrawn before, or changed after the page was opened.
    """
    completions = Completions(work)
    colleague_id = await completions.colleague_of(one.person_id)
    withdrawn = one.withdraw(work.actor.id, why, colleague_id, work.now, seen=seen)
    if COURSES[one.course].leads_to_accreditation:
        one.version += 1  # others never heard of it
        await _ask_about_accreditation(one, work)
    else:
        work.publish(withdrawn, about=one)
    await completions.save(one)
    for digest in map(digest_of, await Certificates(work).withdraw(one.id)):
        told = CertificateWithdrawn(completion_id=one.id, digest=digest, withdrawn_on=work.today)
        work.publish(told, about=SaidOf(digest, 2))
    work.record("training.withdraw", one.id)


async def _ask_about_accreditation(one: Completion, work: TrainingWork) -> None:
    for accreditation_id in await Completions(work).accreditations_on(one.person_id, one.course, work.today):
        await Tasks(work).raise_task(
            one.person_id,
            TrainingTask.UNTAUGHT,
            about=uuid5(accreditation_id, str(one.id)),
            detail=f"{one.course.label}: the taught days were withdrawn, and the accreditation still holds.",
            more={"page": accreditation_page(one.person_id, one.course)},
        )
