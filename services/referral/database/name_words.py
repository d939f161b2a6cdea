"""Finding people by the words of their names, as the indexes hold them; `shared.kernel.name_words` says which.

A table that holds names has them in a column `name_words` of its own, and what whole names are compared by in
`known_keys` and `asked_keys`; all are filled whenever a row is added.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Text, cast, literal, literal_column, or_
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from shared.kernel.name_words import asked_keys, known_keys, name_words

NAME_WORDS = "array_to_tsvector({table}.name_words)"
"""As the indexes say it."""


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


def has_words(table: str, searches: Sequence[str]) -> ColumnElement[bool]:
    """Whether a row of the table has all words of one of the searches.

    Args:
        searches: as `shared.kernel.name_words.begins_with` writes them.
    """
    indexed: ColumnElement[object] = literal_column(NAME_WORDS.format(table=table))
    return or_(*(indexed.bool_op("@@")(cast(literal(search), TSQUERY)) for search in searches))
