"""Facts of work with families.

A correction is a fact with the number -1 and, where something holds instead, one with 1. `pairs rebuild` fills the
tables from the log.
"""

from shared.database.script import execute_script

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CREATE_FACTS = """
ALTER TABLE triage_decided ADD COLUMN number smallint NOT NULL DEFAULT 1;
ALTER TABLE triage_decided ALTER COLUMN number DROP DEFAULT;
ALTER TABLE triage_decided DROP CONSTRAINT triage_decided_pkey;
ALTER TABLE triage_decided ADD PRIMARY KEY (stream, position, number);
DROP INDEX triage_decided_by_month;
CREATE INDEX triage_decided_by_month ON triage_decided (month, team, outcome, reason, working_days, number);

CREATE TABLE wait_stopped (
    stream text NOT NULL,
    position bigint NOT NULL,
    number smallint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    clock text NOT NULL,
    days integer NOT NULL,
    tier text,
    PRIMARY KEY (stream, position, number)
);
CREATE INDEX wait_stopped_by_team ON wait_stopped (team, month);

CREATE TABLE contact_recorded (
    stream text NOT NULL,
    position bigint NOT NULL,
    number smallint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    kind text NOT NULL,
    attendance text NOT NULL,
    venue text NOT NULL,
    minutes integer NOT NULL,
    is_with_lead boolean NOT NULL,
    has_interpreter boolean,
    tier text,
    PRIMARY KEY (stream, position, number)
);
CREATE INDEX contact_recorded_by_team ON contact_recorded (team, month);

CREATE TABLE episode_discharged (
    stream text NOT NULL,
    position bigint NOT NULL,
    number smallint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    ending text NOT NULL,
    length integer NOT NULL,
    has_two_contacts boolean NOT NULL,
    has_paired_measure boolean NOT NULL,
    has_infant_voice boolean,
    tier text,
    PRIMARY KEY (stream, position, number)
);
CREATE INDEX episode_discharged_by_team ON episode_discharged (team, month);

CREATE TABLE family_rereferred (
    stream text NOT NULL,
    position bigint NOT NULL,
    number smallint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    months_since_accepted integer NOT NULL,
    discharged date,
    gap text,
    PRIMARY KEY (stream, position, number)
);
CREATE INDEX family_rereferred_by_team ON family_rereferred (team, month);

CREATE TABLE referral_incomplete (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX referral_incomplete_by_team ON referral_incomplete (team, month);

CREATE TABLE assessment_completed (
    stream text NOT NULL,
    position bigint NOT NULL,
    number smallint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    had_baseline boolean NOT NULL,
    has_infant_voice boolean NOT NULL,
    PRIMARY KEY (stream, position, number)
);
CREATE INDEX assessment_completed_by_team ON assessment_completed (team, month);

CREATE TABLE review_completed (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    is_in_time boolean NOT NULL,
    has_infant_voice boolean NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX review_completed_by_team ON review_completed (team, month);

CREATE TABLE plan_agreed (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    is_preference_met boolean NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX plan_agreed_by_team ON plan_agreed (team, month);

CREATE TABLE intervention_started (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    intervention text NOT NULL,
    is_practitioner_trained boolean NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX intervention_started_by_team ON intervention_started (team, month);

CREATE TABLE intervention_ended (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    started date NOT NULL,
    intervention text NOT NULL,
    is_completed boolean NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX intervention_ended_by_team ON intervention_ended (team, month);

CREATE TABLE change_measured (
    stream text NOT NULL,
    position bigint NOT NULL,
    number smallint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    measure text NOT NULL,
    change text NOT NULL,
    was_clinical boolean,
    PRIMARY KEY (stream, position, number)
);
CREATE INDEX change_measured_by_team ON change_measured (team, month);

CREATE TABLE goal_moved (
    stream text NOT NULL,
    position bigint NOT NULL,
    number smallint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    move text NOT NULL,
    PRIMARY KEY (stream, position, number)
);
CREATE INDEX goal_moved_by_team ON goal_moved (team, month);

CREATE TABLE caseload_reckoned (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    waiting integer NOT NULL,
    waiting_over_28_days integer NOT NULL,
    longest_wait text,
    open_universal integer NOT NULL,
    open_targeted integer NOT NULL,
    open_specialist integer NOT NULL,
    open_risk integer NOT NULL,
    reviews_overdue integer NOT NULL,
    with_dad integer NOT NULL,
    dads_invited integer NOT NULL,
    dads_met integer NOT NULL,
    looked_after integer NOT NULL,
    fields_required integer NOT NULL,
    fields_complete integer NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX caseload_reckoned_by_team ON caseload_reckoned (team, month);

CREATE TABLE experience_reckoned (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    asked integer NOT NULL,
    answered integer NOT NULL,
    certainly_true integer,
    PRIMARY KEY (stream, position)
);
CREATE INDEX experience_reckoned_by_team ON experience_reckoned (team, month);

CREATE TABLE followed_up (
    stream text NOT NULL,
    position bigint NOT NULL,
    number smallint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    became text NOT NULL,
    PRIMARY KEY (stream, position, number)
);
CREATE INDEX followed_up_by_team ON followed_up (team, month);

DO $$ BEGIN
    EXECUTE format('GRANT DELETE ON
        wait_stopped, contact_recorded, episode_discharged, family_rereferred,
        referral_incomplete, assessment_completed, review_completed, plan_agreed,
        intervention_started, intervention_ended, change_measured, goal_moved,
        caseload_reckoned, experience_reckoned, followed_up
        TO %I', current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(CREATE_FACTS)
