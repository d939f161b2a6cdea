"""How records are called for whoever reads: a family by its babies, a referral without one by its baby, a group."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select, union_all

from services.referral.database.group_tables import care_group
from services.referral.database.tables import referral
from services.referral.governance.queries.audited_records import families_of
from services.referral.people.domain.person import shown_name
from services.referral.worklists.queries.family_shown import family_shown, people_of
from shared.database.built_once import known
from shared.unit_of_work import UnitOfWork


async def named_records(work: UnitOfWork, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """In two statements; a record whose family the reader may not see is called restricted, another kind nothing."""
    of_families = families_of(ids).subquery()
    families = await work.session.execute(
        select(of_families, people_of(of_families.c.family_id)).where(of_families.c.family_id.is_not(None)),
        known(work.actor.id, work.now),
    )
    names = {row.id: family_shown(row.family_id, row.people, work.today).babies for row in families}
    of_none = union_all(
        select(referral.c.id, referral.c.baby_name.label("name")).where(
            referral.c.id.in_(ids), referral.c.family_id.is_(None)
        ),
        select(care_group.c.id, care_group.c.name).where(care_group.c.id.in_(ids)),
    )
    others = await work.session.execute(of_none)
    work.record("unfinished.read")
    return names | {row.id: shown_name(row.name, None) for row in others}
