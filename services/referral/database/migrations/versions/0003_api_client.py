"""Other systems that send referrals: who they are, their tokens, and the messages that they sent.

Of secrets and tokens there is only the SHA-256, and of a message's id likewise, because a sender may put anything
into it. A client can be revoked and not changed otherwise; a message is only ever added.
"""

from shared.database.script import execute_script

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CREATE_API_CLIENT = """
CREATE TABLE api_client (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    secret_hash bytea NOT NULL UNIQUE CHECK (octet_length(secret_hash) = 32),
    created_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE UNIQUE INDEX api_client_in_use ON api_client (name) WHERE revoked_at IS NULL;

CREATE TABLE api_token (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    client_id uuid NOT NULL REFERENCES api_client,
    expires_at timestamptz NOT NULL
);
CREATE INDEX api_token_by_expiry ON api_token (expires_at);

CREATE TABLE api_message (
    client_id uuid NOT NULL REFERENCES api_client,
    message_hash bytea NOT NULL CHECK (octet_length(message_hash) = 32),
    content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 32),
    referral_id uuid NOT NULL REFERENCES referral,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, message_hash)
);
CREATE INDEX api_message_by_referral ON api_message (referral_id);

DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON api_client, api_token, api_message FROM %I', current_database());
    EXECUTE format('GRANT UPDATE (revoked_at) ON api_client TO %I', current_database());
    EXECUTE format('GRANT DELETE ON api_token TO %I', current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(CREATE_API_CLIENT)
