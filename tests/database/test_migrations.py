"""Migrations run as the owner, in one transaction, once; on a little tree of two migrations."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from shared.database.migrations import HeadDiffers, OldCodeWouldStop, current, head, newest, tables, upgrade
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls
from shared.tenancy.names import database_name
from shared.testing.servers import FreshService

FIRST = """
from alembic import op
revision, down_revision = "0001", None
def upgrade() -> None:
    op.execute("CREATE TABLE family (id int PRIMARY KEY, note text)")
def downgrade() -> None:
    op.execute("DROP TABLE family")
"""
SECOND = """
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade() -> None:
    op.execute("CREATE TABLE session (id bigint GENERATED ALWAYS AS IDENTITY, family int REFERENCES family)")
    {more}
def downgrade() -> None:
    op.execute("DROP TABLE session")
"""
GRANT = "op.execute('DO $$ BEGIN EXECUTE format($f$GRANT DELETE ON session TO %I$f$, current_database()); END $$')"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "versions").mkdir()
    return add(tmp_path, "0001", FIRST)


def add(tree: Path, revision: str, text: str) -> Path:
    (tree / "versions" / f"{revision}_change.py").write_text(text)
    (tree / "HEAD").write_text(f"{revision}\n")
    return tree


async def test_the_tables_belong_to_the_owner_and_the_app_may_not_change_them(
    fresh_service: FreshService, a_team: str, tree: Path
) -> None:
    access = await fresh_service(a_team, "referral", folder=tree)
    async with connected(access.database_url) as app:
        assert await app.fetchval("SELECT tableowner FROM pg_tables WHERE tablename = 'family'") == (
            database_name(a_team, "referral") + "_owner"
        )
        await app.execute("INSERT INTO family VALUES (1, 'a'); UPDATE family SET note = 'b'")
        for forbidden in (
            "DELETE FROM family",
            "TRUNCATE family",
            "DROP TABLE family",
            "ALTER TABLE family ADD x int",
            "UPDATE alembic_version SET version_num = '0009'",
            "INSERT INTO alembic_version VALUES ('0009')",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await app.execute(forbidden)


async def test_a_migration_may_grant_more_to_the_app(fresh_service: FreshService, a_team: str, tree: Path) -> None:
    access = await fresh_service(a_team, "referral", folder=add(tree, "0002", SECOND.format(more=GRANT)))
    async with connected(access.database_url) as app:
        await app.execute("INSERT INTO family VALUES (1); INSERT INTO session (family) VALUES (1); DELETE FROM session")


async def test_a_database_is_brought_to_the_version_that_is_asked_for(
    servers: AdminUrls, fresh_service: FreshService, a_team: str, tree: Path
) -> None:
    access = await fresh_service(a_team, "referral", folder=tree)
    database = database_name(a_team, "referral")
    assert (await current(access.database_url), head("referral", folder=tree)) == ("0001", "0001")
    add(tree, "0002", SECOND.format(more=""))
    assert head("referral", folder=tree) == "0002"
    await upgrade(servers.postgres, "referral", database, to="0001", folder=tree)
    assert await current(access.database_url) == "0001"
    await upgrade(servers.postgres, "referral", database, folder=tree)
    await upgrade(servers.postgres, "referral", database, folder=tree)
    assert await current(access.database_url) == "0002"


async def test_a_migration_that_fails_leaves_nothing(
    servers: AdminUrls, fresh_service: FreshService, a_team: str, tree: Path
) -> None:
    access = await fresh_service(a_team, "referral", folder=tree)
    add(tree, "0002", SECOND.format(more="op.execute('SELECT 1/0')"))
    with pytest.raises(Exception, match="division by zero"):
        await upgrade(servers.postgres, "referral", database_name(a_team, "referral"), folder=tree)
    assert await current(access.database_url) == "0001"
    async with connected(access.database_url) as app:
        assert await app.fetchval("SELECT to_regclass('session')") is None


async def test_several_at_once_migrate_once(
    servers: AdminUrls, fresh_service: FreshService, a_team: str, tree: Path
) -> None:
    access = await fresh_service(a_team, "referral", folder=tree)
    add(tree, "0002", SECOND.format(more=""))
    database = database_name(a_team, "referral")
    await asyncio.gather(*(upgrade(servers.postgres, "referral", database, folder=tree) for _ in range(4)))
    assert await current(access.database_url) == "0002"


async def test_a_forgotten_head_file_is_refused(
    servers: AdminUrls, fresh_service: FreshService, a_team: str, tree: Path
) -> None:
    await fresh_service(a_team, "referral", folder=tree)
    add(tree, "0002", SECOND.format(more=""))
    (tree / "HEAD").write_text("0001\n")
    with pytest.raises(HeadDiffers):
        await upgrade(servers.postgres, "referral", database_name(a_team, "referral"), folder=tree)


async def test_a_database_without_tables_has_no_version(fresh_service: FreshService, a_team: str) -> None:
    access = await fresh_service(a_team, "archive")
    assert await current(access.database_url) is None


EXPANDS = """
from alembic import op
revision, down_revision, oldest_code = "0002", "0001", "0001"
def upgrade() -> None:
    op.execute("ALTER TABLE family ADD COLUMN called text")
"""
EXPANDS_AGAIN = """
from alembic import op
revision, down_revision, oldest_code = "{revision}", "{before}", "{before}"
def upgrade() -> None:
    op.execute("ALTER TABLE family ADD COLUMN of_{revision} text")
"""
CONTRACTS = """
from alembic import op
revision, down_revision, oldest_code = "0003", "0002", "0002"
def upgrade() -> None:
    op.execute("ALTER TABLE family DROP COLUMN note")
"""


async def test_older_code_works_on_tables_that_were_expanded_and_not_on_those_that_were_contracted(
    servers: AdminUrls, fresh_service: FreshService, a_team: str, tree: Path
) -> None:
    access, database = await fresh_service(a_team, "referral", folder=tree), database_name(a_team, "referral")
    add(add(tree, "0002", EXPANDS), "0003", CONTRACTS)
    (tree / "HEAD").write_text("0002 0003\n")

    async def fitting() -> list[str]:
        found = await tables(access.database_url)
        return [code for code in ("0001", "0002", "0003") if found and found.fit(code)]

    before = await fitting()
    await upgrade(servers.postgres, "referral", database, to=head("", folder=tree), folder=tree, while_serving=True)
    expanded = await fitting()
    with pytest.raises(OldCodeWouldStop):
        await upgrade(servers.postgres, "referral", database, folder=tree, while_serving=True)
    await upgrade(servers.postgres, "referral", database, to=newest("", folder=tree), folder=tree)

    assert (before, expanded, await fitting()) == (["0001"], ["0001", "0002"], ["0002", "0003"])


async def test_tables_that_are_new_or_whose_upgrade_is_finished_are_no_older_codes_and_can_be_expanded_again(
    servers: AdminUrls, fresh_service: FreshService, a_team: str, tree: Path
) -> None:
    add(tree, "0002", EXPANDS)
    access, database = await fresh_service(a_team, "referral", folder=tree), database_name(a_team, "referral")
    new = await tables(access.database_url)
    add(tree, "0003", EXPANDS_AGAIN.format(revision="0003", before="0002"))
    await upgrade(servers.postgres, "referral", database, folder=tree, while_serving=True)
    add(tree, "0004", EXPANDS_AGAIN.format(revision="0004", before="0003"))
    with pytest.raises(OldCodeWouldStop):
        await upgrade(servers.postgres, "referral", database, folder=tree, while_serving=True)
    (tree / "versions" / "0004_change.py").unlink()
    (tree / "HEAD").write_text("0003\n")
    await upgrade(servers.postgres, "referral", database, folder=tree, none_older=True)
    add(tree, "0004", EXPANDS_AGAIN.format(revision="0004", before="0003"))
    await upgrade(servers.postgres, "referral", database, folder=tree, while_serving=True)

    assert new == ("0002", "0002")
    assert await tables(access.database_url) == ("0004", "0003")


async def test_a_migration_that_meets_a_long_transaction_lets_others_through_and_comes_again(
    servers: AdminUrls, fresh_service: FreshService, a_team: str, tree: Path
) -> None:
    access = await fresh_service(a_team, "referral", folder=tree)
    add(tree, "0002", EXPANDS)
    async with connected(access.database_url) as report, connected(access.database_url) as page:
        long = report.transaction()
        await long.start()
        await report.fetch("SELECT * FROM family")
        migrating = asyncio.create_task(
            upgrade(servers.postgres, "referral", database_name(a_team, "referral"), folder=tree)
        )
        await asyncio.sleep(1.5)
        await page.fetch("SELECT id FROM family", timeout=5)
        assert not migrating.done()
        await long.rollback()
    await migrating
    assert await current(access.database_url) == "0002"
