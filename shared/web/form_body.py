"""The fields that a browser posted, exactly as typed: name → every value that came under it."""

from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from shared.kernel.errors import RuleBroken

Fields = dict[str, list[str]]

INTENTION_FIELD = "intention"
"""Hidden in every form: which one of all that were ever opened it is."""
KEEP_FIELD = "keep_as"
"""That a form is not sent but kept: `typing`, by the page itself, or `later`, by whoever goes on another time."""
NUMBER_FIELD = "keep_number"
"""Which time the page keeps it."""
TOO_FIELD = "store_too"
"""That a form is stored although something like it is there already."""
LARGEST_NUMBER_OF_FIELDS = 1000
_MOST_DIGITS = 9
_URL_ENCODED = "application/x-www-form-urlencoded"
_UPLOAD = "multipart/form-data"
_KEPT = "posted_fields"
_FILES = "posted_files"


async def read_fields(request: Request) -> Fields:
    """The posted fields; a second call gives the same.

    Raises:
        HTTPException: 415 when it is not a plain form, 400 when it is not UTF-8 or an upload is broken.
        RuleBroken: there are more than 1000 fields.
    """
    kept: Fields | None = getattr(request.state, _KEPT, None)
    if kept is None:
        kept = await _read(request)
        setattr(request.state, _KEPT, kept)
    return kept


def number_in(posted: Fields) -> int:
    """Which time the page keeps what is typed, from 1."""
    text = "".join(posted.get(NUMBER_FIELD, []))
    return int(text) if text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS else 1


def take_as_posted(request: Request, fields: Fields) -> None:
    """What was posted before, and is shown again: whoever reads the request's fields finds these."""
    setattr(request.state, _KEPT, fields)


async def read_file(request: Request, field: str) -> bytes:
    """The content of a file that a page takes; empty when none was chosen. Its name is never used.

    Pages that take one are named in `app.state.upload_paths`; everywhere else an upload is no form.
    """
    return (await read_files(request)).get(field, b"")


async def read_files(request: Request) -> dict[str, bytes]:
    """Field → content of each file that came with the form."""
    await read_fields(request)
    return getattr(request.state, _FILES, {})


async def _read(request: Request) -> Fields:
    body = await request.body()
    if _kind(request) == _UPLOAD and request.url.path in getattr(request.app.state, "upload_paths", ()):
        return await _read_upload(request)
    if body and _kind(request) != _URL_ENCODED:
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


async def _read_upload(request: Request) -> Fields:
    fields: Fields = {}
    files: dict[str, bytes] = {}
    async with request.form(max_files=1, max_fields=20) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields.setdefault(name, []).append(value)
            else:
                files[name] = await value.read()
    setattr(request.state, _FILES, files)
    return fields


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
