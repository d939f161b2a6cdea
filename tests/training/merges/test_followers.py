"""Whatever names a person follows when two records are joined."""

from sqlalchemy import text

from services.training.merges.database.followers import FOLLOWERS
from services.training.metadata import metadata
from tests.training.conftest import TrainedTeam

MADE_OF_THEM = {("standing", "person_id")}
"""The database makes it anew of what follows."""
THEMSELVES = {("person", "merged_into"), ("person_merge", "retired_id"), ("person_merge", "kept_id")}


async def test_every_table_that_names_a_person_is_known_to_the_merge(trained: TrainedTeam) -> None:
    async with trained.engine.connect() as connection:
        naming = {(row.table, row.column) for row in await connection.execute(_NAMING)}
    by_name = {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if column.name == "person_id" and table.name not in {"message", "standing"}
    }

    assert naming - THEMSELVES - MADE_OF_THEM | by_name == {
        (follower.table.name, "person_id") for follower in FOLLOWERS
    }


_NAMING = text("""
SELECT conrelid::regclass::text AS table, attname AS column FROM pg_constraint
JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey)
WHERE contype = 'f' AND confrelid = 'person'::regclass
""")
