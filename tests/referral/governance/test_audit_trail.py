"""Who did what: the entries of one transaction keep their order, and cost one statement however many there are."""

from shared.audit.trail import Entry, first_tampered_entry
from shared.kernel.identifiers import new_id
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
        assert await first_tampered_entry(work.session) is None


async def test_a_transaction_that_records_nothing_adds_nothing(team: ATeam) -> None:
    async with team.begin(READER):
        pass

    assert await team.audited() == []
