"""Who did what: the entries of one transaction keep their order, and cost one statement however many there are."""

from structlog.testing import capture_logs

from services.referral.governance.timers.check_audit_trail import check_audit_trail
from shared.audit.trail import Entry, check_on
from shared.kernel.identifiers import new_id
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from tests.referral.a_team import ATeam
from tests.referral.worklists.builders import READER, statements_of


async def test_many_entries_of_one_transaction_keep_their_order_and_their_chain(team: ATeam) -> None:
    entries: list[Entry] = [("search", None), *((f"family.read{number}", new_id()) for number in range(60))]

    async with statements_of(team) as sent, team.begin(READER) as work:
        for action, subject in entries:
            work.record(action, subject)

    assert await team.audited() == entries
    assert len([statement for statement in sent if "audit_add" in statement]) == 1
    async with team.begin(READER) as work:
        assert (await check_on(work.session)).first is None


async def test_a_transaction_that_records_nothing_adds_nothing(team: ATeam) -> None:
    async with team.begin(READER):
        pass

    assert await team.audited() == []


async def test_a_trail_that_does_not_hold_is_an_error_in_the_log(team: ATeam, servers: AdminUrls) -> None:
    await team.receives()
    with capture_logs() as before:
        await check_audit_trail(team.units)
    async with connected(url_of(servers.postgres, database=team.engine.url.database or "")) as connection:
        await connection.execute("DELETE FROM audit WHERE number = 1")
    with capture_logs() as after:
        await check_audit_trail(team.units)

    assert before == []
    assert [(line["log_level"], line["event"], line["entry"]) for line in after] == [
        ("error", "audit_trail_does_not_hold", 1)
    ]
