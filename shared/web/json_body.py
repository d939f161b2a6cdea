"""JSON as a strict reader takes it: one value for a name, numbers that exist, no deeper than a record can be."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from starlette.exceptions import HTTPException
from starlette.requests import Request

from shared.kernel.errors import RuleBroken

DEEPEST = 20
"""Levels of brackets. A FHIR bundle with contained resources and extensions has about twelve."""

_LONGEST_NUMBER = 1000
"""Characters, and likewise powers of ten: what has more is no measurement."""

_MEDIA_TYPES = ("application/json", "application/fhir+json")


async def read_json(request: Request) -> Any:
    """The body; numbers with a point are Decimals, so that their precision is kept.

    Raises:
        HTTPException: 415 when it is not JSON by its content type, 400 when it is not by its content or is too deep.
        RuleBroken: a name comes twice, a number is not finite or too long, or a text has half a character in it.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _MEDIA_TYPES:
        raise HTTPException(415)
    try:
        text = (await request.body()).decode("utf-8-sig")  # some libraries write a mark first
        _check_depth(text)
        value = json.loads(
            text,
            object_pairs_hook=_without_duplicates,
            parse_constant=_refuse_number,
            parse_float=_decimal,
            parse_int=_whole_number,
        )
    except ValueError:  # of JSON and of UTF-8
        raise HTTPException(400) from None
    _check_text(value)
    return value


def _check_depth(text: str) -> None:
    depth = 0
    in_string = False
    escaped = False
    for character in text:
        if in_string:
            in_string = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            if depth > DEEPEST:
                raise HTTPException(400)
        elif character in "]}":
            depth -= 1


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise RuleBroken("json_name_twice", "A name comes twice in one object.")
    return members


def _refuse_number(_text: str) -> NoReturn:
    raise RuleBroken("json_number", "NaN and Infinity are not numbers in JSON.")


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text) if len(text) <= _LONGEST_NUMBER else None
    except InvalidOperation:  # more powers of ten than a Decimal can have
        number = None
    if number is None or abs(number.adjusted()) > _LONGEST_NUMBER:
        raise RuleBroken("json_number", "A number is too long.")
    return number


def _whole_number(text: str) -> int:
    if len(text) > 19:
        raise RuleBroken("json_number", "A number is too long.")
    return int(text)


def _check_text(value: Any) -> None:
    """An escape can say the half of a character, which nobody can keep or show."""
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        raise RuleBroken("json_text", "A text has half a character in it.") from None
