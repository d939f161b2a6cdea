"""Where is kept which forms were answered. A service with forms runs `INTENTION_DDL_1` in a migration."""

from sqlalchemy import Column, DateTime, LargeBinary, Table, Text, Uuid

from shared.database.tables import metadata

intention = Table(
    "intention",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("actor_id", Uuid, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("went_to", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

INTENTION_DDL_1 = """
CREATE TABLE intention (
    id uuid PRIMARY KEY,
    actor_id uuid NOT NULL,
    digest bytea NOT NULL,
    went_to text NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX intention_at ON intention (at);
DO $$ BEGIN
    EXECUTE format('GRANT DELETE ON intention TO %I', current_database());
END $$;
"""
