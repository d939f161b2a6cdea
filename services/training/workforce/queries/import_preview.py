"""What would a file of people do to the register?"""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from services.training.database.workforce_tables import organisation, person, post
from services.training.workforce.database.workforce_imports import WorkforceImport, WorkforceImports
from services.training.workforce.domain.import_plan import Plan, Planner
from services.training.workforce.domain.import_row import Meanings, columns_of_headings, professions_by_name
from services.training.workforce.domain.workforce_file import read_file
from shared.contracts.consultation_codes import Profession
from shared.kernel.calendar import date_words
from shared.unit_of_work import UnitOfWork


async def import_preview(work: UnitOfWork, sent: WorkforceImport) -> Plan:
    """The same plan as is written. Raises RuleBroken when the file is no table of people."""
    imports = WorkforceImports(work)
    file = await asyncio.to_thread(read_file, sent.content)
    columns = columns_of_headings(file.headings)
    means = Meanings(columns, await imports.organisations(), professions_by_name(), work.today)
    planner = Planner(means, await imports.register(), sent.answers, sent.everybody)
    return await asyncio.to_thread(planner.plan, file)


@dataclass(frozen=True)
class MissingPost:
    """A job that a file of everybody did not name."""

    post_id: UUID
    version: int
    name: str
    works: str


async def missing_posts(work: UnitOfWork, sent: WorkforceImport) -> list[MissingPost]:
    """Those that nobody has ended since, by name."""
    query = (
        select(post, person.c.given_name, person.c.family_name)
        .join(person, person.c.id == post.c.person_id)
        .where(post.c.id.in_(sent.missing), or_(post.c.until_on.is_(None), post.c.until_on > sent.as_of))
        .order_by(func.lower(person.c.family_name), func.lower(person.c.given_name), post.c.id)
    )
    return [_missing(row) for row in await work.session.execute(query)]


async def posts_at(work: UnitOfWork, sent: WorkforceImport) -> int:
    """How many jobs the organisation had on the day of the file of everybody."""
    held = or_(post.c.until_on.is_(None), post.c.until_on > sent.as_of)
    query = select(func.count()).where(post.c.organisation_id == sent.everybody_at, held)
    return await work.session.scalar(query) or 0


async def name_of_organisation(work: UnitOfWork, organisation_id: UUID | None) -> str:
    """Empty where none is meant."""
    return await work.session.scalar(select(organisation.c.name).where(organisation.c.id == organisation_id)) or ""


def _missing(row: Any) -> MissingPost:
    since = f", since {date_words(row.from_on)}" if row.from_on else ""
    works = f"{Profession(row.profession).label}{since}"
    return MissingPost(row.id, row.version, f"{row.given_name} {row.family_name}", works)
