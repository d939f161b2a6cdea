"""A history is loaded by several processes at once."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import text

from services.referral.demonstration.carry_out import Demonstration
from services.referral.demonstration.happening import Received
from services.referral.demonstration.history import history
from shared.demonstration.loading import OF_SEVERAL, Pace, carry_out_share, shares
from tests.referral.a_team import REGION_KEY, ATeam
from tests.referral.builders import a_team_named

UNTIL = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)


def test_what_happens_to_a_family_is_done_by_one_process_in_its_order_and_each_has_as_much_to_do() -> None:
    whole = history("lancaster", UNTIL)

    parts = shares(whole, 3)

    assert sorted(place for part in parts for place, _ in part) == list(range(len(whole)))
    assert all(whole[place] is happening for part in parts for place, happening in part)
    whose = defaultdict[str, set[int]](set)
    for number, part in enumerate(parts):
        assert [place for place, _ in part] == sorted(place for place, _ in part)
        for _, happening in part:
            whose[happening.family].add(number)
    assert {len(numbers) for numbers in whose.values()} == {1}
    assert max(map(len, parts)) < 1.1 * min(map(len, parts))


async def test_several_at_once_leave_the_record_of_one(team: ATeam) -> None:
    happenings = history("blackpool", UNTIL, months=1)
    parts, pace = shares(happenings, 3), Pace(3)
    demonstrations = [Demonstration(team.engine, a_team_named("blackpool"), REGION_KEY) for _ in parts]

    await demonstrations[0].introduce(happenings[0].at)
    async with asyncio.TaskGroup() as group:
        for number, (demonstration, part) in enumerate(zip(demonstrations, parts, strict=True)):
            group.create_task(carry_out_share(demonstration, part, pace, number))

    received = [one for one in happenings if isinstance(one.action, Received)]
    async with team.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM referral")) == len(received)
        assert await connection.scalar(text("SELECT count(DISTINCT reference) FROM referral")) == len(received)
        first, last = (await connection.execute(text("SELECT min(recorded_at), max(recorded_at) FROM contact"))).one()
    assert happenings[0].at <= first < last <= UNTIL


@dataclass(frozen=True)
class Noted:
    """Something of a history, which takes its time where it is slow."""

    at: datetime
    family: str
    is_slow: bool = False


class Notes:
    def __init__(self) -> None:
        self.done: list[str] = []

    async def introduce(self, at: datetime) -> None:
        """Nothing is needed before."""

    async def carry_out(self, noted: Noted) -> None:
        await asyncio.sleep(0.1 if noted.is_slow else 0)
        self.done.append(noted.family)


async def test_what_happens_to_several_families_waits_for_what_happened_to_each_before() -> None:
    notes, pace = Notes(), Pace(3)
    whole = [Noted(UNTIL, "one", is_slow=True), Noted(UNTIL, OF_SEVERAL), Noted(UNTIL, "two")]

    async with asyncio.TaskGroup() as group:
        for number, part in enumerate(shares(whole, 3)):
            group.create_task(carry_out_share(notes, part, pace, number))

    assert notes.done.index("one") < notes.done.index(OF_SEVERAL)
    assert len(notes.done) == 3
