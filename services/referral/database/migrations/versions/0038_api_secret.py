"""Secrets of other systems end, were used last at some moment, and can be two while one takes the other's place.

What was given before ends a year from now.
"""

from shared.database.script import execute_script

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None
oldest_code = "0037"

TABLE = """
CREATE TABLE api_secret (
    secret_hash bytea PRIMARY KEY CHECK (octet_length(secret_hash) = 32),
    client_id uuid NOT NULL REFERENCES api_client,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    last_used_at timestamptz
);
CREATE INDEX api_secret_by_client ON api_secret (client_id);
INSERT INTO api_secret (secret_hash, client_id, created_at, expires_at)
SELECT secret_hash, id, created_at, now() + interval '365 days' FROM api_client;
ALTER TABLE api_client ALTER COLUMN secret_hash DROP NOT NULL;
DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON api_secret FROM %I', current_database());
    EXECUTE format('GRANT UPDATE (expires_at, last_used_at) ON api_secret TO %I', current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(TABLE)
