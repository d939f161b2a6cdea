"""What a browser would send of a form as it was found on its page, once each question that must be answered has one."""

from datetime import date

from shared.staff.form_routes import FormEntry
from shared.testing.forms_in_page import Fields, FormInPage
from shared.web.date_question import DateParts
from shared.web.form_body import TOO_FIELD
from shared.web.questions import EmailAddress, Question, WholeNumber, YesOrNo
from shared.web.time_question import TimeOfDay
from shared.web.typed_day_question import TypedDay

WORDS = "Words of a test that stand on one page only."


def usual_answer(form: FormEntry, found: FormInPage, today: date) -> Fields:
    """The first answer that each offers, or words."""
    answer = dict(found.fields)
    for name, question in form.page.form.questions().items():
        inputs = question.inputs(name)
        if question.missing and not any(any(answer.get(one, [])) for one in inputs):
            answer |= zip(inputs, _usual(question, found.offers.get(name, []), today), strict=True)
    answer.pop("file", None)
    if form.page.alike:
        answer[TOO_FIELD] = ["yes"]  # the record may have one of that day
    return answer


def _usual(question: Question, offers: list[str], today: date) -> list[list[str]]:
    if isinstance(question, DateParts):
        return [[str(part)] for part in (today.day, today.month, today.year)]
    if isinstance(question, YesOrNo):
        return [["no"]]
    if isinstance(question, WholeNumber):
        return [[str(max(question.least, 1))]]
    said: dict[type, str] = {EmailAddress: "one@place.example", TimeOfDay: "14:00", TypedDay: f"{today:%d/%m/%Y}"}
    return [[said.get(type(question)) or next((one for one in offers if one), WORDS)]]
