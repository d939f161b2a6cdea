"""Finding people by the words of their names, as the indexes hold them; `shared.kernel.name_words` says which.

A table that holds names has them in a column `name_words` of its own.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, cast, false, literal, literal_column, or_
from sqlalchemy.dialects.postgresql import TSQUERY

NAME_WORDS = "array_to_tsvector({table}.name_words)"
"""As the indexes say it."""


def has_words(table: str, searches: Sequence[str]) -> ColumnElement[bool]:
    """Whether a row of the table has all words of one of the searches; of none, no row has.

    Args:
        searches: as `shared.kernel.name_words.begins_with` writes them.
    """
    indexed: ColumnElement[object] = literal_column(NAME_WORDS.format(table=table))
    return or_(false(), *(indexed.bool_op("@@")(cast(literal(search), TSQUERY)) for search in searches))
