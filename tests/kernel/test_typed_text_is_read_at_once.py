"""Whatever is typed or pasted, and however long it is, is read or refused at once."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import pytest

from shared.kernel.figures import plain_figures
from shared.kernel.name_words import begins_with, name_words, plain_name
from shared.kernel.nhs_number import parse_nhs_number
from shared.kernel.postcode import parse_postcode
from shared.kernel.table_file import serial_day
from shared.kernel.telephone import read_telephones
from shared.kernel.typed_day import UnclearDay, typed_day
from shared.kernel.written_day import month_named, written_day
from shared.web.date_question import DateParts
from shared.web.questions import Circumstances, WrongAnswer

TODAY = date(2026, 11, 27)
MANY = 65_000
MOST_SECONDS = 0.3
"""Of the processor; a reader that looks again from each character takes minutes."""


def _date_parts(text: str) -> object:
    with suppress(WrongAnswer):
        return DateParts().read("born", {"born-day": [text]}, Circumstances(TODAY, is_demonstration=False))
    return None


def _typed_day(text: str) -> object:
    with suppress(UnclearDay):
        return typed_day(text, TODAY)
    return None


READERS: dict[str, Callable[[str], Any]] = {
    "written_day": lambda text: written_day(text, TODAY),
    "typed_day": _typed_day,
    "month_named": month_named,
    "serial_day": serial_day,
    "read_telephones": read_telephones,
    "parse_postcode": parse_postcode,
    "parse_nhs_number": parse_nhs_number,
    "plain_figures": plain_figures,
    "begins_with": begins_with,
    "plain_name": plain_name,
    "name_words": name_words,
    "DateParts": _date_parts,
}
LONG = {
    "spaces": "1" + " " * MANY + "x",
    "digits": "1" * MANY,
    "letters": "x" * MANY,
    "words": "a " * (MANY // 2),
    "parts": "a." * (MANY // 2),
    "separators": "1" + "," * MANY + "x",
    "numbers": "07700 900123 x " * (MANY // 15),
    "line ends": "1" + "\n" * MANY + "x",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_what_is_long_is_read_or_refused_at_once(read: Callable[[str], Any], text: str) -> None:
    began = time.process_time()

    read(text)

    assert time.process_time() - began < MOST_SECONDS
