"""Referrals as stored."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from services.referral.database.tables import reference_counter
from services.referral.database.tables import referral as table
from services.referral.intake.domain.enquiry import Enquiry
from services.referral.intake.domain.referral import Referral, ReferralState
from services.referral.intake.domain.referral_request import EarlierReceipt, ReferralRequest
from services.referral.intake.domain.triage import Acceptance, Closure
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Referrer, Relationship
from services.referral.people.domain.safe_contact import SafeContact, TalkingNeed
from services.referral.people.domain.subject import Baby, Subject, Unborn
from services.referral.staff.database.record_access import check_family
from shared.contracts.vocabulary import (
    DeclineReason,
    SourceGroup,
)
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork

Columns = dict[str, Any]


class Referrals:
    """The referrals of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def received_before(self, idempotency_key: UUID) -> tuple[UUID, str] | None:
        """Id and reference of the referral that came with this key, if one did.

        Two submits of one form wait here for one another, so that the second finds what the first stored.
        """
        await self._session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(idempotency_key), 0))))
        found = await self._session.execute(
            select(table.c.id, table.c.reference).where(table.c.idempotency_key == idempotency_key)
        )
        row = found.one_or_none()
        return None if row is None else (row.id, row.reference)

    async def next_numbers(self, year: int, how_many: int = 1) -> range:
        """The next numbers of local references; others wait until the transaction ends, so there are no holes."""
        counter = insert_or(reference_counter).values(year=year, last_number=how_many)
        last = await self._session.scalar(
            counter.on_conflict_do_update(
                index_elements=["year"], set_={"last_number": reference_counter.c.last_number + how_many}
            ).returning(reference_counter.c.last_number)
        )
        assert last is not None  # noqa: S101 -- RETURNING of an upsert that always writes
        return range(last - how_many + 1, last + 1)

    async def name(self, references: Mapping[UUID, str]) -> None:
        """Give referrals their references that were received without."""
        named = update(table).where(table.c.id == bindparam("named")).values(reference=bindparam("given"))
        rows = [{"named": referral_id, "given": reference} for referral_id, reference in references.items()]
        await (await self._session.connection()).execute(named, rows)

    async def add(self, referral: Referral, idempotency_key: UUID) -> None:
        row = _request_columns(referral.request) | _triage_columns(referral)
        await self._session.execute(
            insert(table),
            {
                "id": referral.id,
                "version": referral.version,
                "idempotency_key": idempotency_key,
                "reference": referral.reference,
                "received_at": referral.received_at,
                **row,
            },
        )

    async def get(self, referral_id: UUID) -> Referral:
        """Raises NotFound when this team has no such referral."""
        return await self._get(referral_id, to_change=False)

    async def get_to_change(self, referral_id: UUID) -> Referral:
        """As `get`, and locked until the transaction ends, so that its events keep their order."""
        return await self._get(referral_id, to_change=True)

    async def state_of(self, referral_id: UUID) -> tuple[str, ReferralState]:
        """Its reference, and how far it is, which whoever sent it is told, restricted or not. The referral is there."""
        found = await self._session.execute(select(table).where(table.c.id == referral_id))
        row = found.one()
        return row.reference, _referral(row).state

    async def save(self, referral: Referral) -> None:
        """Store what triage says; what was asked never changes."""
        await self._session.execute(
            _SAVE,
            {
                "this": referral.id,
                "version": referral.version,
                "family_id": referral.family_id,
                **_triage_columns(referral),
            },
        )

    async def _get(self, referral_id: UUID, *, to_change: bool) -> Referral:
        found = await self._session.execute(_LOCKED if to_change else _FOUND, {"this": referral_id})
        if (row := found.one_or_none()) is None:
            raise NotFound("referral_not_found", "This team has no such referral. Look for it in the triage queue.")
        if row.family_id is not None:
            await check_family(self._work, row.family_id)
        return _referral(row)


# They are built once: each referral is asked for, and saved.
_THIS = table.c.id == bindparam("this")
_FOUND, _SAVE = select(table).where(_THIS), update(table).where(_THIS)
_LOCKED = _FOUND.with_for_update()


def _referral(row: Any) -> Referral:
    enquiry = read_row(Enquiry, row) if row.asked_on else None
    return read_row(Referral, row, request=_request(row), decision=_decision(row), enquiry=enquiry)


def _request_columns(request: ReferralRequest) -> Columns:
    return {
        **columns_of(request, without="subject caregiver other_caregiver referrer earlier contact talking"),
        "referrer_name": request.referrer.name,
        "source_group": request.referrer.source_group,
        "referrer_organisation": request.referrer.organisation,
        "referrer_email": request.referrer.email,
        "referrer_phone": request.referrer.phone,
        "earlier_received_on": request.earlier.received_on if request.earlier else None,
        "earlier_team": request.earlier.team if request.earlier else None,
        **(columns_of(request.contact) if request.contact else {}),
        **(columns_of(request.talking) if request.talking else {}),
        **_subject_columns(request.subject),
        **_caregiver_columns("caregiver", request.caregiver),
        **_other_caregiver_columns(request.other_caregiver),
    }


def _subject_columns(subject: Subject) -> Columns:
    match subject:
        case Unborn(due_on):
            return {"due_on": due_on}
        case Baby(name, born_on):
            return {"baby_name": name, "born_on": born_on}


def _caregiver_columns(prefix: str, caregiver: Caregiver) -> Columns:
    return {
        f"{prefix}_name": caregiver.name,
        f"{prefix}_relationship": caregiver.relationship,
        f"{prefix}_phone": caregiver.phone,
    }


def _other_caregiver_columns(other: Caregiver | NoOtherCaregiver) -> Columns:
    if isinstance(other, NoOtherCaregiver):
        return {"no_other_caregiver": other}
    return _caregiver_columns("other_caregiver", other)


def _triage_columns(referral: Referral) -> Columns:
    """What triage may change; a column that says nothing is emptied, as when a referral is opened again."""
    asked = referral.enquiry
    return {
        **_decision_columns(referral.decision),
        "urgency": referral.urgency,
        "reopened_on": referral.reopened_on,
        "reopening": referral.reopening,
        **{name: getattr(asked, name) if asked else None for name in _ENQUIRY},
    }


def _decision_columns(decision: Acceptance | Closure | None) -> Columns:
    columns: Columns = dict.fromkeys(_DECISION) | {"told": []}
    match decision:
        case None:
            return columns
        case Acceptance():
            said = columns_of(decision, without="urgency") | {"safe_wait_plan": decision.safe_wait_plan or None}
        case Closure():
            said = columns_of(decision, without="reason family_id") | {"decline_reason": decision.reason}
    return columns | said


_ENQUIRY = ("asked_for", "asked_on", "chase_on", "chases", "safety_worry", "supplied", "supplied_on")
_DECISION = (
    "decided_on",
    "decided_by",
    "episode_id",
    "safe_wait_plan",
    "waiting_well_on",
    "outcome",
    "decline_reason",
    "explanation",
    "target_service",
)


def _request(row: Any) -> ReferralRequest:
    return read_row(
        ReferralRequest,
        row,
        subject=Unborn(row.due_on) if row.due_on else Baby(row.baby_name, row.born_on),
        caregiver=_caregiver("caregiver", row),
        other_caregiver=(
            NoOtherCaregiver(row.no_other_caregiver) if row.no_other_caregiver else _caregiver("other_caregiver", row)
        ),
        referrer=Referrer(
            row.referrer_name,
            SourceGroup(row.source_group),
            row.referrer_organisation,
            row.referrer_email,
            row.referrer_phone,
        ),
        earlier=EarlierReceipt(row.earlier_received_on, row.earlier_team) if row.earlier_team else None,
        contact=None if row.contact_ways is None else read_row(SafeContact, row),
        talking=read_row(TalkingNeed, row) if row.interpreter else None,
    )


def _caregiver(prefix: str, row: Any) -> Caregiver:
    name, relationship, phone = (getattr(row, f"{prefix}_{part}") for part in ("name", "relationship", "phone"))
    return Caregiver(name, Relationship(relationship), phone)


def _decision(row: Any) -> Acceptance | Closure | None:
    if row.decided_on is None:
        return None
    if row.episode_id is not None:
        return read_row(Acceptance, row, safe_wait_plan=row.safe_wait_plan or "")
    return read_row(Closure, row, reason=DeclineReason(row.decline_reason))
