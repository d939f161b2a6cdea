"""What a contact is checked against: the people of the family, their needs, and the work with them."""

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Function, Select, Uuid, bindparam, func, select

from services.referral.contacts.domain.contact_check import Around, Present
from services.referral.database.clinical_tables import strand
from services.referral.database.family_tables import access_need, dyad, family_member, person
from services.referral.database.tables import episode, referral
from services.referral.people.domain.dyad import carer_group
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import MemberKind
from services.referral.staff.database.record_access import check_episode
from shared.contracts.pathway_codes import CarerGroup
from shared.contracts.tier import tier_of
from shared.contracts.vocabulary import Level
from shared.kernel.clock import london_date
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


async def read_around(work: UnitOfWork, episode_id: UUID) -> Around:
    """Two statements. People who left the family are among them: an old contact with them can be corrected."""
    await check_episode(work, episode_id)
    row = (await work.session.execute(_WORK, {"episode": episode_id})).one()
    people = await work.session.execute(_PEOPLE, {"episode": episode_id})
    return Around(
        family={one.id: _present(one) for one in people},
        received_on=london_date(row.received_at),
        today=work.today,
        tier=tier_of(Level(row.level), risk_support=row.risk_support, direct_work=row.direct_work),
        lead_id=row.lead_id,
        strand_ids=frozenset(row.strands),
        colleagues=frozenset(row.colleagues),
    )


def _present(row: Any) -> Present:
    return Present(_group(row), row.born_on, row.lost_on, needs_interpreter=row.interpreter_language is not None)


def _group(row: Any) -> CarerGroup | None:
    match MemberKind(row.kind):
        case MemberKind.BABY:
            return CarerGroup.BABY
        case MemberKind.CARER:
            return carer_group([Relationship(one) for one in row.relationships or ()])
        case _:
            return None


def _all_of(ids: Select[Any]) -> Function[Any]:
    return func.array(ids.scalar_subquery(), type_=ARRAY(Uuid))


# Each contact asks these, so they are built once.
_WORK = (
    select(
        episode.c.lead_id,
        episode.c.level,
        episode.c.risk_support,
        episode.c.direct_work,
        referral.c.received_at,
        _all_of(select(strand.c.id).where(strand.c.episode_id == episode.c.id)).label("strands"),
        _all_of(select(colleague.c.id)).label("colleagues"),
    )
    .join(referral, referral.c.id == episode.c.referral_id)
    .where(episode.c.id == bindparam("episode"))
)
_RELATIONSHIPS = (
    select(func.array_agg(dyad.c.relationship))
    .where(dyad.c.family_id == family_member.c.family_id, dyad.c.carer_id == person.c.id)
    .scalar_subquery()
)
_PEOPLE = (
    select(
        person.c.id,
        person.c.born_on,
        func.coalesce(person.c.died_on, person.c.pregnancy_ended_on).label("lost_on"),
        family_member.c.kind,
        access_need.c.interpreter_language,
        _RELATIONSHIPS.label("relationships"),
    )
    .join(family_member, family_member.c.person_id == person.c.id)
    .join(episode, episode.c.family_id == family_member.c.family_id)
    .outerjoin(access_need, access_need.c.person_id == person.c.id)
    .where(episode.c.id == bindparam("episode"))
)
