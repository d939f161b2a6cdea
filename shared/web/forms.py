"""Forms: one class for one page. What was typed is kept, right or wrong, until all of it is right.

    class CarerForm(Form):
        name: Annotated[str, Line(missing="Enter the parent or carer's name")]
        born_on: Annotated[date | None, DateParts(future="Enter a date of birth that is in the past")]

    filled = await read_form(request, CarerForm)
    if filled.form is None:
        return render(request, "carer.html", status=422, filled=filled)

The page shows the inputs with the macros of `templates/form.html`, which find what was typed and what is wrong with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict
from starlette.requests import Request

from shared.kernel.clock import london_date
from shared.kernel.errors import Refusal, RuleBroken
from shared.web.form_body import INTENTION_FIELD, KEEP_FIELD, NUMBER_FIELD, TOO_FIELD, Fields, read_fields
from shared.web.permissions import CSRF_FIELD
from shared.web.questions import Circumstances, Question, WrongAnswer
from shared.web.typed_text import shown_again
from shared.web.when import When

_UNKNOWN_FIELD = "The form had something that this page does not ask for. Reload the page and try again."
_TOP_OF_PAGE = "maincontent"
_OF_EVERY_FORM = frozenset({CSRF_FIELD, INTENTION_FIELD, KEEP_FIELD, NUMBER_FIELD, TOO_FIELD})


class Form(BaseModel):
    """The answers of one page. Each field is annotated with its question.

    Its validator is built when it is first sent: a process has over a hundred, and most are rare.
    """

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", hide_input_in_errors=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.questions()

    @classmethod
    def questions(cls) -> dict[str, Question]:
        """Field → question.

        Raises:
            TypeError: a field has no question, or depends on one that does not stand before it.
        """
        found: dict[str, Question] = {}
        for name, about in cls.model_fields.items():
            questions = [item for item in about.metadata if isinstance(item, Question)]
            if len(questions) != 1:
                raise TypeError(f"{cls.__name__}.{name} needs one question: Annotated[str, Line(…)]")
            if (when := questions[0].applies) and when.question not in found:
                raise TypeError(f"{cls.__name__}.{name} depends on {when.question}, which does not stand before it")
            found[name] = questions[0]
        return found

    @classmethod
    def asks(cls, name: str, posted: Fields) -> bool:
        """Whether a question applies to what was answered before it."""
        when = cls.questions()[name].applies
        return when is None or (cls.asks(when.question, posted) and when.is_met(posted))

    @classmethod
    def most_bytes(cls) -> int:
        """That a browser may send of it: what each field accepts, the form accepts, and four times as much is kept.

        A character can have four bytes, and a byte is sent as three, such as %C3.
        """
        return 4 * 12 * sum(question.most_characters for question in cls.questions().values())

    def check(self) -> Iterator[tuple[str, str]]:
        """What is wrong with answers that are right one by one: pairs of field and sentence."""
        return iter(())

    def check_on(self, today: date) -> None:
        """What is wrong with them on that day, in Europe/London; raises RuleBroken."""


AnyForm = TypeVar("AnyForm", bound=Form)


@dataclass(frozen=True)
class FieldError:
    """A sentence, and the id of the input that it is about."""

    field: str
    sentence: str
    target: str


@dataclass(frozen=True)
class Filled(Generic[AnyForm]):
    """A form as someone filled it in. `form` is there when, and only when, there are no errors and no more to ask."""

    posted: Fields
    form: AnyForm | None = None
    errors: list[FieldError] = field(default_factory=list[FieldError])

    def value(self, name: str) -> str:
        """What is in the input; empty when nothing is."""
        return next(iter(self.values(name)), "")

    def values(self, name: str) -> list[str]:
        """What is ticked."""
        return [shown_again(value) for value in self.posted.get(name, [])]

    def has_answer(self, when: When) -> bool:
        """That makes another question apply."""
        return when.is_met(self.posted)

    def error(self, name: str) -> str | None:
        """The first sentence about the field."""
        return next((error.sentence for error in self.errors if error.field == name), None)

    def error_part(self, name: str) -> str | None:
        """The id of the input that the field's error is about."""
        return next((error.target for error in self.errors if error.field == name), None)

    def asks_more(self) -> Self:
        """The form when it is right so far, and the page goes on asking."""
        return replace(self, form=None)

    def refused(self, refusal: Refusal, *, field: str | None = None) -> Self:
        """The form with what the domain said of it: at the field, or at the top of the page.

        Args:
            field: the form's own, where the domain calls it otherwise.
        """
        name = refusal.field or "" if field is None else field
        target = name if name in self.posted else f"{name}-day" if f"{name}-day" in self.posted else _TOP_OF_PAGE
        return replace(self, form=None, errors=[*self.errors, FieldError(name, refusal.sentence, target)])


def blank(_form: type[AnyForm], answers: Mapping[str, str | list[str]] | None = None) -> Filled[AnyForm]:
    """The form before anyone filled it in, with what is known already."""
    given = answers or {}
    return Filled({name: [value] if isinstance(value, str) else value for name, value in given.items()})


async def read_form(request: Request, form: type[AnyForm]) -> Filled[AnyForm]:
    """The posted form.

    Raises:
        HTTPException: 400, 413 or 415 when it is not a form at all.
    """
    return fill_in(request, form, answers_in(await read_fields(request)))


def fill_in(request: Request, form: type[AnyForm], posted: Fields) -> Filled[AnyForm]:
    """The form from what was posted earlier, as it is read on the day of this request."""
    state = request.app.state
    circumstances = Circumstances(
        today=london_date(state.clock()), is_demonstration=state.settings.sign_in == "demonstration"
    )
    return fill(form, posted, circumstances)


def answers_in(posted: Fields) -> Fields:
    """The posted fields without those that every form has."""
    return {name: values for name, values in posted.items() if name not in _OF_EVERY_FORM}


def fill(form: type[AnyForm], posted: Fields, circumstances: Circumstances) -> Filled[AnyForm]:
    """The form from posted fields."""
    questions = form.questions()
    answers: dict[str, Any] = {}
    errors: list[FieldError] = []
    for name, question in questions.items():
        try:
            is_asked = form.asks(name, posted)
            answers[name] = question.read(name, posted, circumstances) if is_asked else question.needless(circumstances)
        except WrongAnswer as wrong:
            errors.append(FieldError(name, wrong.sentence, _target(name, question, wrong)))
        except RuleBroken as refusal:
            errors.append(FieldError(name, refusal.sentence, question.inputs(name)[0]))
    known = {name for field_name, question in questions.items() for name in question.inputs(field_name)}
    if not posted.keys() <= known:
        errors.append(FieldError("", _UNKNOWN_FIELD, _TOP_OF_PAGE))
    if errors:
        return Filled(posted, None, errors)
    filled = form.model_validate(answers)
    errors = [FieldError(name, text, questions[name].inputs(name)[0]) for name, text in filled.check()]
    return Filled(posted, None, errors) if errors else _checked_on_day(Filled(posted, filled), circumstances.today)


def _checked_on_day(filled: Filled[AnyForm], today: date) -> Filled[AnyForm]:
    try:
        if filled.form is not None:
            filled.form.check_on(today)
    except RuleBroken as refusal:
        return filled.refused(refusal)
    return filled


def _target(name: str, question: Question, wrong: WrongAnswer) -> str:
    return f"{name}-{wrong.part}" if wrong.part else question.inputs(name)[0]
