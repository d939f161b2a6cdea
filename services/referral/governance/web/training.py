"""A training that the team lead puts on a colleague's record."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter

from services.referral.people.web.people_words import DAY
from services.referral.staff.domain.capabilities import LEAD_WORK
from services.referral.staff.web.access import LEAD
from services.referral.support.commands.record_training import RecordTraining, record_training
from services.referral.support.queries.colleague_trainings import colleague_name
from services.referral.support.web.forms.training import TrainingForm
from shared.kernel.errors import NotFound
from shared.staff.answer_words import Ask
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter()


@dataclass(frozen=True)
class Trainee:
    """A colleague who holds a training."""

    id: UUID
    name: str


async def _read(work: UnitOfWork, colleague_id: UUID) -> Trainee:
    if (name := await colleague_name(work.session, colleague_id)) is None:
        raise NotFound("colleague_not_found", "Nobody of this team has that address. Look for them among colleagues.")
    work.record("colleagues.read", colleague_id)
    return Trainee(colleague_id, name)


TRAINING = Screen(
    path="/colleagues/{colleague_id}/training",
    may=LEAD,
    capability=LEAD_WORK,
    site=Site(_read, lambda _: {"back": "/colleagues"}),
    form=TrainingForm,
    title="Add a training",
    about=lambda place: place.name,
    asks={
        "course": Ask("Training"),
        "held_from": Ask("Completed on", DAY),
        "until_on": Ask(
            "Counts until", "The first day on which it does not count any more. Leave this empty if it does not end."
        ),
    },
    store=does(record_training, lambda sent: RecordTraining(sent.place.id, sent.form.held)),
    button="Add the training",
)

add_forms(router, TRAINING)
