"""Everything in a family's record that is about someone's safety, in one statement."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, Select, Uuid, and_, bindparam, cast, func, literal, null, or_, select, union_all

from services.referral.database.contact_tables import task
from services.referral.database.family_tables import dyad, family, family_member, legal_status, person, safety_flag
from services.referral.database.intake_tables import promise
from services.referral.database.liaison_tables import risk_note
from services.referral.database.measure_tables import measure_administration
from services.referral.database.tables import episode, referral
from services.referral.people.domain.dyad import Involvement
from services.referral.people.domain.legal_status import CareStatus
from services.referral.people.domain.open_safety import OpenSafety, SafetyFound, SafetyMatter, open_safety
from services.referral.people.domain.people import NoOtherCaregiver
from services.referral.staff.database.open_promises import referrals_of
from services.referral.staff.database.record_access import check_family
from services.referral.staff.domain.task import SAFETY
from shared.contracts.pathway_codes import PromiseKind, TaskKind
from shared.database.built_once import written_out
from shared.kernel.clock import LONDON
from shared.unit_of_work import UnitOfWork

_NOWHERE: Any = cast(null(), Uuid)
_NEVER: Any = cast(null(), DateTime(timezone=True))


async def read_open_safety(work: UnitOfWork, family_id: UUID, asked_on: date | None) -> OpenSafety:
    """Raises RestrictedRecord when only named colleagues may see the family, and the actor is none of them."""
    await check_family(work, family_id)
    rows = await work.session.execute(_STATEMENT, {"safety_of": family_id, "today": work.today})
    found = [SafetyFound(SafetyMatter(row.matter), row.said_on, row.referral_id, row.due_at) for row in rows]
    return open_safety(found, asked_on)


def unsafe_to_contact(family_id: Any) -> Any:
    """Of a person in a query: someone noted it of them, or of them and a baby."""
    of_a_baby = (
        select(dyad.c.id)
        .where(dyad.c.family_id == family_id, dyad.c.carer_id == person.c.id, dyad.c.involvement == Involvement.UNSAFE)
        .correlate(person)
    )
    return or_(person.c.contact_unsafe, of_a_baby.exists())


def _sources(family_id: Any, today: Any) -> Iterator[Select[str, Any, Any, Any]]:
    yield from _told(family_id)
    asks = _tasks(family_id)
    yield _each(
        SafetyMatter.TASK, _day(task.c.raised_at), *asks, task.c.kind.in_(written_out(SAFETY - {TaskKind.RISK_NOTE}))
    )
    answered = select(task.c.id).where(
        task.c.kind == TaskKind.RISK_NOTE, task.c.about == risk_note.c.id, task.c.answered_at.is_not(None)
    )
    noted = _day(risk_note.c.noted_at)
    yield _each(SafetyMatter.RISK_NOTE, noted, risk_note.c.family_id == family_id, ~answered.exists())
    yield _measures(family_id)
    flags = (safety_flag.c.family_id == family_id, safety_flag.c.ended_on.is_(None))
    yield _each(SafetyMatter.FLAG, safety_flag.c.from_on, *flags)
    yield _each(SafetyMatter.FLAG_OVERDUE, safety_flag.c.from_on, *flags, safety_flag.c.review_on < today)
    here = (family_member.c.family_id == family_id, family_member.c.until_on.is_(None))
    is_here = (*here, family_member.c.person_id == person.c.id)
    yield _each(SafetyMatter.UNSAFE_CONTACT, family_member.c.from_on, *is_here, unsafe_to_contact(family_id))
    looked_after = and_(legal_status.c.until_on.is_(None), legal_status.c.status != CareStatus.NONE)
    in_care = (*here, family_member.c.person_id == legal_status.c.person_id, looked_after)
    yield _each(SafetyMatter.CARE_STATUS, legal_status.c.from_on, *in_care)
    goes_on = (episode.c.family_id == family_id, episode.c.ended_on.is_(None), episode.c.risk_support)
    yield _each(SafetyMatter.RISK_SUPPORT, episode.c.opened_on, *goes_on)
    yield _each(SafetyMatter.RESTRICTED, family.c.recorded_on, family.c.id == family_id, family.c.restricted)


def _told(family_id: Any) -> Iterator[Select[str, Any, Any, Any]]:
    """What a referral says."""
    said = (promise.c.about.in_(referrals_of([family_id])), promise.c.kind == PromiseKind.DANGER_SAID)
    told_in, due_at = promise.c.about, promise.c.due_at
    unanswered = (*said, promise.c.answered_at.is_(None))
    yield _each(SafetyMatter.PROMISE, _day(promise.c.made_at), *unanswered, told_in=told_in, due_at=due_at)
    told, of_family, told_in = _day(referral.c.received_at), _is_of_family(family_id), referral.c.id
    asked = func.coalesce(referral.c.asked_on, told)
    yield _each(SafetyMatter.DANGER_TOLD, told, of_family, referral.c.in_danger, told_in=told_in)
    yield _each(SafetyMatter.WORRY_TOLD, asked, of_family, referral.c.safety_worry, told_in=told_in)
    is_unsafe = referral.c.no_other_caregiver == NoOtherCaregiver.UNSAFE
    yield _each(SafetyMatter.OTHER_CARER, told, of_family, is_unsafe, told_in=told_in)


def _each(
    matter: SafetyMatter, said_on: Any, *where: Any, told_in: Any = _NOWHERE, due_at: Any = _NEVER
) -> Select[str, Any, Any, Any]:
    about = literal(matter.value).label("matter"), said_on.label("said_on"), told_in.label("referral_id")
    return select(*about, due_at.label("due_at")).where(*where)


def _day(moment: Any) -> Any:
    return cast(func.timezone(LONDON.key, moment), Date)


def _tasks(family_id: Any) -> tuple[Any, ...]:
    return task.c.family_id == family_id, task.c.answered_at.is_(None)


def _is_of_family(family_id: Any) -> Any:
    """A referral that was added to it, or from which work with it began; found by two indexes, not by reading all."""
    added, of = referral.alias("added"), episode.alias("of")
    begun = select(of.c.referral_id).where(of.c.family_id == family_id)
    return referral.c.id.in_(select(added.c.id).where(added.c.family_id == family_id).union(begun))


def _measures(family_id: Any) -> Select[str, Any, Any, Any]:
    """The last of each measure of each person that stands."""
    given, later = measure_administration, measure_administration.alias("later")
    of_later = measure_administration.alias("of_later")
    superseded = select(of_later.c.id).where(of_later.c.supersedes == given.c.id).correlate(given)
    newer = (
        select(later.c.id)
        .where(
            later.c.person_id == given.c.person_id,
            later.c.code == given.c.code,
            later.c.baby_id.is_not_distinct_from(given.c.baby_id),
            later.c.scored,
            ~later.c.withdrawn,
            ~select(of_later.c.id).where(of_later.c.supersedes == later.c.id).correlate(later).exists(),
            func.row(later.c.answered_on, later.c.recorded_at) > func.row(given.c.answered_on, given.c.recorded_at),
        )
        .correlate(given)
    )
    stands = (given.c.family_id == family_id, ~given.c.withdrawn, ~superseded.exists(), ~newer.exists())
    return _each(SafetyMatter.MEASURE, given.c.answered_on, *stands, func.jsonb_array_length(given.c.alerts) > 0)


# Every page of a family asks it, so it is built once: that alone took a tenth of such a page's time.
_STATEMENT = union_all(*_sources(bindparam("safety_of", type_=Uuid()), bindparam("today", type_=Date())))
