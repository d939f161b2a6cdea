"""A number, a date, a postcode, an address is read in one way wherever it is asked: by the index of the forms."""

import pkgutil
import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Any, get_args

import pytest

import services
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import EmailAddress, Line, NhsNumber, Postcode, Question, Telephone, Text, YesOrNo
from shared.web.typed_day_question import TypedDay

READERS: list[tuple[str, tuple[type[Question], ...]]] = [
    (r"(^|_)(phone|telephone|mobile)(_number)?$", (Telephone,)),
    (r"(^|_)e?mail(_address)?$", (EmailAddress,)),
    (r"(^|_)postcode$", (Postcode,)),
    (r"(^|_)nhs_number$", (NhsNumber,)),
]


def every_form() -> list[type[Form]]:
    for module in pkgutil.walk_packages(services.__path__, "services."):
        if ".web" in module.name and ".migrations" not in module.name:
            import_module(module.name)
    found, todo = set[type[Form]](), [Form]
    while todo:
        for one in todo.pop().__subclasses__():
            if one not in found and one.__module__.startswith("services."):
                found.add(one)
                todo.append(one)
    return sorted(found, key=lambda form: (form.__module__, form.__qualname__))


FORMS = every_form()


def asked(form: type[Form]) -> Iterator[tuple[str, Question, Any]]:
    for name, question in form.questions().items():
        yield name, question, form.model_fields[name].annotation


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__qualname__)
def test_what_is_asked_is_read_by_its_reader(form: type[Form]) -> None:
    wrong: list[str] = []
    for name, question, kind in asked(form):
        for pattern, readers in READERS:
            if re.search(pattern, name) and not isinstance(question, (*readers, YesOrNo)):
                wrong.append(f"{name} is a {type(question).__name__}")
        is_day = (kind is date or date in get_args(kind)) and name != "month"
        if is_day and not isinstance(question, DateParts | TypedDay):
            wrong.append(f"{name} is a {type(question).__name__}")
        if isinstance(question, Text) and question.is_figures:
            wrong.append(f"{name} is words")

    assert wrong == []


def test_there_are_forms_with_each_kind_of_answer() -> None:
    kinds = {type(question) for form in FORMS for _, question, _ in asked(form)}

    assert {Telephone, EmailAddress, Postcode, NhsNumber, DateParts, TypedDay, Line} <= kinds
