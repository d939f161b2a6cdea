"""How many were trained, and how many champions there were, on days that are past: one statement for all of them.

People are counted once in each sector and profession. Where a headcount is known of some of its places, only who works
there is counted: what has none is on neither side (reference section 6). Who works in another team's area counts there.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.training.coverage.domain.champion import ACTIVE_MONTHS, COURSE
from shared.contracts.training_codes import TrainingCourse


async def first_day_known(session: AsyncSession) -> date | None:
    """Of a training or a headcount; None: there is none."""
    return await session.scalar(_FIRST)


async def coverage_counts(
    session: AsyncSession, days: Sequence[date], courses: Sequence[TrainingCourse]
) -> Sequence[RowMapping]:
    """A row for each day, course, sector and profession; its columns are named as the fields of CoverageReckoned."""
    asked = {"days": list(days), "courses": [course.value for course in courses]}
    return (await session.execute(_COVERAGE, asked)).mappings().all()


async def champion_counts(session: AsyncSession, days: Sequence[date]) -> Sequence[RowMapping]:
    """A row for each of the days; its columns are named as the fields of ChampionsReckoned."""
    asked = {"days": list(days), "course": COURSE.value, "months": ACTIVE_MONTHS}
    return (await session.execute(_CHAMPIONS, asked)).mappings().all()


_FIRST = text("SELECT least((SELECT min(held_from) FROM completion), (SELECT min(as_of) FROM headcount))")

_HELD = """completion.withdrawn_at IS NULL AND completion.held_from <= on_day
    AND (completion.until_on IS NULL OR completion.until_on > on_day)"""
_AT_WORK = """(post.from_on IS NULL OR post.from_on <= on_day) AND (post.until_on IS NULL OR post.until_on > on_day)
    AND NOT EXISTS (SELECT 1 FROM person WHERE person.id = post.person_id AND person.erased_on IS NOT NULL)"""

_COVERAGE = text(f"""
WITH day AS (SELECT unnest(CAST(:days AS date[])) AS on_day),
course AS (SELECT unnest(CAST(:courses AS text[])) AS code),
known AS (
    SELECT DISTINCT ON (on_day, organisation_id, profession) on_day, organisation_id, profession, people
    FROM day JOIN headcount ON headcount.as_of <= on_day
    ORDER BY on_day, organisation_id, profession, as_of DESC, entered_at DESC, id DESC
),
size AS (
    SELECT on_day, sector, profession, sum(people) AS people
    FROM known JOIN organisation ON organisation.id = known.organisation_id AND organisation.home_team IS NULL
    GROUP BY on_day, sector, profession
),
held AS (
    SELECT DISTINCT on_day, course.code, completion.person_id
    FROM day CROSS JOIN course JOIN completion ON completion.course = course.code AND {_HELD}
),
trained AS (
    SELECT day.on_day, held.code, organisation.sector, post.profession,
           count(DISTINCT post.person_id) AS anywhere,
           count(DISTINCT post.person_id) FILTER (WHERE known.people IS NOT NULL) AS where_known
    FROM day
    JOIN held ON held.on_day = day.on_day
    JOIN post ON post.person_id = held.person_id AND {_AT_WORK.replace("on_day", "day.on_day")}
    JOIN organisation ON organisation.id = post.organisation_id AND organisation.home_team IS NULL
    LEFT JOIN known ON known.on_day = day.on_day AND known.organisation_id = post.organisation_id
        AND known.profession = post.profession
    GROUP BY day.on_day, held.code, organisation.sector, post.profession
),
place AS (
    SELECT on_day, code, sector, profession FROM size CROSS JOIN course
    UNION SELECT on_day, code, sector, profession FROM trained
)
SELECT CAST(date_trunc('month', place.on_day) AS date) AS month, place.code AS course, place.sector, place.profession,
       CAST(coalesce(CASE WHEN size.people IS NULL THEN trained.anywhere ELSE trained.where_known END, 0) AS integer)
           AS in_date,
       CAST(size.people AS integer) AS headcount
FROM place
LEFT JOIN size USING (on_day, sector, profession)
LEFT JOIN trained USING (on_day, code, sector, profession)
ORDER BY place.on_day, place.code, place.sector, place.profession
""")  # noqa: S608 - two constants of this file

_CHAMPIONS = text(f"""
WITH day AS (SELECT unnest(CAST(:days AS date[])) AS on_day),
champion AS (
    SELECT DISTINCT on_day, completion.person_id FROM day JOIN completion ON completion.course = :course AND {_HELD}
    WHERE EXISTS (SELECT 1 FROM post WHERE post.person_id = completion.person_id AND {_AT_WORK})
)
SELECT CAST(date_trunc('month', day.on_day) AS date) AS month, count(champion.person_id) AS champions,
       count(*) FILTER (WHERE EXISTS (
           SELECT 1 FROM champion_activity AS done WHERE done.person_id = champion.person_id
               AND done.done_on <= day.on_day AND done.done_on + make_interval(months => :months) > day.on_day
       )) AS active
FROM day LEFT JOIN champion ON champion.on_day = day.on_day
GROUP BY day.on_day ORDER BY day.on_day
""")  # noqa: S608 - two constants of this file
