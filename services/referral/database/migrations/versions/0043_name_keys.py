"""Whether two names may be the same is asked by keys that stand beside them, in any script and spelling.

The words by which a name is found are made anew: Latin ones are no longer found by their sound.

No question asks for a telephone number as a whole since a field may hold several: their indexes were for nothing.
"""

from collections.abc import Callable
from typing import Any

from alembic import op
from sqlalchemy import ARRAY, Column, Text, Uuid, bindparam, column, select, table

from shared.database.script import execute_script
from shared.kernel.name_words import asked_keys, known_keys, name_words

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None
oldest_code = "0040"

CHANGE = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE person ADD COLUMN known_keys text[], ADD COLUMN asked_keys text[];
ALTER TABLE referral ADD COLUMN known_keys text[], ADD COLUMN asked_keys text[], ADD COLUMN baby_asked_keys text[];
DROP INDEX referral_by_phone;
DROP INDEX person_by_phone;
"""
"""No table can be changed while rows of it, which an earlier step of the same upgrade wrote, wait to be checked."""
_OF_REFERRAL = ("baby_name", "caregiver_name", "other_caregiver_name")


def upgrade() -> None:
    execute_script(CHANGE)
    made = {"name_words": name_words, "known_keys": known_keys, "asked_keys": asked_keys}
    _fill("person", ("name",), made)
    _fill("referral", _OF_REFERRAL, made)
    _fill("referral", _OF_REFERRAL[:1], {"baby_asked_keys": asked_keys})


def _fill(name: str, names: tuple[str, ...], made: dict[str, Callable[..., list[str]]]) -> None:
    one = table(
        name, Column("id", Uuid), *(Column(each, ARRAY(Text)) for each in made), *(column(n, Text) for n in names)
    )
    rows: list[Any] = [*op.get_bind().execute(select(one.c.id, *(one.c[each] for each in names)))]
    filled: list[dict[str, Any]] = [
        {"this": row[0], **{f"new_{each}": make(*row[1:]) for each, make in made.items()}} for row in rows
    ]
    if filled:
        values: dict[str, Any] = {each: bindparam(f"new_{each}") for each in made}
        op.get_bind().execute(one.update().where(one.c.id == bindparam("this")).values(values), filled)
