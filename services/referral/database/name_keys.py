"""What whole names are compared by, for the rows that older code wrote."""

from services.referral.database.tables import baby_asked_keys
from shared.database.filling import Filling
from shared.kernel.name_words import asked_keys, known_keys, name_words


def _of_baby(baby_name: str | None, *_: str | None) -> list[str]:
    return baby_asked_keys(baby_name)


NAME_KEYS_1 = (
    Filling("person", ("name",), {"name_words": name_words, "known_keys": known_keys, "asked_keys": asked_keys}),
    Filling(
        "referral",
        ("baby_name", "caregiver_name", "other_caregiver_name"),
        {
            "name_words": name_words,
            "known_keys": known_keys,
            "asked_keys": asked_keys,
            "baby_asked_keys": _of_baby,
        },
    ),
)
"""Of migrations 0043, which adds the columns, and 0044, from which on no code leaves them out."""
