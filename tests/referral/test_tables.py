"""What the service may do to its tables."""

from sqlalchemy import text

from tests.referral.a_team import ATeam

DELETABLE = {"api_token", "contact_person", "referral_draft", "web_session"}
KEPT = {"family", "person", "dyad", "contact", "task", "letter", "message"}
FIXED = {
    "api_message",
    "tier_assignment",
    "earlier_version",
    "letter_template",
    "note_template",
    "measure_administration",
    "measure_skip",
    "audit",
    "audit_head",
}
"""History: rows are added, and never changed."""


async def test_the_service_can_delete_only_what_is_meant_to_go(team: ATeam) -> None:
    async with team.engine.connect() as connection:
        rows = await connection.execute(
            text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        )
        names = [name for (name,) in rows]
        may = {
            right: {name for name in names if await connection.scalar(_ASKS, {"name": name, "right": right})}
            for right in ("DELETE", "TRUNCATE", "UPDATE")
        }

    assert may["DELETE"] >= DELETABLE
    assert may["DELETE"].isdisjoint({"referral", "episode", "outbox", "colleague", *KEPT, *FIXED})
    assert may["TRUNCATE"] == set()
    assert may["UPDATE"].isdisjoint(FIXED)


_ASKS = text("SELECT has_table_privilege(current_user, 'public.' || quote_ident(:name), :right)")
