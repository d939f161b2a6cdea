"""An event of a newer version stops its own stream and no other, and after the upgrade nothing is missing."""

from datetime import date
from typing import Any

from shared.contracts.catalogue import CATALOGUE, Catalogue
from shared.contracts.envelope import Envelope
from shared.contracts.event import Month, RegionEvent
from shared.contracts.platform import TeamOnboarded
from shared.contracts.referral import RegionalReferralReceived
from shared.contracts.streams import Audience, EntryId, Stream
from shared.contracts.vocabulary import AgeBand, ReasonGroup, SourceGroup, Urgency
from shared.kernel.clock import machine_clock
from shared.kernel.identifiers import new_id
from shared.tenancy.registry import announce
from tests.guarantees.spine import Spine, rows, until

OLD = RegionalReferralReceived(
    month=date(2026, 3, 1),
    source_group=SourceGroup.SELF,
    reason_groups=(ReasonGroup.PARENT,),
    age_band=AgeBand.UNBORN,
)


class RegionalReferralReceivedV2(RegionEvent):
    type = "uk.pairs.regional.referral_received.v2"

    month: Month
    source_group: SourceGroup
    reason_groups: tuple[ReasonGroup, ...]
    age_band: AgeBand
    urgency: Urgency

    @staticmethod
    def from_v1(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "urgency": "routine"}


NEW = RegionalReferralReceivedV2(**OLD.model_dump(), urgency=Urgency.URGENT)

UPGRADED = Catalogue(
    [RegionalReferralReceivedV2 if event is RegionalReferralReceived else event for event in CATALOGUE.classes]
)


async def put(redis: Any, stream: Stream, position: int, event: RegionEvent) -> None:
    envelope = Envelope(
        new_id(), event.type, stream.source, str(new_id()), machine_clock(), "00-0-0-00", event.model_dump_json()
    )
    await redis.xadd(stream.key, envelope.fields(), id=str(EntryId(1, position)))


async def test_a_newer_version_parks_its_stream_and_the_upgrade_goes_on_from_there(spine: Spine) -> None:
    neighbour = Stream("neighbour", "referral", Audience.REGION)
    async with spine.operator() as redis:
        for position, event in enumerate((OLD, OLD, NEW, OLD), start=1):
            await put(redis, spine.stream, position, event)
        for position in range(1, 6):
            await put(redis, neighbour, position, OLD)
        await spine.announce()
        await announce(redis, TeamOnboarded(team="neighbour", services=("referral",)))

    async def logged(stream: Stream) -> list[tuple[str, str]]:
        found = await rows(
            spine.reader_database, f"SELECT type, body FROM event_log WHERE stream = '{stream.key}' ORDER BY position"
        )
        return [(row["type"], row["body"]) for row in found]

    async with spine.reading():

        async def is_parked_and_the_neighbour_is_read() -> bool:
            return len(await logged(neighbour)) == 5 and await spine.state() == "parked"

        await until(is_parked_and_the_neighbour_is_read)
        assert len(await logged(spine.stream)) == 2
        assert await spine.letters() == []

    async with spine.reading(UPGRADED, effects=()):

        async def has_all() -> bool:
            return len(await logged(spine.stream)) == 4

        await until(has_all)
    after = await logged(spine.stream)
    assert [kind for kind, _ in after[2:]] == [NEW.type, NEW.type]
    assert '"routine"' in after[3][1]
    assert await spine.state() == "reading"
