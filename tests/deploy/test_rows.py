"""What a backup and a leaving team's copy count."""

from deploy.backup.rows import rows_of
from shared.kernel.postgres import connected
from shared.testing.recycled import RecycledService


async def test_a_row_is_counted_in_its_table_and_not_again_in_a_view_of_it(
    recycled_service: RecycledService, a_team: str
) -> None:
    access = await recycled_service(a_team, "referral")
    async with connected(access.database_url) as connection:
        rows = await rows_of(connection)

    assert "outbox_order" in rows
    assert "outbox_in_order" not in rows
