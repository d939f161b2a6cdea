"""Consultations about a family, as the consultation service tells of them; and what every service has that hears."""

from shared.database.script import execute_script
from shared.inbox.tables import CREATE_INBOX_1

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

CREATE_HEARD_CONSULTATION = """
CREATE TABLE heard_consultation (
    id uuid PRIMARY KEY,
    family_id uuid NOT NULL REFERENCES family,
    held_on date NOT NULL,
    kind text NOT NULL,
    is_withdrawn boolean NOT NULL
);
CREATE INDEX heard_consultation_by_family ON heard_consultation (family_id);
CREATE TABLE wanted_referral (
    consultation_id uuid PRIMARY KEY,
    held_on date,
    sector text,
    topics text[],
    family_id uuid REFERENCES family,
    is_withdrawn boolean NOT NULL,
    referral_id uuid UNIQUE REFERENCES referral
);
CREATE INDEX wanted_referral_by_family ON wanted_referral (family_id);
CREATE INDEX wanted_referral_open ON wanted_referral (held_on) WHERE referral_id IS NULL AND NOT is_withdrawn;
"""


def upgrade() -> None:
    execute_script(CREATE_INBOX_1)
    execute_script(CREATE_HEARD_CONSULTATION)
