"""Where staff sessions are kept. A service's first migration runs `SESSION_DDL_1`."""

from sqlalchemy import Column, DateTime, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from shared.database.tables import metadata

web_session = Table(
    "web_session",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("actor_id", Uuid, nullable=False),
    Column("actor_name", Text, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    Column("csrf_token", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("last_seen_at", DateTime(timezone=True), nullable=False),
)

SESSION_DDL_1 = """
CREATE TABLE web_session (
    token_hash bytea PRIMARY KEY,
    actor_id uuid NOT NULL,
    actor_name text NOT NULL,
    roles text[] NOT NULL,
    csrf_token text NOT NULL,
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL
);
DO $$ BEGIN
    EXECUTE format('GRANT DELETE ON web_session TO %I', current_database());
END $$;
"""
