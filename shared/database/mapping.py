"""A dataclass and its row: a field is mapped once, by the name that it shares with its column.

A field that is a dataclass itself has its columns beside the others: `contact.details.minutes` is `minutes` of a row of
`contact`. How a column is read follows from the field's type: codes, none or several of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from sqlalchemy import Result

T = TypeVar("T")
_Read = Callable[[Any], Any]


def columns_of(one: Any, *, without: str = "") -> dict[str, Any]:
    """Column → value.

    Args:
        one: a dataclass.
        without: fields that are stored elsewhere, or in another shape; spaces set them apart.
    """
    columns: dict[str, Any] = {}
    for field in fields(one):
        if field.name not in without.split():
            value = getattr(one, field.name)
            columns |= columns_of(value) if is_dataclass(value) else {field.name: _stored(value)}
    return columns


def read_row(kind: type[T], row: Any, /, **given: Any) -> T:
    """What a row says.

    Args:
        kind: a dataclass.
        row: has a column for each of its fields; what more it has is left.
        given: fields that are not in the row by their name.
    """
    return kind(**{name: read(row) for name, read in _readers(kind).items() if name not in given}, **given)


def read_rows(kind: type[T], rows: Result[Any]) -> list[T]:
    """What many rows say, as `read_row` does for one; no field of theirs is a dataclass itself."""
    at = _positions(kind, tuple(rows.keys()))
    return [kind(*[made(row[place]) if made else row[place] for place, made in at]) for row in rows]


@cache
def _positions(kind: Any, columns: tuple[str, ...]) -> Sequence[tuple[int, _Read | None]]:
    types = get_type_hints(kind)
    return [(columns.index(one.name), _maker(types[one.name])) for one in fields(kind)]


@cache
def _readers(kind: Any) -> Mapping[str, _Read]:
    types = get_type_hints(kind)
    return {one.name: _reader(one.name, types[one.name]) for one in fields(kind)}


def _reader(name: str, kind: Any) -> _Read:
    if is_dataclass(kind):
        part: type[Any] = cast("Any", kind)
        return lambda row: read_row(part, row)
    column, made = attrgetter(name), _maker(kind)
    return (lambda row: made(column(row))) if made else column


def _maker(kind: Any) -> _Read | None:
    """What makes a stored value what the field holds; None: it is that already."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        known = {one.value: one for one in kind}
        return lambda value: known.get(value) or kind(value)
    several: Any = get_origin(kind)
    parts = [part for part in get_args(kind) if part is not type(None)]
    made = _maker(parts[0]) if parts else None
    if several in (Union, UnionType):
        return made and (lambda value: None if value is None else made(value))
    if several in (tuple, frozenset):
        collected: _Read = cast("Any", several)
        return lambda value: collected(map(made, value) if made else value)
    return None


def _stored(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(cast("frozenset[Any]", value))
    return list(cast("tuple[Any, ...]", value)) if isinstance(value, tuple) else value
