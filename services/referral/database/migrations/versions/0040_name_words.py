"""Names are found as somebody without that keyboard types them: their words, in a column with its index."""

from alembic import op
from sqlalchemy import ARRAY, Column, Text, Uuid, bindparam, column, select, table

from shared.database.script import execute_script
from shared.kernel.name_words import name_words

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

NAMES = {"person": ("name",), "referral": ("baby_name", "caregiver_name", "other_caregiver_name")}

CHANGE = """
ALTER TABLE person ADD COLUMN name_words text[];
ALTER TABLE referral ADD COLUMN name_words text[];
DROP INDEX person_by_name_words;
DROP INDEX referral_by_name_words;
CREATE INDEX person_by_name_words ON person USING gin (array_to_tsvector(name_words));
CREATE INDEX referral_by_name_words ON referral USING gin (array_to_tsvector(name_words)) WHERE family_id IS NULL;
"""


def upgrade() -> None:
    execute_script(CHANGE)
    for name, names in NAMES.items():
        _fill(name, names)


def _fill(name: str, names: tuple[str, ...]) -> None:
    words = Column("name_words", ARRAY(Text))
    one = table(name, Column("id", Uuid), words, *(column(each, Text) for each in names))
    rows = op.get_bind().execute(select(one.c.id, *(one.c[each] for each in names))).all()
    filled = [{"this": row[0], "words": name_words(*row[1:])} for row in rows]
    if filled:
        update = one.update().where(one.c.id == bindparam("this")).values(name_words=bindparam("words"))
        op.get_bind().execute(update, filled)
