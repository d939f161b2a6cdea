"""Which letters are there about a referral or a family, and which are still to be written? The newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, cast, func, or_, select

from services.referral.database.clinical_tables import discharge
from services.referral.database.letter_tables import letter
from services.referral.database.tables import episode, referral
from services.referral.intake.domain.referral import Referral
from services.referral.intake.domain.triage import Acceptance, Closure
from services.referral.letters.domain.letter_kind import Audience, LetterKind
from services.referral.letters.domain.written_letter import checklist, letter_reference
from services.referral.staff.database.record_access import check_family
from shared.contracts.vocabulary import Code
from shared.database.mapping import read_row
from shared.kernel.clock import LONDON
from shared.staff.listing import Listing, found_by
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


class LetterState(Code):
    DRAFT = "draft", "Draft"
    ISSUED = "issued", "Finished"
    DISCARDED = "discarded", "Discarded"


@dataclass(frozen=True)
class LetterFilter:
    state: LetterState | None = None


@dataclass(frozen=True)
class LetterLine:
    letter_id: UUID
    kind: LetterKind
    recipient_name: str
    state: LetterState
    reference: str
    """The letter's number; empty unless it was issued."""
    written_at: datetime
    """UTC, as the other moments."""
    written_by_name: str | None
    issued_at: datetime | None
    issued_by_name: str | None


_STATES: dict[LetterState, ColumnElement[bool]] = {
    LetterState.DRAFT: letter.c.issued_at.is_(None) & letter.c.discarded_at.is_(None),
    LetterState.ISSUED: letter.c.issued_at.is_not(None),
    LetterState.DISCARDED: letter.c.discarded_at.is_not(None),
}


async def letter_list(
    work: UnitOfWork, referral_id: UUID, family_id: UUID | None, chosen: LetterFilter
) -> Listing[LetterLine]:
    """Of the referral or, where there is one, of the family, for someone who may see it; one statement."""
    if family_id is not None:
        await check_family(work, family_id)
    writer, issuer = colleague.alias("writer"), colleague.alias("issuer")
    query = (
        select(
            letter,
            referral.c.reference,
            writer.c.name.label("written_by_name"),
            issuer.c.name.label("issued_by_name"),
        )
        .join(referral, referral.c.id == letter.c.referral_id)
        .outerjoin(writer, writer.c.id == letter.c.written_by)
        .outerjoin(issuer, issuer.c.id == letter.c.issued_by)
        .where(_about(referral_id, family_id))
        .order_by(letter.c.written_at.desc(), letter.c.id.desc())
    )
    if chosen.state is not None:
        query = query.where(_STATES[chosen.state])
    return found_by(query, _line)


async def letter_of_day(work: UnitOfWork, referral_id: UUID, kind: LetterKind, recipient: str) -> datetime | None:
    """When the same kind of letter to the same recipient was begun today, if it was not put aside."""
    today = cast(func.timezone(LONDON.key, letter.c.written_at), Date) == work.today
    same = (letter.c.referral_id == referral_id, letter.c.kind == kind, letter.c.recipient_name == recipient)
    query = select(letter.c.written_at).where(*same, today, letter.c.discarded_at.is_(None)).limit(1)
    return await work.session.scalar(query)


async def letters_to_write(work: UnitOfWork, about: Referral, *, is_silent: bool) -> Sequence[LetterKind]:
    """What this point of the pathway asks for and nobody has begun or issued. Source: reference 2.2 and 2.3.

    Args:
        is_silent: messages to the family are stopped, so nobody is asked to write to them.
    """
    begun = await work.session.scalars(
        select(letter.c.kind).where(letter.c.referral_id == about.id, letter.c.discarded_at.is_(None))
    )
    ended = (
        select(discharge.c.id)
        .join(episode, episode.c.id == discharge.c.episode_id)
        .where(episode.c.referral_id == about.id, discharge.c.undone_on.is_(None))
    )
    asked = checklist(
        is_self=about.request.is_self,
        is_accepted=isinstance(about.decision, Acceptance),
        is_closed=isinstance(about.decision, Closure),
        is_discharged=await work.session.scalar(ended) is not None,
    )
    known = set(begun)
    barred = {Audience.FAMILY} if is_silent else set[Audience]()
    return [kind for kind in asked if kind not in known and kind.audience not in barred]


async def referral_of_family(work: UnitOfWork, family_id: UUID) -> UUID | None:
    """The newest that belongs to the family."""
    await check_family(work, family_id)
    newest = select(referral.c.id).where(referral.c.family_id == family_id).order_by(referral.c.received_at.desc())
    return await work.session.scalar(newest.limit(1))


def _about(referral_id: UUID, family_id: UUID | None) -> ColumnElement[bool]:
    if family_id is None:
        return letter.c.referral_id == referral_id
    return or_(letter.c.family_id == family_id, referral.c.family_id == family_id)


def _line(row: Any) -> LetterLine:
    return read_row(
        LetterLine,
        row,
        letter_id=row.id,
        state=LetterState.ISSUED if row.issued_at else LetterState.DISCARDED if row.discarded_at else LetterState.DRAFT,
        reference=letter_reference(row.reference, row.number) if row.number else "",
    )
