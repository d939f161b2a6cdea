"""Families: people with their roles, and the dyads of a baby and a carer, which are the unit of work.

Every accepted referral so far becomes a family of its own. A person is one row for each human in the team's records:
an unborn baby's row stays the same at birth.
"""

from shared.database.script import execute_script

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CREATE_FAMILY = """
CREATE TABLE family (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    recorded_on date NOT NULL,
    restricted boolean NOT NULL DEFAULT false,
    messages_stopped_at timestamptz,
    safety_asked_on date,
    merged_into uuid REFERENCES family
);

CREATE TABLE person (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    name text,
    born_on date,
    due_on date,
    due_source text,
    birth_order integer CHECK (birth_order BETWEEN 1 AND 9),
    days_of_pregnancy integer CHECK (days_of_pregnancy BETWEEN 140 AND 310),
    pregnancy_outcome text,
    pregnancy_ended_on date,
    died_on date,
    nhs_number text CHECK (nhs_number ~ '^[0-9]{10}$'),
    gender text,
    ethnicity text,
    phone text,
    email text,
    address text,
    postcode text,
    gp_practice text,
    care_experienced text NOT NULL DEFAULT 'not_known',
    contact_unsafe boolean NOT NULL DEFAULT false,
    contact_note text NOT NULL DEFAULT ''
);
CREATE INDEX person_by_nhs_number ON person (nhs_number) WHERE nhs_number IS NOT NULL;
CREATE INDEX person_by_born_on ON person (born_on) WHERE born_on IS NOT NULL;
CREATE INDEX person_by_due_on ON person (due_on) WHERE due_on IS NOT NULL;
CREATE INDEX person_by_postcode ON person (postcode) WHERE postcode IS NOT NULL;

CREATE TABLE family_member (
    family_id uuid NOT NULL REFERENCES family,
    person_id uuid NOT NULL REFERENCES person,
    number integer NOT NULL CHECK (number > 0),
    kind text NOT NULL,
    from_on date NOT NULL,
    until_on date CHECK (until_on >= from_on),
    invited_on date,
    PRIMARY KEY (family_id, person_id)
);
CREATE INDEX family_member_by_person ON family_member (person_id);

CREATE TABLE dyad (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    family_id uuid NOT NULL REFERENCES family,
    baby_id uuid NOT NULL REFERENCES person,
    carer_id uuid NOT NULL REFERENCES person,
    relationship text NOT NULL,
    involvement text NOT NULL,
    parental_responsibility text NOT NULL DEFAULT 'not_known',
    lives_together text NOT NULL DEFAULT 'not_known',
    contact_note text NOT NULL DEFAULT '',
    is_primary boolean NOT NULL DEFAULT false,
    UNIQUE (family_id, baby_id, carer_id)
);

CREATE TABLE legal_status (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person,
    number integer NOT NULL CHECK (number > 0),
    status text NOT NULL,
    from_on date NOT NULL,
    until_on date CHECK (until_on >= from_on),
    local_authority text,
    placement text,
    social_worker text,
    may_consent text,
    UNIQUE (person_id, number)
);
CREATE UNIQUE INDEX legal_status_now ON legal_status (person_id) WHERE until_on IS NULL;

CREATE TABLE safety_flag (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    family_id uuid NOT NULL REFERENCES family,
    person_id uuid REFERENCES person,
    kind text NOT NULL,
    from_on date NOT NULL,
    review_on date NOT NULL,
    source text NOT NULL,
    note text NOT NULL DEFAULT '',
    ended_on date CHECK (ended_on >= from_on),
    ending text,
    CONSTRAINT safety_flag_ending_check CHECK ((ended_on IS NULL) = (ending IS NULL))
);
CREATE INDEX safety_flag_by_family ON safety_flag (family_id);

CREATE TABLE access_need (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    person_id uuid NOT NULL UNIQUE REFERENCES person,
    asked_on date NOT NULL,
    contact_method text,
    information_format text,
    communication_professional text,
    communication_support text,
    interpreter_language text,
    interpreter_dialect text,
    interpreter_gender text,
    adjustments text
);

CREATE TABLE consent (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    family_id uuid NOT NULL REFERENCES family,
    person_id uuid NOT NULL REFERENCES person,
    given_by uuid NOT NULL REFERENCES person,
    scope text NOT NULL,
    method text NOT NULL,
    given_on date NOT NULL,
    note text,
    withdrawn_on date CHECK (withdrawn_on >= given_on)
);
CREATE UNIQUE INDEX consent_once ON consent (family_id, person_id, scope) WHERE withdrawn_on IS NULL;

CREATE TABLE family_preference (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    family_id uuid NOT NULL UNIQUE REFERENCES family,
    venue text,
    format text,
    practitioner_gender text,
    times text,
    network text
);

ALTER TABLE referral ADD COLUMN family_id uuid REFERENCES family;
CREATE INDEX referral_by_family ON referral (family_id) WHERE family_id IS NOT NULL;
ALTER TABLE episode ADD COLUMN family_id uuid REFERENCES family;
"""

EACH_BECOMES_A_FAMILY = """
ALTER TABLE referral DROP CONSTRAINT referral_family_id_fkey;
UPDATE referral SET family_id = gen_random_uuid() WHERE episode_id IS NOT NULL;
INSERT INTO family (id, version, recorded_on) SELECT family_id, 1, decided_on FROM referral WHERE family_id IS NOT NULL;
ALTER TABLE referral ADD CONSTRAINT referral_family_id_fkey FOREIGN KEY (family_id) REFERENCES family;

CREATE TEMPORARY TABLE told ON COMMIT DROP AS
SELECT r.*, gen_random_uuid() AS baby_id, gen_random_uuid() AS carer_id,
       CASE WHEN other_caregiver_name IS NOT NULL THEN gen_random_uuid() END AS other_id
FROM referral r WHERE family_id IS NOT NULL;

INSERT INTO person (id, version, name, born_on, due_on, nhs_number, postcode)
SELECT baby_id, 1, baby_name, born_on, due_on, nhs_number, postcode FROM told;
INSERT INTO person (id, version, name, phone, postcode)
SELECT carer_id, 1, caregiver_name, caregiver_phone, postcode FROM told;
INSERT INTO person (id, version, name, phone)
SELECT other_id, 1, other_caregiver_name, other_caregiver_phone FROM told WHERE other_id IS NOT NULL;
INSERT INTO family_member (family_id, person_id, number, kind, from_on)
SELECT family_id, baby_id, 1, 'baby', decided_on FROM told
UNION ALL SELECT family_id, carer_id, 2, 'carer', decided_on FROM told
UNION ALL SELECT family_id, other_id, 3, 'carer', decided_on FROM told WHERE other_id IS NOT NULL;
INSERT INTO dyad (id, version, family_id, baby_id, carer_id, relationship, involvement, is_primary)
SELECT gen_random_uuid(), 1, family_id, baby_id, carer_id, caregiver_relationship, 'involved', true FROM told
UNION ALL
SELECT gen_random_uuid(), 1, family_id, baby_id, other_id, other_caregiver_relationship, 'not_known', false
FROM told WHERE other_id IS NOT NULL;
UPDATE episode SET family_id = referral.family_id FROM referral WHERE referral.id = episode.referral_id;
ALTER TABLE episode ALTER COLUMN family_id SET NOT NULL;
CREATE INDEX episode_by_family ON episode (family_id);
"""


def upgrade() -> None:
    execute_script(CREATE_FAMILY)
    execute_script(EACH_BECOMES_A_FAMILY)
