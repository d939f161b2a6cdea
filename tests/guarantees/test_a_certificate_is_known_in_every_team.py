"""What a team's training tells the network is heard by every other team's, that of a new team without a restart."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date

from redis.asyncio import Redis

from services.training.contents import SERVICE
from shared.contracts.certificate import CertificateIssued, CertificateWithdrawn
from shared.contracts.event import Event
from shared.contracts.streams import of_the_network
from shared.contracts.training_codes import TrainingCourse
from shared.database.engines import create_engine
from shared.kernel.actor import system
from shared.kernel.clock import machine_clock
from shared.kernel.identifiers import new_id
from shared.process import units_of_work
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.provisioning import announce_team, operator
from shared.testing.page_walk import walked_settings
from shared.testing.servers import FreshService
from shared.worker import Hears, team_worker
from tests.guarantees.spine import Family, rows, until


@asynccontextmanager
async def training(team: str, access: ServiceAccess) -> AsyncGenerator[Callable[[Event, Family], Awaitable[None]]]:
    """A team's training at work; gives how it tells something."""
    settings = walked_settings(SERVICE, team=team, database_url=access.database_url, redis_url=access.redis_url)
    engine = create_engine(settings.database_url)
    units = units_of_work(settings, engine, machine_clock)

    async def tell(event: Event, about: Family) -> None:
        async with units.begin(system()) as work:
            work.publish(event, about=about)

    hears = Hears(network=SERVICE.network_reactions())
    async with team_worker(settings, SERVICE.name, machine_clock, units=units, hears=hears) as worker:
        yield tell
        await worker.ready["streams"]()
    await engine.dispose()


async def test_a_new_teams_certificates_are_heard_without_a_restart_and_what_redis_lost_is_asked_for_again(
    servers: AdminUrls, fresh_service: FreshService, new_team: Callable[[], str]
) -> None:
    chester, blackpool = new_team(), new_team()
    theirs = await fresh_service(chester, SERVICE.name)
    lost, kept = Family(), Family()

    async def heard() -> bool:
        found = await rows(theirs.database_url, "SELECT team, digest, withdrawn_on FROM heard_certificate")
        return {(row["team"], row["digest"], row["withdrawn_on"]) for row in found} == {
            (blackpool, lost.id, date(2026, 6, 3)),
            (blackpool, kept.id, None),
        }

    async with training(chester, theirs):
        new = await fresh_service(blackpool, SERVICE.name)
        async with training(blackpool, new) as tell, operator(servers) as redis:
            await tell(
                CertificateWithdrawn(completion_id=new_id(), digest=lost.id, withdrawn_on=date(2026, 6, 3)), lost
            )
            await tell(issued(kept), kept)
            stream = of_the_network(blackpool, SERVICE.name).key
            await until(lambda: has_two(redis, stream))
            await redis.xdel(stream, "1-1")
            await announce_team(servers, blackpool, [SERVICE.name])
            await until(heard)


def issued(one: Family) -> CertificateIssued:
    return CertificateIssued(
        completion_id=new_id(),
        digest=one.id,
        course=TrainingCourse.IMH_PIR,
        course_version=1,
        level=1,
        held_from=date(2026, 5, 12),
        until_on=None,
    )


def withdrawn(one: Family) -> CertificateWithdrawn:
    return CertificateWithdrawn(completion_id=new_id(), digest=one.id, withdrawn_on=date(2026, 6, 3))


async def has_two(redis: Redis, stream: str) -> bool:
    return await redis.xlen(stream) == 2
