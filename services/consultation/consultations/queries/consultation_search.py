"""Who asked about that? By the organisation, by what was talked about, or by the reference of a family."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, cast, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from services.consultation.consultations.database.families import reference_in
from services.consultation.consultations.queries.consultation_list import ConsultationLine, consultations_where
from services.consultation.database.tables import consultation, family, organisation
from services.consultation.staff.domain.capabilities import CAPABILITIES, READ
from shared.contracts.consultation_codes import Topic
from shared.kernel.name_words import finds
from shared.unit_of_work import UnitOfWork

MOST_FOUND = 25


@dataclass(frozen=True)
class ConsultationsFound:
    """The newest 25; what was withdrawn is among them, and says so."""

    lines: Sequence[ConsultationLine]
    is_cut: bool


async def consultation_search(work: UnitOfWork, text: str) -> ConsultationsFound:
    """Those to which each word belongs, or that are about the family with that reference, also by one it had before.

    Raises:
        NotAllowed: the actor is not of the team.
    """
    CAPABILITIES.check(work.actor.roles, READ)
    reference = reference_in(text)
    fits = _is_about(*reference) if reference else await _has_words(work, text)
    found = await consultations_where(work, fits, most=MOST_FOUND + 1)
    return ConsultationsFound(found[:MOST_FOUND], is_cut=len(found) > MOST_FOUND)


def _is_about(year: int, number: int) -> ColumnElement[bool]:
    """A family that was merged is found by either reference."""
    named = family.alias("named")
    its = select(named.c.record_id).where(named.c.reference_year == year, named.c.reference_number == number)
    return family.c.record_id.in_(its)


async def _has_words(work: UnitOfWork, text: str) -> ColumnElement[bool]:
    """Of the organisation's name as it is spelled, or as somebody would type it, or of what was talked about."""
    rows = await work.session.execute(select(organisation.c.id, organisation.c.name))
    names = {row.id: row.name for row in rows}
    return and_(*(_has(word, [who for who, name in names.items() if finds(word, name)]) for word in text.split()))


def _has(word: str, found: Sequence[UUID]) -> ColumnElement[bool]:
    topics = [one.value for one in Topic if word.casefold() in one.label.casefold()]
    in_name = or_(organisation.c.name.icontains(word, autoescape=True), organisation.c.id.in_(found))
    return or_(in_name, consultation.c.topics.overlap(cast(topics, ARRAY(Text)))) if topics else in_name
