"""A number that someone left goes, with what was promised about it, when it was answered long ago."""

from shared.database.script import execute_script

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

DESTROY_CALLBACKS = """
CREATE FUNCTION destroy_callbacks(answered_before timestamptz, most integer) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    doomed uuid[];
BEGIN
    SELECT array_agg(id) INTO doomed FROM (
        SELECT id FROM callback WHERE answered_at < answered_before
        ORDER BY answered_at LIMIT most FOR UPDATE SKIP LOCKED
    ) AS old;
    DELETE FROM promise WHERE about = ANY (doomed);
    RETURN QUERY DELETE FROM callback WHERE id = ANY (doomed) RETURNING id;
END $$;
REVOKE ALL ON FUNCTION destroy_callbacks FROM PUBLIC;
DO $$ BEGIN
    EXECUTE format('GRANT EXECUTE ON FUNCTION destroy_callbacks TO %I', current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(DESTROY_CALLBACKS)
