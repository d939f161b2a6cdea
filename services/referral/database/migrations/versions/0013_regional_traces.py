"""A trace of its own for each event that the region was given: until now it had the sender's.

What is on a stream already is not changed by this; it is what a reader took in, and no reader keeps it.
"""

from shared.database.script import execute_script

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

RENEW_REGIONAL_TRACES = """
UPDATE outbox SET traceparent = '00-' || replace(gen_random_uuid()::text, '-', '') || '-'
    || left(replace(gen_random_uuid()::text, '-', ''), 16) || '-00'
WHERE audience = 'region';
"""


def upgrade() -> None:
    execute_script(RENEW_REGIONAL_TRACES)
