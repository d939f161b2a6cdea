"""Facts of consultation, supervision and training. `pairs rebuild` fills the tables from the log."""

from shared.database.script import execute_script

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CREATE_FACTS = """
CREATE TABLE consultation_held (
    stream text NOT NULL,
    position bigint NOT NULL,
    number smallint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    kind text NOT NULL,
    profession text NOT NULL,
    tier text,
    minutes integer NOT NULL,
    sector text,
    PRIMARY KEY (stream, position, number)
);
CREATE INDEX consultation_held_by_team ON consultation_held (team, month);

CREATE TABLE consultation_converted (
    stream text NOT NULL,
    position bigint NOT NULL,
    number smallint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    is_within_90_days boolean NOT NULL,
    PRIMARY KEY (stream, position, number)
);
CREATE INDEX consultation_converted_by_team ON consultation_converted (team, month);

CREATE TABLE consultation_evaluated (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    useful integer NOT NULL,
    before integer NOT NULL,
    now integer NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX consultation_evaluated_by_team ON consultation_evaluated (team, month);

CREATE TABLE supervision_reckoned (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    owed_minutes integer NOT NULL,
    given_minutes integer NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX supervision_reckoned_by_team ON supervision_reckoned (team, month);

CREATE TABLE posts_reckoned (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    people integer NOT NULL,
    hundredths integer NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX posts_reckoned_by_team ON posts_reckoned (team, month);

CREATE TABLE place_booked (
    stream text NOT NULL,
    position bigint NOT NULL,
    number smallint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    course text NOT NULL,
    sector text NOT NULL,
    profession text NOT NULL,
    PRIMARY KEY (stream, position, number)
);
CREATE INDEX place_booked_by_team ON place_booked (team, month);

CREATE TABLE place_ended (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    course text NOT NULL,
    sector text NOT NULL,
    profession text NOT NULL,
    how text NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX place_ended_by_team ON place_ended (team, month);

CREATE TABLE training_completed (
    stream text NOT NULL,
    position bigint NOT NULL,
    number smallint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    course text NOT NULL,
    level integer NOT NULL,
    sector text NOT NULL,
    profession text NOT NULL,
    home_team text,
    PRIMARY KEY (stream, position, number)
);
CREATE INDEX training_completed_by_team ON training_completed (team, month);

CREATE TABLE coverage_reckoned (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    course text NOT NULL,
    sector text NOT NULL,
    profession text NOT NULL,
    in_date integer NOT NULL,
    headcount integer,
    PRIMARY KEY (stream, position)
);
CREATE INDEX coverage_reckoned_by_team ON coverage_reckoned (team, month);

CREATE TABLE champions_reckoned (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    champions integer NOT NULL,
    active integer NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX champions_reckoned_by_team ON champions_reckoned (team, month);

CREATE TABLE confidence_reckoned (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    subject text NOT NULL,
    month date NOT NULL,
    course text NOT NULL,
    pairs integer NOT NULL,
    gain_tenths integer NOT NULL,
    improved integer NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX confidence_reckoned_by_team ON confidence_reckoned (team, month);

CREATE TABLE course_day_held (
    stream text NOT NULL,
    position bigint NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    course text NOT NULL,
    minutes integer NOT NULL,
    PRIMARY KEY (stream, position)
);
CREATE INDEX course_day_held_by_team ON course_day_held (team, month);

DO $$ BEGIN
    EXECUTE format('GRANT DELETE ON
        consultation_held, consultation_converted, consultation_evaluated, supervision_reckoned,
        posts_reckoned, place_booked, place_ended, training_completed,
        coverage_reckoned, champions_reckoned, confidence_reckoned, course_day_held
        TO %I', current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(CREATE_FACTS)
