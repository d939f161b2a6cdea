"""Finding people by the words of their names, as the indexes hold them; `shared.kernel.name_words` says which.

A table that holds names has them in a column `name_words` of its own, which is filled whenever a row is added.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, cast, literal, literal_column, or_
from sqlalchemy.dialects.postgresql import TSQUERY

from shared.kernel.name_words import name_words

NAME_WORDS = "array_to_tsvector({table}.name_words)"
"""As the indexes say it."""


def words_of(*columns: str) -> Callable[[Any], list[str]]:
    """A column's default: the words of the names that are added with it."""

    def of_names(context: Any) -> list[str]:
        added = context.get_current_parameters()
        return name_words(*(added.get(column) for column in columns))

    return of_names


def has_words(table: str, searches: Sequence[str]) -> ColumnElement[bool]:
    """Whether a row of the table has all words of one of the searches.

    Args:
        searches: as `shared.kernel.name_words.begins_with` writes them.
    """
    indexed: ColumnElement[object] = literal_column(NAME_WORDS.format(table=table))
    return or_(*(indexed.bool_op("@@")(cast(literal(search), TSQUERY)) for search in searches))
