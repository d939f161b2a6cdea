"""Where staff sessions are kept, and the accounts that they were signed in with.

A service's first migration runs `SESSION_DDL_1`, a later one `SESSION_DDL_2`.
"""

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
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("sid", Text),
    Column("acr", Text),
    Column("authenticated_at", DateTime(timezone=True)),
    Column("id_token", Text),
)

account = Table(
    "account",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("first_sign_in_at", DateTime(timezone=True), nullable=False),
    Column("last_sign_in_at", DateTime(timezone=True), nullable=False),
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

SESSION_DDL_2 = """
ALTER TABLE web_session
    ADD COLUMN issuer text NOT NULL DEFAULT '',
    ADD COLUMN subject text NOT NULL DEFAULT '',
    ADD COLUMN sid text,
    ADD COLUMN acr text,
    ADD COLUMN authenticated_at timestamptz,
    ADD COLUMN id_token text;
CREATE INDEX web_session_by_subject ON web_session (issuer, subject);
CREATE TABLE account (
    issuer text NOT NULL,
    subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    id uuid NOT NULL,
    name text NOT NULL,
    first_sign_in_at timestamptz NOT NULL,
    last_sign_in_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX account_by_id ON account (id);
"""
