"""Babies who have reached the age at which the hand-over is planned, and of whom nobody was asked to plan it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.clinical_tables import hand_over
from services.referral.database.contact_tables import task
from services.referral.database.family_tables import family, family_member, person
from services.referral.database.tables import episode
from services.referral.people.domain.age import turns_on
from services.referral.people.domain.person import MemberKind
from services.referral.people.domain.remit import HAND_OVER_MONTHS
from shared.contracts.pathway_codes import TaskKind

_AT_LEAST = timedelta(days=HAND_OVER_MONTHS * 30)
"""Of a baby who may be that old; which day it is, is the domain's to say."""


@dataclass(frozen=True)
class HandOverDue:
    family_id: UUID
    episode_id: UUID
    baby_id: UUID


async def hand_overs_due(session: AsyncSession, today: date) -> Sequence[HandOverDue]:
    """One line for each episode: the eldest of its babies who are that old, and for whom nothing is planned."""
    asked = exists().where(task.c.kind == TaskKind.HAND_OVER, task.c.about == episode.c.id)
    planned = exists().where(hand_over.c.episode_id == episode.c.id)
    rows = await session.execute(
        select(family_member.c.family_id, episode.c.id, person.c.id.label("baby_id"), person.c.born_on)
        .ext(distinct_on(episode.c.id))
        .select_from(episode)
        .join(family, family.c.id == episode.c.family_id)
        .join(family_member, family_member.c.family_id == family.c.id)
        .join(person, person.c.id == family_member.c.person_id)
        .where(
            episode.c.ended_on.is_(None),
            family.c.merged_into.is_(None),
            family_member.c.kind == MemberKind.BABY,
            family_member.c.until_on.is_(None),
            person.c.died_on.is_(None),
            person.c.born_on <= today - _AT_LEAST,
            ~asked,
            ~planned,
        )
        .order_by(episode.c.id, person.c.born_on)
    )
    return [
        HandOverDue(row.family_id, row.id, row.baby_id)
        for row in rows
        if turns_on(row.born_on, HAND_OVER_MONTHS) <= today
    ]
