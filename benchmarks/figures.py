"""All figures made anew of facts: of 15 teams in ten years, as many facts to a month as a team of the region has."""

import time
from datetime import UTC, date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from benchmarks.installation import Installation
from services.reporting.indicators.database.all_figures import make_all_figures
from services.reporting.indicators.database.figures import reckon
from shared.inbox.projection import marking
from shared.kernel.clock import machine_clock
from shared.kernel.postgres import connected

TEAMS, MONTHS = 15, 120

_CONTACTS = """
INSERT INTO contact_recorded
    (stream, position, number, team, month, kind, attendance, venue, minutes, is_with_lead, has_interpreter, tier)
SELECT 'team' || n % {teams}, n, 1, 'team' || n % {teams},
       (date_trunc('month', now()) - make_interval(months => n / {teams} % {months}))::date, 'session',
       (ARRAY['attended', 'attended', 'attended', 'did_not_attend'])[1 + n % 4],
       (ARRAY['home', 'family_hub', 'clinic'])[1 + n % 3], 45, n % 5 > 0, NULL,
       (ARRAY['universal', 'targeted', 'specialist'])[1 + n % 3]
FROM generate_series(1, {number}) n
"""
_WAITS = """
INSERT INTO wait_stopped (stream, position, number, team, month, clock, days, tier)
SELECT 'team' || n % {teams}, n, 1, 'team' || n % {teams},
       (date_trunc('month', now()) - make_interval(months => n / {teams} % {months}))::date,
       (ARRAY['first_contact', 'help_started'])[1 + n % 2], n % 128, 'targeted'
FROM generate_series(1, {number}) n
"""
_REFERRALS = """
INSERT INTO referral_received (stream, position, team, month, source_group, age_band)
SELECT 'team' || n % {teams}, n, 'team' || n % {teams},
       (date_trunc('month', now()) - make_interval(months => n / {teams} % {months}))::date,
       (ARRAY['self', 'health_visiting', 'maternity', 'neonatal'])[1 + n % 4],
       (ARRAY['unborn', 'months_0_2', 'months_12_23'])[1 + n % 3]
FROM generate_series(1, {number}) n
"""
_SHARES = {_CONTACTS: 0.7, _WAITS: 0.15, _REFERRALS: 0.15}
TABLES = ("contact_recorded", "wait_stopped", "referral_received")


async def fill_facts(installation: Installation, facts: int) -> None:
    """Facts of three kinds, in no team's log."""
    await installation.empty()
    async with connected(installation.admin_of("reporting")) as connection:
        for sql, share in _SHARES.items():
            await connection.execute(sql.format(teams=TEAMS, months=MONTHS, number=int(facts * share)))
        await connection.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")
    await installation.settle()


async def figures_made(installation: Installation, facts: int) -> float:
    """Facts a second, of which all figures are made; they are there already."""
    url = installation.admin_of("reporting")
    async with connected(url) as connection:
        await connection.execute(marking(TABLES))
    start = time.monotonic()
    await make_all_figures(url, lambda *_: None, machine_clock)
    return facts / (time.monotonic() - start)


async def one_month_made(installation: Installation, times: int) -> list[float]:
    """Seconds for the figures of the month that goes on, of one team of these; the first time it is planned."""
    url = installation.admin_of("reporting")
    now = datetime.now(UTC)
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1), pool_size=1)
    took: list[float] = []
    for _ in range(times):
        async with AsyncSession(engine) as session, session.begin():
            await session.execute(_MARK)
        start = time.monotonic()
        async with AsyncSession(engine) as session, session.begin():
            await reckon(session, date(now.year, now.month, 1), now)
        took.append(time.monotonic() - start)
    await engine.dispose()
    return took


_MARK = text("INSERT INTO dirty_month SELECT 'team1', date_trunc('month', now())::date, now()")
