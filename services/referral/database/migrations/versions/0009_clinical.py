"""From assessment to discharge: what a colleague wrote is added to, and a change keeps its earlier version."""

from shared.database.script import execute_script

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CREATE_UNDERSTANDING = """
CREATE TABLE assessment (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    episode_id uuid NOT NULL UNIQUE REFERENCES episode,
    completed_on date NOT NULL,
    story text NOT NULL,
    strengths text NOT NULL,
    needs text NOT NULL,
    feeding text NOT NULL,
    safety text NOT NULL,
    infant_voice text NOT NULL,
    without_baseline text,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL
);

CREATE TABLE formulation (
    episode_id uuid NOT NULL REFERENCES episode,
    number integer NOT NULL CHECK (number > 0),
    presenting text NOT NULL,
    predisposing text NOT NULL,
    precipitating text NOT NULL,
    perpetuating text NOT NULL,
    protective text NOT NULL,
    infant_voice text NOT NULL,
    is_shared boolean NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (episode_id, number)
);

CREATE TABLE goal (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    episode_id uuid NOT NULL REFERENCES episode,
    words text NOT NULL,
    person_id uuid NOT NULL REFERENCES person,
    set_on date NOT NULL,
    closed_on date CHECK (closed_on >= set_on)
);
CREATE INDEX goal_by_episode ON goal (episode_id);

CREATE TABLE goal_rating (
    goal_id uuid NOT NULL REFERENCES goal,
    number integer NOT NULL CHECK (number > 0),
    rated_on date NOT NULL,
    rating integer NOT NULL CHECK (rating BETWEEN 0 AND 10),
    recorded_by uuid NOT NULL,
    PRIMARY KEY (goal_id, number)
);
"""

CREATE_PLAN = """
CREATE TABLE plan (
    episode_id uuid NOT NULL REFERENCES episode,
    number integer NOT NULL CHECK (number > 0),
    agreed_on date NOT NULL,
    agreed_with text NOT NULL,
    preference text NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (episode_id, number)
);

CREATE TABLE strand (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    episode_id uuid NOT NULL,
    plan_number integer NOT NULL,
    intervention text NOT NULL,
    person_id uuid NOT NULL REFERENCES person,
    practitioner_id uuid NOT NULL REFERENCES colleague,
    planned_sessions integer NOT NULL CHECK (planned_sessions BETWEEN 1 AND 100),
    override_reason text NOT NULL DEFAULT '',
    started_on date,
    ended_on date,
    ending text,
    FOREIGN KEY (episode_id, plan_number) REFERENCES plan,
    CONSTRAINT strand_ending_check CHECK ((ended_on IS NULL) = (ending IS NULL))
);
CREATE INDEX strand_by_episode ON strand (episode_id);
ALTER TABLE contact ADD FOREIGN KEY (strand_id) REFERENCES strand;

CREATE TABLE review (
    id uuid PRIMARY KEY,
    episode_id uuid NOT NULL REFERENCES episode,
    held_on date NOT NULL,
    was_due_on date,
    infant_voice text NOT NULL,
    family_view text NOT NULL,
    decision text NOT NULL,
    next_review_on date NOT NULL CHECK (next_review_on > held_on),
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE INDEX review_by_episode ON review (episode_id, held_on);

CREATE TABLE colleague_training (
    colleague_id uuid NOT NULL REFERENCES colleague,
    course text NOT NULL,
    held_from date NOT NULL,
    until_on date CHECK (until_on > held_from),
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (colleague_id, course, held_from)
);
"""

CREATE_ENDINGS = """
CREATE TABLE pause (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    episode_id uuid NOT NULL REFERENCES episode,
    reason text NOT NULL,
    started_on date NOT NULL,
    ended_on date CHECK (ended_on >= started_on),
    note text NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX pause_open_once ON pause (episode_id) WHERE ended_on IS NULL;
CREATE INDEX pause_by_episode ON pause (episode_id);

CREATE TABLE hand_over (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    episode_id uuid NOT NULL UNIQUE REFERENCES episode,
    planned_for date NOT NULL,
    service text NOT NULL,
    needs_to_know text NOT NULL,
    family_view text NOT NULL,
    completed_on date,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL
);

CREATE TABLE discharge (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    episode_id uuid NOT NULL REFERENCES episode,
    ended_on date NOT NULL,
    ending text NOT NULL,
    what_changed text NOT NULL,
    infant_voice text NOT NULL,
    onward text NOT NULL,
    quote text NOT NULL,
    without_measures text,
    family_was_tried text NOT NULL,
    others_were_told text NOT NULL,
    safeguarding_considered text NOT NULL,
    target_team text NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    undone_on date,
    undone_by uuid,
    undone_reason text,
    CONSTRAINT discharge_undone_check CHECK (num_nonnulls(undone_on, undone_by, undone_reason) IN (0, 3))
);
CREATE UNIQUE INDEX discharge_once ON discharge (episode_id) WHERE undone_on IS NULL;

DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON formulation, goal_rating, plan, review, colleague_training FROM %I',
        current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(CREATE_UNDERSTANDING)
    execute_script(CREATE_PLAN)
    execute_script(CREATE_ENDINGS)
