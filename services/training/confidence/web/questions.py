"""The questions before, after and three months on, by the address of the booking; and what a cohort answered."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.training.confidence.commands.answer_questions import AnswerQuestions, answer_questions
from services.training.confidence.domain.questionnaire import Moment, Stem
from services.training.confidence.queries.cohort_confidence import cohort_confidence
from services.training.confidence.web.forms.questions import QUESTIONS, QUESTIONS_AND_BACK, QuestionsForm
from services.training.places.database.bookings import Bookings
from services.training.places.queries.booking_record import BookingRecord, booking_record
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.web.access import STAFF
from shared.kernel.actor import Actor
from shared.staff.answer_words import Ask
from shared.staff.does import does
from shared.staff.form_page import FormPage, Site
from shared.staff.form_routes import add_forms
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render
from shared.web.permissions import PUBLIC

router = APIRouter()


@dataclass(frozen=True)
class QuestionSite:
    record: BookingRecord

    @property
    def root(self) -> str:
        return f"/place/{self.record.booking.secret}"


async def _read(work: UnitOfWork, secret: str) -> QuestionSite:
    booking = await Bookings(work).by_secret(secret)
    work.record("booking.open_link", booking.id)
    return QuestionSite(await booking_record(work, booking))


def _page(
    moment: Moment, heading: str, form: type[QuestionsForm]
) -> FormPage[QuestionSite, QuestionsForm, TrainingWork]:
    def shows(site: QuestionSite) -> dict[str, Any]:
        return {
            "record": site.record,
            "root": site.root,
            "stems": list(Stem),
            "heading": heading,
            "looks_back": form is QUESTIONS_AND_BACK,
            "is_answered": moment.value in site.record.answered,
            "numbers": range(11),
        }

    return FormPage(
        path=f"/place/{{secret}}/{moment.value.replace('_', '-')}",
        may=PUBLIC,
        site=Site(_read, lambda site: {"back": site.root}),
        form=form,
        title=heading,
        template="confidence/questions.html",
        shows=shows,
        asks={stem.value: Ask(stem.label) for stem in Stem},
        store=does(
            answer_questions,
            lambda sent: AnswerQuestions(
                sent.place.record.booking.id, moment, sent.form.points, sent.form.then, sent.form.words or ""
            ),
        ),
        to=lambda site: site.root,
    )


add_forms(
    router,
    _page(Moment.BEFORE, "Before you come", QUESTIONS),
    _page(Moment.AFTER, "How was it?", QUESTIONS_AND_BACK),
    _page(Moment.THREE_MONTHS, "Three months on", QUESTIONS),
)


@router.get("/cohorts/{cohort_id}/answers")
async def show_answers(request: Request, cohort_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        found = await cohort_confidence(work, cohort_id)
        work.record("confidence.read", cohort_id)
    return render(request, "confidence/answers.html", found=found, back=f"/cohorts/{cohort_id}")
