"""Which two records were joined?"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from services.training.database.workforce_tables import person, person_merge
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class JoinedNames:
    merge_id: UUID
    kept_id: UUID
    kept: str
    retired: str


async def joined_names(work: UnitOfWork, merge_id: UUID) -> JoinedNames:
    """Raises NotFound when nothing was joined so."""
    retired, kept = person.alias("retired"), person.alias("kept")
    query = (
        select(
            kept.c.id,
            (kept.c.given_name + " " + kept.c.family_name).label("kept"),
            (retired.c.given_name + " " + retired.c.family_name).label("retired"),
        )
        .select_from(person_merge)
        .join(retired, retired.c.id == person_merge.c.retired_id)
        .join(kept, kept.c.id == person_merge.c.kept_id)
        .where(person_merge.c.id == merge_id)
    )
    if (row := (await work.session.execute(query)).one_or_none()) is None:
        raise NotFound("merge_unknown", "These records were not joined. Open the person's page again.")
    return JoinedNames(merge_id, row.id, row.kept, row.retired)
