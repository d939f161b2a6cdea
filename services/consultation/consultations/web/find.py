"""Find a consultation."""

from typing import Annotated

from fastapi import APIRouter

from services.consultation.consultations.queries.consultation_search import consultation_search
from services.consultation.staff.web.access import STAFF
from shared.staff.find_page import FindPage, add_find
from shared.web.forms import Form
from shared.web.questions import Line

router = APIRouter()


class FindConsultationForm(Form):
    text: Annotated[str, Line(missing="Enter an organisation, a topic or a family’s reference")]


FIND = FindPage(
    "/find", STAFF, FindConsultationForm, consultation_search, "consultations.find", "consultations/find.html"
)
add_find(router, FIND)
