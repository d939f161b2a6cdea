"""A consultation "with no names" can tell who it is about all the same: an NHS number, a birth date, a postcode.

What is found is named to whoever wrote it, and nothing is stored. A telephone number, a share of families or "999
patients" names nobody. Source: reference section 5 (`case_anonymous`).
"""

import re
from dataclasses import dataclass

from shared.contracts.vocabulary import Code
from shared.kernel.errors import RuleBroken
from shared.kernel.nhs_number import parse_nhs_number


class Identifier(Code):
    NHS_NUMBER = "nhs_number", "an NHS number"
    DATE = "date", "a full date"
    POSTCODE = "postcode", "a postcode"


@dataclass(frozen=True)
class Passage:
    """What tells who it is, as it was written."""

    kind: Identifier
    words: str


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DIGITS = re.compile(r"(?<![\d+])\d(?:[ -]?\d){9}(?![ -]?\d)")
_DATES = (
    re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19|20)?\d\d(?!\d)"),
    re.compile(r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(
        rf"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)? (?:of )?{_MONTH},? (?:19|20)\d\d(?!\d)", re.IGNORECASE
    ),
    re.compile(rf"\b{_MONTH} (?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,? (?:19|20)\d\d(?!\d)", re.IGNORECASE),
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)


def identifying(text: str) -> list[Passage]:
    """What in it could tell who it is about, in the order of the text."""
    found = [
        *((one, Identifier.NHS_NUMBER) for one in _DIGITS.finditer(text) if parse_nhs_number(one[0])),
        *((one, Identifier.DATE) for pattern in _DATES for one in pattern.finditer(text)),
        *((one, Identifier.POSTCODE) for one in _POSTCODE.finditer(text)),
    ]
    return [Passage(kind, one[0]) for one, kind in sorted(found, key=lambda pair: pair[0].start())]


def check_names_nobody(text: str, *, field: str) -> None:
    """Raises RuleBroken with the passages, where the text could tell who it is about."""
    if passages := identifying(text):
        said = ", ".join(dict.fromkeys(f"“{one.words}” ({one.kind.label})" for one in passages))
        raise RuleBroken(
            "consultation_identifies",
            f"This could tell who the family is: {said}. Take it out, or choose “A family, by name”.",
            field=field,
        )
