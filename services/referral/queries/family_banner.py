"""Whose record is this? What stands at the head of every page of a family."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.families import family_not_found
from services.referral.database.family_tables import family, family_member, person
from services.referral.database.tables import colleague, episode, referral
from services.referral.domain.age import age_in_words
from services.referral.domain.family import MemberKind, shown_name
from services.referral.domain.subject import Baby, Unborn
from services.referral.domain.tier import Support
from shared.contracts.vocabulary import Level


@dataclass(frozen=True)
class MemberLine:
    """One person of the family."""

    person_id: UUID
    kind: MemberKind
    name: str | None
    born_on: date | None
    due_on: date | None
    birth_order: int | None
    """1, 2 … for twins and more; None for a single baby."""
    nhs_number: str | None
    died_on: date | None
    is_lost: bool
    """Died, or was not born alive."""
    age: str
    """In words, today; empty when no date is known."""

    @property
    def shown_name(self) -> str:
        """Never empty."""
        return shown_name(self.name, self.born_on, self.birth_order)


@dataclass(frozen=True)
class EpisodeLine:
    """One piece of work with the family."""

    episode_id: UUID
    version: int
    referral_id: UUID
    reference: str
    opened_on: date
    ended_on: date | None
    support: Support
    review_on: date | None
    lead_id: UUID | None
    lead_name: str | None


@dataclass(frozen=True)
class FamilyBanner:
    """The people of a family, and the work with them."""

    family_id: UUID
    version: int
    restricted: bool
    messages_stopped_at: datetime | None
    """When a loss stopped every message; UTC."""
    members: Sequence[MemberLine]
    episodes: Sequence[EpisodeLine]
    """The newest first."""

    @property
    def babies(self) -> list[MemberLine]:
        return [member for member in self.members if member.kind is MemberKind.BABY]

    @property
    def carers(self) -> list[MemberLine]:
        return [member for member in self.members if member.kind is MemberKind.CARER]

    @property
    def heading(self) -> str:
        """The record is titled by its babies."""
        return " and ".join(baby.shown_name for baby in self.babies) or "Family without a baby on record"

    @property
    def is_multiple(self) -> bool:
        """Twins or more: a page must say which baby it means."""
        return len(self.babies) > 1

    @property
    def episode(self) -> EpisodeLine | None:
        """The newest episode, open or ended; None for a family that was never accepted."""
        return self.episodes[0] if self.episodes else None

    @property
    def open_episode(self) -> EpisodeLine | None:
        """The one that goes on; a family has at most one."""
        return next((one for one in self.episodes if one.ended_on is None), None)


async def family_banner(session: AsyncSession, family_id: UUID, today: date) -> FamilyBanner:
    """Three statements, however many people or episodes.

    Raises:
        NotFound: this team has no such family.
    """
    row = (await session.execute(select(family).where(family.c.id == family_id))).one_or_none()
    if row is None:
        raise family_not_found()
    people = await session.execute(
        select(person, family_member.c.kind)
        .join(family_member, family_member.c.person_id == person.c.id)
        .where(family_member.c.family_id == family_id, family_member.c.until_on.is_(None))
        .order_by(family_member.c.number)
    )
    episodes = await session.execute(
        select(episode, referral.c.reference, colleague.c.name.label("lead_name"))
        .join(referral, referral.c.id == episode.c.referral_id)
        .outerjoin(colleague, colleague.c.id == episode.c.lead_id)
        .where(episode.c.family_id == family_id)
        .order_by(episode.c.opened_on.desc(), episode.c.id.desc())
    )
    return FamilyBanner(
        family_id=family_id,
        version=row.version,
        restricted=row.restricted,
        messages_stopped_at=row.messages_stopped_at,
        members=[_member(one, today) for one in people],
        episodes=[_episode(one) for one in episodes],
    )


def _member(one: Any, today: date) -> MemberLine:
    is_lost = one.died_on is not None or one.pregnancy_outcome not in (None, "live_birth")
    subject = Baby("", one.born_on) if one.born_on else Unborn(one.due_on) if one.due_on else None
    return MemberLine(
        person_id=one.id,
        kind=MemberKind(one.kind),
        name=one.name,
        born_on=one.born_on,
        due_on=one.due_on,
        birth_order=one.birth_order,
        nhs_number=one.nhs_number,
        died_on=one.died_on,
        is_lost=is_lost,
        age="" if subject is None or is_lost else age_in_words(subject, today),
    )


def _episode(one: Any) -> EpisodeLine:
    return EpisodeLine(
        episode_id=one.id,
        version=one.version,
        referral_id=one.referral_id,
        reference=one.reference,
        opened_on=one.opened_on,
        ended_on=one.ended_on,
        support=Support(Level(one.level), risk_support=one.risk_support, direct_work=one.direct_work),
        review_on=one.review_on,
        lead_id=one.lead_id,
        lead_name=one.lead_name,
    )
