"""Letters with the templates that a team edits, and the messages that leave by email.

A letter that was issued is frozen: a trigger keeps its words, whoever asks. Only what a merge of two records moves may
change. Both may belong to a referral that never became a family.
"""

from shared.database.script import execute_script

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CREATE_LETTER = """
CREATE TABLE letter_template (
    name text NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    text text,
    edited_by uuid NOT NULL,
    edited_at timestamptz NOT NULL,
    PRIMARY KEY (name, number)
);
DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON letter_template FROM %I', current_database());
END $$;

CREATE TABLE letter (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    referral_id uuid NOT NULL REFERENCES referral,
    family_id uuid REFERENCES family,
    kind text NOT NULL,
    recipient_id uuid REFERENCES person,
    recipient_name text NOT NULL,
    recipient_address text NOT NULL,
    text text NOT NULL,
    written_by uuid NOT NULL,
    written_at timestamptz NOT NULL,
    number integer CHECK (number > 0),
    issued_by uuid,
    issued_at timestamptz,
    team_name text,
    team_phone text,
    discarded_at timestamptz,
    UNIQUE (referral_id, number),
    CONSTRAINT letter_issued_check CHECK (num_nonnulls(number, issued_by, issued_at, team_name, team_phone) IN (0, 5)),
    CONSTRAINT letter_discarded_check CHECK (issued_at IS NULL OR discarded_at IS NULL)
);
CREATE INDEX letter_by_family ON letter (family_id) WHERE family_id IS NOT NULL;

CREATE FUNCTION letter_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a letter that was issued never changes';
END $$;
CREATE TRIGGER letter_stays BEFORE UPDATE ON letter FOR EACH ROW
    WHEN (OLD.issued_at IS NOT NULL AND
        (OLD.kind, OLD.recipient_name, OLD.recipient_address, OLD.text, OLD.number, OLD.issued_by, OLD.issued_at,
         OLD.team_name, OLD.team_phone, OLD.discarded_at)
        IS DISTINCT FROM
        (NEW.kind, NEW.recipient_name, NEW.recipient_address, NEW.text, NEW.number, NEW.issued_by, NEW.issued_at,
         NEW.team_name, NEW.team_phone, NEW.discarded_at))
    EXECUTE FUNCTION letter_is_frozen();
"""

CREATE_MESSAGE = """
CREATE TABLE message (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    kind text NOT NULL,
    about text NOT NULL,
    family_id uuid REFERENCES family,
    person_id uuid REFERENCES person,
    address text,
    subject text NOT NULL,
    body text NOT NULL,
    link text NOT NULL,
    queued_by uuid NOT NULL,
    queued_at timestamptz NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    expires_at timestamptz,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    trouble text,
    sent_at timestamptz,
    failed_at timestamptz,
    stopped_at timestamptz,
    CONSTRAINT message_recipient_check CHECK (num_nonnulls(person_id, address) = 1),
    CONSTRAINT message_end_check CHECK (num_nonnulls(sent_at, failed_at, stopped_at) <= 1)
);
CREATE UNIQUE INDEX message_once ON message (kind, about);
CREATE INDEX message_waiting ON message (next_attempt_at)
    WHERE sent_at IS NULL AND failed_at IS NULL AND stopped_at IS NULL;
CREATE INDEX message_by_family ON message (family_id) WHERE family_id IS NOT NULL;
CREATE INDEX message_by_queued_at ON message (queued_at);
"""


def upgrade() -> None:
    execute_script(CREATE_LETTER)
    execute_script(CREATE_MESSAGE)
