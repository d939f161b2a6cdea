"""Referrals, episodes with their tier history, and the drafts of the public form.

What a decision or a subject may be is checked here too, so that no row can say two things. The tier history can only
be added to; only a draft can be deleted.
"""

from shared.database.script import execute_script

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CREATE_REFERRAL = """
CREATE TABLE referral (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    idempotency_key uuid NOT NULL UNIQUE,
    reference text NOT NULL UNIQUE,
    received_at timestamptz NOT NULL,
    route text NOT NULL,
    due_on date,
    baby_name text,
    born_on date,
    caregiver_name text NOT NULL,
    caregiver_relationship text NOT NULL,
    caregiver_phone text,
    no_other_caregiver text,
    other_caregiver_name text,
    other_caregiver_relationship text,
    other_caregiver_phone text,
    referrer_name text NOT NULL,
    source_group text NOT NULL,
    referrer_organisation text,
    referrer_email text,
    referrer_phone text,
    postcode text NOT NULL,
    nhs_number text CHECK (nhs_number ~ '^[0-9]{10}$'),
    reasons text[] NOT NULL CHECK (cardinality(reasons) > 0),
    story text NOT NULL,
    consent text NOT NULL,
    in_danger boolean NOT NULL,
    decided_on date,
    decided_by uuid,
    episode_id uuid,
    urgency text,
    outcome text,
    decline_reason text,
    explanation text,
    CONSTRAINT referral_subject_check CHECK (
        (due_on IS NULL) <> (born_on IS NULL) AND (baby_name IS NULL) = (born_on IS NULL)),
    CONSTRAINT referral_other_caregiver_check CHECK (
        (no_other_caregiver IS NULL) = (other_caregiver_name IS NOT NULL)
        AND (other_caregiver_name IS NULL) = (other_caregiver_relationship IS NULL)),
    CONSTRAINT referral_decision_check CHECK (
        num_nonnulls(decided_on, decided_by, episode_id, urgency, outcome, decline_reason, explanation) = 0
        OR num_nonnulls(decided_on, decided_by, episode_id, urgency) = 4
            AND num_nonnulls(outcome, decline_reason, explanation) = 0
        OR num_nonnulls(decided_on, decided_by, outcome, decline_reason, explanation) = 5
            AND num_nonnulls(episode_id, urgency) = 0)
);
CREATE INDEX referral_in_triage ON referral (received_at) WHERE decided_on IS NULL;

CREATE TABLE colleague (
    id uuid PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE reference_counter (
    year integer PRIMARY KEY,
    last_number integer NOT NULL CHECK (last_number > 0)
);

CREATE TABLE referral_draft (
    id uuid PRIMARY KEY,
    token_hash text NOT NULL UNIQUE,
    answers jsonb NOT NULL,
    reference text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX referral_draft_by_age ON referral_draft (updated_at);
DO $$ BEGIN
    EXECUTE format('GRANT DELETE ON referral_draft TO %I', current_database());
END $$;
"""

CREATE_EPISODE = """
CREATE TABLE episode (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    referral_id uuid NOT NULL REFERENCES referral,
    opened_on date NOT NULL,
    level text NOT NULL,
    risk_support boolean NOT NULL,
    direct_work boolean NOT NULL,
    support_from date NOT NULL CHECK (support_from >= opened_on),
    review_on date,
    CONSTRAINT episode_review_check CHECK ((review_on IS NULL) = (level = 'community'))
);
CREATE INDEX episode_by_referral ON episode (referral_id);
CREATE INDEX episode_by_review ON episode (review_on) WHERE review_on IS NOT NULL;
ALTER TABLE referral ADD FOREIGN KEY (episode_id) REFERENCES episode DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE tier_assignment (
    episode_id uuid NOT NULL REFERENCES episode,
    number integer NOT NULL CHECK (number > 0),
    level text NOT NULL,
    risk_support boolean NOT NULL,
    direct_work boolean NOT NULL,
    effective_from date NOT NULL,
    reason text,
    family_agreement text,
    review_on date,
    mdt_on date,
    note text NOT NULL,
    decided_by uuid NOT NULL,
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (episode_id, number),
    CONSTRAINT tier_assignment_reason_check CHECK (
        (number = 1) = (reason IS NULL) AND (number = 1) = (family_agreement IS NULL))
);
DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON tier_assignment FROM %I', current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(CREATE_REFERRAL)
    execute_script(CREATE_EPISODE)
