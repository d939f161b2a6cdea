"""What stands beside the names of a person, made of them; a row that is stored has it from `with_names`."""

from collections.abc import Sequence
from typing import Any

from shared.database.filling import Filling
from shared.kernel.name_words import known_keys, name_words

_NAMES = ("given_name", "family_name", "earlier_names")


def _words(given_name: str, family_name: str, earlier_names: Sequence[str]) -> list[str]:
    """By which they are found."""
    return name_words(given_name, family_name, *earlier_names)


def _keys(given_name: str, family_name: str, earlier_names: Sequence[str]) -> list[str]:
    """By which they are known again."""
    return known_keys(f"{given_name} {family_name}", *earlier_names)


_MADE = {"name_words": _words, "known_keys": _keys}
PERSON_NAMES_1 = Filling("person", _NAMES, _MADE)
"""Of migrations 0009, which adds the columns, and 0010, from which on no code leaves them out."""


def with_names(columns: dict[str, Any]) -> dict[str, Any]:
    """A whole row of a person, with what is made of its names."""
    names = [columns[name] for name in _NAMES]
    return columns | {column: make(*names) for column, make in _MADE.items()}
