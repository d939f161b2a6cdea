"""The words of a name, as the database's indexes have them: in small letters, and without hyphens and apostrophes."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, literal_column

_WORDS = "to_tsvector('simple', translate(lower({names}), '-''’', '   '))"

PERSON_NAME_WORDS = _WORDS.format(names="name")
REFERRAL_NAME_WORDS = _WORDS.format(
    names="coalesce(baby_name, '') || ' ' || caregiver_name || ' ' || coalesce(other_caregiver_name, '')"
)


def begin_words(name_words: str, words: Sequence[str]) -> ColumnElement[bool]:
    """Whether each of the words begins a word of the names.

    Args:
        name_words: one of the two above; the columns must be of one table of the statement.
        words: letters and digits only, in small letters.
    """
    indexed: ColumnElement[object] = literal_column(name_words)
    return indexed.bool_op("@@")(func.to_tsquery("simple", " & ".join(f"{word}:*" for word in words)))
