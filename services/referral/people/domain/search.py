"""What someone looks for when they type an NHS number, a reference or a name. Source: reference 8.1 (H1)."""

import re
from dataclasses import dataclass

from shared.kernel.errors import RuleBroken
from shared.kernel.figures import plain_figures
from shared.kernel.name_words import begins_with, sought_words
from shared.kernel.nhs_number import parse_nhs_number

_REFERENCE = re.compile(r"[A-Z]{1,3}-?[0-9]{4}-?[0-9]{6}")
_NUMBERS_ONLY = re.compile(r"[0-9 -]+")
FEWEST_LETTERS = 2


@dataclass(frozen=True)
class ByNhsNumber:
    digits: str


@dataclass(frozen=True)
class ByReference:
    reference: str
    """As it is stored: `BLA-2026-000123`."""


@dataclass(frozen=True)
class ByName:
    searches: tuple[str, ...]
    """For words of names, as `shared.kernel.name_words.begins_with` writes them."""


Sought = ByNhsNumber | ByReference | ByName


def sought(text: str) -> Sought:
    """What the text is.

    Raises:
        RuleBroken: it is a number that cannot be an NHS number, or has no word of two letters.
    """
    figures = plain_figures(text).strip()
    if (number := parse_nhs_number(figures)) is not None:
        return ByNhsNumber(number)
    if _REFERENCE.fullmatch(capitals := figures.upper().replace(" ", "")):
        bare = capitals.replace("-", "")
        return ByReference(f"{bare[:-10]}-{bare[-10:-6]}-{bare[-6:]}")
    if _NUMBERS_ONLY.fullmatch(figures):
        raise RuleBroken(
            "search_number", "This cannot be an NHS number: check its 10 digits, or search by name.", field="text"
        )
    words = [word for way in sought_words(text) for word in way]
    if not any(len(word) >= FEWEST_LETTERS or not word.isascii() for word in words):
        raise RuleBroken("search_short", "Enter two letters or more of a name, or a number.", field="text")
    return ByName(begins_with(text))
