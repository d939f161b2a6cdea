"""What an earlier version of a record said, in the words of the pages.

How a value is read follows from its field's type: a code is shown by its label and a date as a date; an id, which says
nothing to people, is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, cast, get_args, get_type_hints
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.calendar import date_words, moment_words

_EMPTY: Sequence[Any] = (None, "", "None", "not_known", [])
_LEFT_OUT = {"id", "version"}


@dataclass(frozen=True)
class VersionWords:
    """How one kind of record is put into words."""

    title: str
    kind: type | None = None
    """The dataclass whose fields were kept; None: texts and times only."""
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of its fields, where their names are not the words."""
    if_said: frozenset[str] = frozenset()
    """Fields that most of them never have: empty, they are no gap, and are left out."""


def said_in(content: Mapping[str, Any], words: VersionWords) -> list[tuple[str, str]]:
    """Label and value of all but ids; the value is empty where it was not known."""
    types: Mapping[str, tuple[Any, ...]] = _types(words.kind) if words.kind else {}
    said = {
        name: _words(name, value, types.get(name, ()))
        for name, value in content.items()
        if name not in _LEFT_OUT and UUID not in types.get(name, ())
    }
    return [
        (words.labels.get(name, name.replace("_", " ").capitalize()), value)
        for name, value in said.items()
        if value or name not in words.if_said
    ]


@cache
def _types(kind: type) -> Mapping[str, tuple[Any, ...]]:
    """Field → the types that its value is of or holds."""
    return {name: tuple(_parts(one)) for name, one in get_type_hints(kind).items()}


def _parts(kind: Any) -> Iterator[Any]:
    yield kind
    for part in get_args(kind):
        yield from _parts(part)


def _words(name: str, value: Any, types: tuple[Any, ...]) -> str:
    if value in _EMPTY:
        return ""
    if isinstance(value, list):
        return ", ".join(_words(name, one, types) for one in cast("list[Any]", value))
    if isinstance(value, bool) or value in {"True", "False"}:
        return "Yes" if value in {True, "True"} else "No"
    codes = next((one for one in types if isinstance(one, type) and issubclass(one, Code)), None)
    return codes(value).label if codes and value in set(codes) else _when(name, value)


def _when(name: str, value: Any) -> str:
    """A day, a moment, or what it is."""
    if name.endswith("_on"):
        return date_words(date.fromisoformat(value))
    return moment_words(datetime.fromisoformat(value)) if name.endswith("_at") else str(value)
