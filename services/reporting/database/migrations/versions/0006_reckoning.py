"""Which definitions have figures here, and how old the baby was who was referred."""

from shared.database.script import execute_script

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CREATE_INDICATOR_VERSION = """
CREATE TABLE indicator_version (
    indicator integer NOT NULL,
    version integer NOT NULL,
    digest text NOT NULL,
    first_reckoned_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (indicator, version)
);

ALTER TABLE referral_received ADD COLUMN age_band text;
UPDATE referral_received SET age_band = body->>'age_band' FROM event_log
WHERE (event_log.stream, event_log.position) = (referral_received.stream, referral_received.position);
ALTER TABLE referral_received ALTER COLUMN age_band SET NOT NULL;
DROP INDEX referral_received_by_month;
CREATE INDEX referral_received_by_month ON referral_received (month, team, source_group, age_band);

DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON indicator_version FROM %I', current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(CREATE_INDICATOR_VERSION)
