"""Which facts were made by code that made others, so that they have to be made anew: `pairs rebuild`."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.inbox.projection import Projection, digests_of


async def unmade_facts(session: AsyncSession, projections: Sequence[Projection]) -> Sequence[str]:
    """Names of fact tables, A to Z; of a log in which there is nothing yet, none."""
    digests = digests_of(projections)
    asked = {"tables": list(digests), "digests": list(digests.values())}
    return (await session.scalars(_UNMADE, asked)).all()


_UNMADE = text("""
SELECT fact_table FROM unnest(CAST(:tables AS text[]), CAST(:digests AS text[])) AS present (fact_table, digest)
WHERE NOT EXISTS (
    SELECT FROM fact_maker WHERE (fact_maker.fact_table, fact_maker.digest) = (present.fact_table, present.digest)
) AND EXISTS (SELECT FROM event_log)
ORDER BY fact_table
""")
