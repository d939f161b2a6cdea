"""What stands beside names, made of them: `shared.kernel.name_words` says what.

A table that holds names has the words by which they are found in a column `name_words` of its own, and what whole names
are compared by in `known_keys` and `asked_keys`; all are filled whenever a row is added.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, ColumnElement, Text
from sqlalchemy.dialects.postgresql import ARRAY

from shared.kernel.name_words import asked_keys, known_keys, name_words


def of_names(made: Callable[..., list[str]], *columns: str) -> Column[Any]:
    """A column that a function of the kernel makes of the names that are added with it, and is called like it."""

    def of_added(context: Any) -> list[str]:
        added = context.get_current_parameters()
        return made(*(added.get(column) for column in columns))

    return Column(made.__name__, ARRAY(Text), default=of_added)


def columns_of_name(name: str | None) -> dict[str, list[str]]:
    """What is stored anew beside a name that has changed."""
    return {made.__name__: made(name) for made in (name_words, known_keys, asked_keys)}


def may_be_same(known: Any, asked: Any) -> ColumnElement[bool]:
    """Whether one of the known names may be the same as one of those that are asked about: to warn, never to decide.

    Args:
        known: columns `known_keys`.
        asked: columns `asked_keys`.
    """
    return known.overlap(asked)
