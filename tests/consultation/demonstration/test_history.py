"""A year of consultations is invented, and given to the real commands."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.consultation.consultations.queries.usefulness import usefulness
from services.consultation.contents import SERVICE
from services.consultation.database.tables import consultation, family, task
from services.consultation.demonstration.carry_out import ConsultationDemonstration
from services.consultation.demonstration.happening import Logged
from services.consultation.demonstration.history import history
from services.consultation.demonstration.organisations import ORGANISATIONS
from services.consultation.diary.queries.meeting_list import MeetingFilter, MeetingTime, meeting_list
from services.consultation.organisations.queries.organisation_list import who_asks
from services.consultation.supervision.timers.reckon_posts import reckon_posts
from services.consultation.supervision.timers.reckon_supervision_months import reckon_supervision_months
from shared.kernel.identifiers import new_id
from shared.testing.recycled import KeptEngine, RecycledService
from shared.testing.told_region import untold_kinds
from tests.consultation.conftest import PRIYA, acting, units_of

UNTIL = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOT_IN_A_HISTORY = {
    "consultation_converted",
    "consultation_converted_corrected",
    "consultation_held_corrected",
}
"""The first waits for the referral service, which takes the referral in; nobody logs one by mistake in a history."""


def test_it_is_the_same_each_time_in_the_order_of_time_and_of_a_whole_year() -> None:
    whole = history("blackpool", UNTIL)
    logged = [one for one in whole if isinstance(one.action, Logged)]

    assert whole == history("blackpool", UNTIL)
    assert whole != history("lancaster", UNTIL)
    assert [one.at for one in whole] == sorted(one.at for one in whole)
    assert len(logged) > 100
    assert whole[0].at < UNTIL - timedelta(330)
    assert whole[-1].at <= UNTIL


async def test_its_commands_say_yes_and_name_families_that_the_team_knew(
    recycled_service: RecycledService, kept_engine: KeptEngine
) -> None:
    engine = await kept_engine(await recycled_service("team-one", "consultation"))
    demonstration = ConsultationDemonstration(engine, "blackpool", bytes(32))
    ids = [new_id() for _ in range(20)]
    recorded = {"recorded_on": UNTIL.date() - timedelta(200), "reference_year": 2025}
    async with engine.begin() as connection:
        rows = [{"id": one, "record_id": one, "reference_number": n, **recorded} for n, one in enumerate(ids, 1)]
        await connection.execute(insert(family), rows)

    whole = history("blackpool", UNTIL)
    await demonstration.introduce(whole[0].at)
    for one in whole:
        await demonstration.carry_out(one)

    async with units_of(engine).begin(acting(PRIYA)) as work:
        named = select(consultation.c.family_id, consultation.c.held_on).where(consultation.c.kind == "case_named")
        rows = (await work.session.execute(named)).all()
        assert len({row.family_id for row in rows}) > 10
        assert min(row.held_on for row in rows) > recorded["recorded_on"]
        assert await work.session.scalar(select(func.count()).where(task.c.answered_at.is_(None))) == 0
        held = await meeting_list(work, MeetingFilter(MeetingTime.HELD)).whole(work.session)
        coming = await meeting_list(work, MeetingFilter(MeetingTime.TO_COME)).whole(work.session)
        assert len(held) > 9
        assert all(line.is_logged and line.came == line.booked - 1 for line in held)
        assert len(coming) == 2
        assert (await usefulness(work)).answered > 20
        assert (await who_asks(work)).never_count == sum(not one.weight for one in ORGANISATIONS)
    await check_told(engine)


async def check_told(engine: AsyncEngine) -> None:
    """The region heard of each thing that it can hear of, but for what needs another service or a mistake."""
    await reckon_posts(units_of(engine))
    await reckon_supervision_months(units_of(engine))
    assert await untold_kinds(SERVICE, engine) == NOT_IN_A_HISTORY
