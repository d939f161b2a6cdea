"""The fields that a browser posted, exactly as typed: name → every value that came under it."""

from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from shared.kernel.errors import RuleBroken

Fields = dict[str, list[str]]

LARGEST_NUMBER_OF_FIELDS = 1000
_URL_ENCODED = "application/x-www-form-urlencoded"
_KEPT = "posted_fields"


async def read_fields(request: Request) -> Fields:
    """The posted fields; a second call gives the same.

    Raises:
        HTTPException: 415 when it is not a plain form, 400 when it is not UTF-8.
        RuleBroken: there are more than 1000 fields.
    """
    kept: Fields | None = getattr(request.state, _KEPT, None)
    if kept is None:
        kept = await _read(request)
        setattr(request.state, _KEPT, kept)
    return kept


async def _read(request: Request) -> Fields:
    body = await request.body()
    if body and request.headers.get("content-type", "").partition(";")[0].strip().lower() != _URL_ENCODED:
        raise HTTPException(415)
    if body.count(b"&") >= LARGEST_NUMBER_OF_FIELDS:
        raise RuleBroken("form_fields", "The form has too many fields. Go back and try again.")
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict")
    except UnicodeDecodeError:
        raise HTTPException(400) from None
    fields: Fields = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields
