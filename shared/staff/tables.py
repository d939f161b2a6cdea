"""What staff-facing services keep alike: which forms were answered, who signs in, and what corrections replaced.

A service of a team runs all of the DDL in its migrations; one that has forms alone, `INTENTION_DDL_1`.
"""

from sqlalchemy import Column, DateTime, Integer, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

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

colleague = Table(
    "colleague",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
)
"""Names of those who decided something, so that the record can say who it was; events never do."""

COLLEAGUE_DDL_1 = """
CREATE TABLE colleague (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    roles text[] NOT NULL
);
"""

earlier_version = Table(
    "earlier_version",
    metadata,
    Column("record_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("content", JSONB, nullable=False),
    Column("replaced_by", Uuid, nullable=False),
    Column("replaced_at", DateTime(timezone=True), nullable=False),
)
"""What a correction replaced; append-only."""

EARLIER_VERSION_DDL_1 = """
CREATE TABLE earlier_version (
    record_id uuid NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    kind text NOT NULL,
    content jsonb NOT NULL,
    replaced_by uuid NOT NULL,
    replaced_at timestamptz NOT NULL,
    PRIMARY KEY (record_id, version)
);
DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON earlier_version FROM %I', current_database());
END $$;
"""
