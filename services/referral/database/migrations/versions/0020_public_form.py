"""The public form: a browser has several drafts, safe contact is asked, and someone can leave only a number."""

from shared.database.script import execute_script

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

CHANGE_DRAFT = """
ALTER TABLE referral_draft
    ALTER COLUMN token_hash DROP NOT NULL,
    DROP CONSTRAINT referral_draft_token_hash_key,
    ADD COLUMN numbers jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN unsent text[] NOT NULL DEFAULT '{}',
    ADD COLUMN wrong text[] NOT NULL DEFAULT '{}',
    ADD COLUMN sent_id uuid;
UPDATE referral_draft SET sent_id = referral.id FROM referral WHERE referral.reference = referral_draft.reference;
CREATE INDEX referral_draft_by_token ON referral_draft (token_hash);
"""

CHANGE_REFERRAL = """
ALTER TABLE referral
    ADD COLUMN contact_ways text[],
    ADD COLUMN when_answered text,
    ADD COLUMN contact_not_asked boolean,
    ADD COLUMN interpreter text,
    ADD COLUMN language text,
    ADD COLUMN talk_times text[],
    ADD COLUMN talking_help text,
    ADD COLUMN against_will text,
    ADD COLUMN safeguarding text,
    ADD COLUMN safeguarding_note text,
    ADD COLUMN gp text,
    ADD CONSTRAINT referral_contact_check CHECK ((contact_ways IS NULL) = (contact_not_asked IS NULL)),
    ADD CONSTRAINT referral_talking_check CHECK ((interpreter IS NULL) = (talk_times IS NULL));
"""

CREATE_CALLBACK = """
CREATE TABLE callback (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    draft_id uuid NOT NULL UNIQUE,
    reference text NOT NULL UNIQUE,
    received_at timestamptz NOT NULL,
    source_group text,
    in_danger boolean NOT NULL,
    phone text NOT NULL,
    contact_ways text[] NOT NULL,
    when_answered text,
    contact_not_asked boolean NOT NULL,
    answered_at timestamptz,
    answered_by uuid,
    answer text,
    CONSTRAINT callback_answer_check CHECK (num_nonnulls(answered_at, answered_by, answer) IN (0, 3))
);
CREATE INDEX callback_open ON callback (received_at) WHERE answered_at IS NULL;
"""


def upgrade() -> None:
    execute_script(CHANGE_DRAFT)
    execute_script(CHANGE_REFERRAL)
    execute_script(CREATE_CALLBACK)
