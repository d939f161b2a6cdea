"""The kinds of question that a form can ask, and the sentence for each thing that can be wrong with an answer.

    class CarerForm(Form):
        name: Annotated[str, Line(missing="Enter the parent or carer's name")]
        postcode: Annotated[str | None, Postcode()]

An answer with no `missing` sentence may be left out, and is then None (a set of codes is then empty). What is given is
given once: a repeated field is wrong, never "the last one wins". Dates are in `shared.web.date_question`.

    team: Annotated[str | None, Line(missing="Write which team", applies=When("ending", Ending.TRANSFERRED))]

is asked, and must be answered, where the answer before it says so; what it holds otherwise is not read.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.nhs_number import is_invented, parse_nhs_number
from shared.kernel.postcode import parse_postcode
from shared.kernel.telephone import read_telephones
from shared.web.form_body import Fields
from shared.web.typed_text import Unacceptable, clean, without_unseen
from shared.web.when import NO, YES, When


class WrongAnswer(Exception):
    """The sentence tells what to enter; `part` is the one of several inputs that it is about."""

    def __init__(self, sentence: str, part: str = "") -> None:
        super().__init__()
        self.sentence = sentence
        self.part = part


@dataclass(frozen=True)
class Circumstances:
    """What an answer's meaning depends on, besides its words."""

    today: date
    """In Europe/London."""
    is_demonstration: bool


@dataclass(frozen=True, kw_only=True)
class Question(ABC):
    """One question on a form: from one input, or from several that belong together."""

    missing: str = ""
    """The sentence when there is no answer; empty: it may be left out."""
    applies: When | None = None
    """When it is asked; None: always. Where it does not apply, its answer is that of a question left out."""
    is_hidden: bool = False
    """The page holds the answer without showing it."""

    def inputs(self, field: str) -> tuple[str, ...]:
        """The names of its inputs."""
        return (field,)

    @property
    def most_characters(self) -> int:
        """That its inputs may have; what is longer is refused, and kept."""
        return 1000

    @abstractmethod
    def read(self, field: str, posted: Fields, circumstances: Circumstances) -> Any:
        """The answer.

        Raises:
            WrongAnswer: it is missing or wrong.
        """

    def needless(self, circumstances: Circumstances) -> Any:
        """The answer where it does not apply, whatever its inputs hold."""
        return replace(self, missing="").read("", {}, circumstances)

    def left_out(self) -> None:
        """The answer None, where that is allowed."""
        if self.missing:
            raise WrongAnswer(self.missing)


@dataclass(frozen=True, kw_only=True)
class Line(Question):
    """One line of text."""

    longest: int = 100
    """Characters."""
    hidden: str = "Type this again: it has characters that cannot be seen"
    wrong: str = "Enter this again, as in the example"
    is_figures: bool = False
    """A number or a code, which is copied from elsewhere with marks that nobody sees."""

    @property
    def most_characters(self) -> int:
        return self.longest

    def read(self, field: str, posted: Fields, circumstances: Circumstances) -> Any:
        given = single(posted.get(field, []))
        try:
            text = clean(without_unseen(given) if self.is_figures else given, self.longest)
        except Unacceptable as problem:
            too_long = f"Use {self.longest} characters or fewer"
            raise WrongAnswer(too_long if problem.args == ("long",) else self.hidden) from None
        return self.understand(text, circumstances) if text else self.left_out()

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        """The value of an answer that is there."""
        if "\n" in text:
            raise WrongAnswer(self.hidden)
        return " ".join(text.split())


@dataclass(frozen=True, kw_only=True)
class Text(Line):
    """Several lines of text."""

    longest: int = 4000

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        return text


@dataclass(frozen=True, kw_only=True)
class NhsNumber(Line):
    """Ten digits, with or without spaces; gives the digits only. A demonstration takes 999 numbers and no others."""

    wrong: str = "Enter the NHS number again: it has 10 digits, for example 999 000 0018"
    only_invented: str = "This is a demonstration: use an invented NHS number, which starts with 999"
    is_figures: bool = True
    not_invented: str = "NHS numbers that start with 999 are for tests: enter the person's own, or leave it out"

    def understand(self, text: str, circumstances: Circumstances) -> Any:
        number = parse_nhs_number(text)
        if number is None:
            raise WrongAnswer(self.wrong)
        if is_invented(number) is not circumstances.is_demonstration:
            raise WrongAnswer(self.only_invented if circumstances.is_demonstration else self.not_invented)
        return number


@dataclass(frozen=True, kw_only=True)
class Postcode(Line):
    """In capitals with one space."""

    wrong: str = "Enter a full postcode, for example FY1 9ZZ"
    is_figures: bool = True

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        return parse_postcode(text) or _wrong(self.wrong)


_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}")


@dataclass(frozen=True, kw_only=True)
class EmailAddress(Line):
    """Only its form is checked."""

    longest: int = 254
    wrong: str = "Enter an email address like name@example.org"
    is_figures: bool = True

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        address = _address(text)
        return address if _EMAIL.fullmatch(address) and ".." not in address else _wrong(self.wrong)


def _address(text: str) -> str:
    """`Ola Sample <ola@example.org>` and `mailto:ola@example.org.`, as they are copied, without what is around it."""
    inside = re.fullmatch(r"[^<>\n]*<([^<>\s]+)>", text)
    return (inside[1] if inside else text).removeprefix("mailto:").rstrip(".,;")


@dataclass(frozen=True, kw_only=True)
class Telephone(Line):
    """One number or several, with their extensions, as `shared.kernel.telephone` keeps them."""

    wrong: str = "Enter a UK phone number, like 07700 900 982"
    is_figures: bool = True

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        return read_telephones(text) or _wrong(self.wrong)


@dataclass(frozen=True, kw_only=True)
class WholeNumber(Line):
    """A number of things, such as minutes."""

    least: int = 0
    most: int = 1000
    wrong: str = "Enter a whole number, in figures"
    is_figures: bool = True

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        if re.fullmatch(r"[0-9]{1,9}", text) is None:
            raise WrongAnswer(self.wrong)
        if not self.least <= int(text) <= self.most:
            raise WrongAnswer(f"Enter a number from {self.least} to {self.most}")
        return int(text)


RELOAD = "Reload the page and enter it again"
Version = Annotated[int, WholeNumber(missing=RELOAD, most=1_000_000, is_hidden=True)]
"""Of the record that the page shows; another one now means that someone changed it since."""


@dataclass(frozen=True, kw_only=True)
class Identifier(Line):
    """The id of a record: one of a list, or hidden in the page."""

    wrong: str = "Choose one from the list"

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        try:
            return UUID(text)
        except ValueError:
            raise WrongAnswer(self.wrong) from None


@dataclass(frozen=True, kw_only=True)
class YesOrNo(Line):
    """Radios with the values `yes` and `no`; gives True or False. For one checkbox, leave `missing` out."""

    wrong: str = "Choose yes or no"

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        return text == YES if text in {YES, NO} else _wrong(self.wrong)


@dataclass(frozen=True, kw_only=True)
class OneCode(Line):
    """One of a closed list."""

    of: type[Code]
    wrong: str = "Choose one from the list"

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        try:
            return self.of(text)
        except ValueError:
            raise WrongAnswer(self.wrong) from None


@dataclass(frozen=True, kw_only=True)
class SeveralCodes(Question):
    """Any number of a closed list, as a frozenset; empty when left out."""

    of: type[Code]
    wrong: str = "Choose from the list only"

    def read(self, field: str, posted: Fields, circumstances: Circumstances) -> Any:  # noqa: ARG002
        return several(self, posted.get(field, []), self.of)


@dataclass(frozen=True, kw_only=True)
class SeveralIdentifiers(Question):
    """The ids of any number of records, as a frozenset; empty when left out."""

    wrong: str = "Choose from the list only"

    def read(self, field: str, posted: Fields, circumstances: Circumstances) -> Any:  # noqa: ARG002
        return several(self, posted.get(field, []), UUID)


def single(values: Sequence[str]) -> str:
    """The one answer, or an empty text.

    Raises:
        WrongAnswer: there are several.
    """
    if len(values) > 1:
        raise WrongAnswer("Give one answer only")
    return values[0] if values else ""


def several(question: SeveralCodes | SeveralIdentifiers, values: Sequence[str], kind: Any) -> frozenset[Any]:
    """The answers, each understood as `kind`."""
    given = [value for value in values if value]
    if not given:
        question.left_out()
    try:
        answers = frozenset(kind(value) for value in given)
    except ValueError:
        raise WrongAnswer(question.wrong) from None
    if len(answers) < len(given):
        raise WrongAnswer(question.wrong)
    return answers


def _wrong(sentence: str) -> Any:
    raise WrongAnswer(sentence)
