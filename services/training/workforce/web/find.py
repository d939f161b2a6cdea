"""Find a person."""

from typing import Annotated

from fastapi import APIRouter

from services.training.staff.web.access import STAFF
from services.training.workforce.queries.people_search import people_search
from shared.staff.find_page import FindPage, add_find
from shared.web.forms import Form
from shared.web.questions import Line

router = APIRouter()


class FindForm(Form):
    text: Annotated[str, Line(missing="Enter a name, an email or a staff number")]


FIND = FindPage("/find", STAFF, FindForm, people_search, "people.find", "workforce/find.html")
add_find(router, FIND)
