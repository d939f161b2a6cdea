"""Subscriptions: what somebody wants to hear of, what is known of each cell, what ran, and what left."""

from shared.database.script import execute_script
from shared.staff.tables import create_message_1

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
oldest_code = "0015"

CREATE_SUBSCRIPTIONS = """
CREATE TABLE subscription (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    name text NOT NULL,
    condition text NOT NULL,
    channel text NOT NULL,
    indicators integer[] NOT NULL,
    teams text[] NOT NULL,
    webhook text NOT NULL,
    secret text NOT NULL,
    earlier_secret text NOT NULL,
    earlier_until timestamptz,
    owned_by uuid NOT NULL REFERENCES colleague,
    made_at timestamptz NOT NULL,
    looked_at timestamptz NOT NULL,
    snapshot bigint NOT NULL,
    paused_until date,
    ended_at timestamptz,
    why_ended text NOT NULL
);
CREATE INDEX subscription_looked_at ON subscription (looked_at) WHERE ended_at IS NULL;

CREATE TABLE subscriber (
    id uuid PRIMARY KEY,
    subscription uuid NOT NULL REFERENCES subscription,
    address text NOT NULL,
    secret text NOT NULL UNIQUE,
    left_at timestamptz
);
CREATE UNIQUE INDEX subscriber_once ON subscriber (subscription, lower(address)) WHERE left_at IS NULL;

CREATE TABLE watched_cell (
    subscription uuid NOT NULL REFERENCES subscription,
    indicator integer NOT NULL,
    team text NOT NULL,
    is_in boolean NOT NULL,
    since date,
    muted_until date,
    ended_untold boolean NOT NULL,
    PRIMARY KEY (subscription, indicator, team)
);

CREATE TABLE delivery (
    id uuid PRIMARY KEY,
    number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    subscription uuid NOT NULL REFERENCES subscription,
    channel text NOT NULL,
    made_at timestamptz NOT NULL,
    body text NOT NULL,
    html text NOT NULL,
    position bigint UNIQUE,
    tries integer NOT NULL DEFAULT 0,
    next_try_at timestamptz,
    taken_at timestamptz,
    failed_at timestamptz
);
CREATE INDEX delivery_by_subscription ON delivery (subscription, number);
CREATE INDEX delivery_next_try ON delivery (next_try_at) WHERE next_try_at IS NOT NULL;

CREATE TABLE delivery_picture (
    delivery uuid NOT NULL REFERENCES delivery,
    name text NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (delivery, name)
);

CREATE TABLE delivery_try (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delivery uuid NOT NULL REFERENCES delivery,
    number integer NOT NULL,
    at timestamptz NOT NULL,
    answer text NOT NULL,
    status integer,
    took_ms integer NOT NULL
);
CREATE INDEX delivery_try_by_delivery ON delivery_try (delivery, id);

CREATE TABLE subscription_run (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subscription uuid NOT NULL REFERENCES subscription,
    ran_at timestamptz NOT NULL,
    month date,
    outcome text NOT NULL,
    why text NOT NULL,
    delivery uuid REFERENCES delivery
);
CREATE INDEX subscription_run_by_subscription ON subscription_run (subscription, id);

DO $$ BEGIN
    EXECUTE format('GRANT DELETE ON watched_cell TO %I', current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(CREATE_SUBSCRIPTIONS)
    execute_script(create_message_1("delivery_id uuid"))
