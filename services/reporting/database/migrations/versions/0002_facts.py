"""The facts that reporting counts.

The application may delete a fact, because a stream can be taken back to a position. Each index holds all that the
dashboard reads of its table, so that a count need not open the table.
"""

from shared.database.script import execute_script

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CREATE_FACTS = """
CREATE TABLE referral_received (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    source_group text NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX referral_received_by_month ON referral_received (month, team, source_group);

CREATE TABLE triage_decided (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    outcome text NOT NULL,
    reason text,
    working_days integer NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX triage_decided_by_month ON triage_decided (month, team, outcome, reason, working_days);

CREATE TABLE tier_movement (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    from_tier text,
    to_tier text NOT NULL,
    capacity_driven boolean NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX tier_movement_by_month ON tier_movement (month, team, from_tier, to_tier, capacity_driven);

DO $$ BEGIN
    EXECUTE format('GRANT DELETE ON referral_received, triage_decided, tier_movement TO %I', current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(CREATE_FACTS)
