"""Indexes of the work lists: a practitioner's day, tasks and endings by date, and people by the words of their names.

The name's words are compared as a text search without a dictionary, which finds `jones` in Smith-Jones and needs no
extension. `database/name_words.py` says the same expression.
"""

from shared.database.script import execute_script

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CREATE_INDEXES = """
CREATE INDEX contact_by_day ON contact (practitioner_id, starts_at) WHERE starts_at IS NOT NULL;
CREATE INDEX person_by_name_words ON person USING gin (
    to_tsvector('simple', translate(lower(name), '-''’', '   ')));
CREATE INDEX referral_by_name_words ON referral USING gin (
    to_tsvector('simple', translate(lower(
        coalesce(baby_name, '') || ' ' || caregiver_name || ' ' || coalesce(other_caregiver_name, '')), '-''’', '   ')))
    WHERE family_id IS NULL;
CREATE INDEX referral_by_nhs_number ON referral (nhs_number) WHERE family_id IS NULL AND nhs_number IS NOT NULL;
CREATE INDEX task_answered ON task (answered_at) WHERE answered_at IS NOT NULL;
CREATE INDEX episode_waiting ON episode (id) WHERE ended_on IS NULL AND (
    first_contact_on IS NULL OR assessed_on IS NULL OR baseline_on IS NULL OR plan_agreed_on IS NULL
    OR intervention_started_on IS NULL);
CREATE INDEX episode_ended ON episode (ended_on) WHERE ended_on IS NOT NULL;
"""


def upgrade() -> None:
    execute_script(CREATE_INDEXES)
