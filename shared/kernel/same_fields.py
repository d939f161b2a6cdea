"""A dataclass made of what another object says in fields of the same names: a form's details, a command's record."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar, get_type_hints

T = TypeVar("T")


def same_fields(kind: type[T], source: object, *, without: str = "", **given: Any) -> T:
    """Where words are asked for, None is no words: a question that nobody answered.

    Args:
        kind: a dataclass.
        source: has a field for each of its fields; what more it has is left.
        without: fields that keep their defaults; spaces set them apart.
        given: fields that the source does not have by their name.

    Raises:
        AttributeError: the source has no such field.
    """
    asked = {name: of for name, of in _fields(kind).items() if name not in {*without.split(), *given}}
    said = {name: getattr(source, name) for name in asked}
    return kind(**{name: "" if said[name] is None and asked[name] is str else said[name] for name in said}, **given)


@cache
def _fields(kind: Any) -> Mapping[str, Any]:
    types = get_type_hints(kind)
    return {one.name: types[one.name] for one in fields(kind)}
