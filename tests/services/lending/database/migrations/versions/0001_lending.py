"""Families, parcels and tasks about them, and what every service of a team has that reads another's events."""

from shared.audit.tables import AUDIT_DDL_2, CREATE_AUDIT_1
from shared.database.script import execute_script
from shared.inbox.tables import CREATE_INBOX_1
from shared.outbox.tables import CREATE_OUTBOX_1, POSITIONS_BESIDE_1, POSITIONS_ONLY_BESIDE_1
from shared.staff.tables import (
    COLLEAGUE_DDL_1,
    EARLIER_VERSION_DDL_1,
    FORM_DRAFT_DDL_1,
    INTENTION_DDL_1,
    create_message_1,
    create_task_1,
)
from shared.web.tables import SESSION_DDL_1, SESSION_DDL_2

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LENDING = """
CREATE TABLE family (
    id uuid PRIMARY KEY,
    merged_into uuid REFERENCES family
);
CREATE TABLE parcel (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    family_id uuid NOT NULL REFERENCES family,
    person_id uuid NOT NULL,
    position bigint NOT NULL,
    is_replay boolean NOT NULL,
    born_at timestamptz NOT NULL,
    sent_at timestamptz
);
"""


def upgrade() -> None:
    for script in (
        CREATE_OUTBOX_1,
        POSITIONS_BESIDE_1,
        POSITIONS_ONLY_BESIDE_1,
        CREATE_AUDIT_1,
        AUDIT_DDL_2,
        SESSION_DDL_1,
        SESSION_DDL_2,
        INTENTION_DDL_1,
        COLLEAGUE_DDL_1,
        EARLIER_VERSION_DDL_1,
        FORM_DRAFT_DDL_1,
        CREATE_INBOX_1,
        LENDING,
        create_task_1("parcel_id uuid NOT NULL REFERENCES parcel, family_id uuid NOT NULL REFERENCES family"),
        create_message_1("family_id uuid REFERENCES family"),
    ):
        execute_script(script)
