"""One subscription that cannot be looked at is put off, and the stream says in which epoch it is."""

from shared.database.script import execute_script

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None
oldest_code = "0016"

CREATE_STREAM_EPOCH = """
CREATE TABLE stream_epoch (
    is_it boolean PRIMARY KEY CHECK (is_it),
    epoch bigint NOT NULL CHECK (epoch > 0)
);
INSERT INTO stream_epoch VALUES (true, 1);
"""
"""One row: a later epoch begins when the database was restored to the past."""

PUT_OFF = """
ALTER TABLE subscription ADD COLUMN not_before timestamptz;
"""


def upgrade() -> None:
    execute_script(CREATE_STREAM_EPOCH)
    execute_script(PUT_OFF)
