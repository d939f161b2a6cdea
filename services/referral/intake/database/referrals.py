"""Referrals as stored."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from services.referral.database.tables import reference_counter
from services.referral.database.tables import referral as table
from services.referral.intake.domain.enquiry import Enquiry
from services.referral.intake.domain.referral import EarlierReceipt, Referral, ReferralRequest, ReferralState
from services.referral.intake.domain.triage import Acceptance, Closure, TargetService, Told
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Referrer, Relationship
from services.referral.people.domain.subject import Baby, Subject, Unborn
from services.referral.staff.database.record_access import check_family
from shared.contracts.vocabulary import (
    DeclineReason,
    FamilyAgreement,
    ReferralReason,
    ReferralRoute,
    SourceGroup,
    TriageOutcome,
    Urgency,
)
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
            insert(table).values(
                id=referral.id,
                version=referral.version,
                idempotency_key=idempotency_key,
                reference=referral.reference,
                received_at=referral.received_at,
                **row,
            )
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
        row = found.mappings().one()
        return row["reference"], _referral(row).state

    async def save(self, referral: Referral) -> None:
        """Store what triage says; what was asked never changes."""
        await self._session.execute(
            update(table)
            .where(table.c.id == referral.id)
            .values(version=referral.version, family_id=referral.family_id, **_triage_columns(referral))
        )

    async def _get(self, referral_id: UUID, *, to_change: bool) -> Referral:
        query = select(table).where(table.c.id == referral_id)
        found = await self._session.execute(query.with_for_update() if to_change else query)
        if (row := found.mappings().one_or_none()) is None:
            raise NotFound("referral_not_found", "This team has no such referral. Look for it in the triage queue.")
        if row["family_id"] is not None:
            await check_family(self._work, row["family_id"])
        return _referral(row)


def _referral(row: RowMapping) -> Referral:
    return Referral(
        id=row["id"],
        reference=row["reference"],
        request=_request(row),
        received_at=row["received_at"],
        decision=_decision(row),
        family_id=row["family_id"],
        version=row["version"],
        urgency=Urgency(row["urgency"]) if row["urgency"] else None,
        enquiry=_enquiry(row),
        reopened_on=row["reopened_on"],
        reopening=row["reopening"],
    )


def _request_columns(request: ReferralRequest) -> Columns:
    return {
        "route": request.route,
        "postcode": request.postcode,
        "nhs_number": request.nhs_number,
        "reasons": list(request.reasons),
        "story": request.story,
        "consent": request.consent,
        "in_danger": request.in_danger,
        "referrer_name": request.referrer.name,
        "source_group": request.referrer.source_group,
        "referrer_organisation": request.referrer.organisation,
        "referrer_email": request.referrer.email,
        "referrer_phone": request.referrer.phone,
        "earlier_received_on": request.earlier.received_on if request.earlier else None,
        "earlier_team": request.earlier.team if request.earlier else None,
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
            said: Columns = {
                "episode_id": decision.episode_id,
                "safe_wait_plan": decision.safe_wait_plan or None,
                "waiting_well_on": decision.waiting_well_on,
            }
        case Closure():
            said = {
                "outcome": decision.outcome,
                "decline_reason": decision.reason,
                "explanation": decision.explanation,
                "told": sorted(decision.told),
                "target_service": decision.target_service,
            }
    return columns | said | {"decided_on": decision.decided_on, "decided_by": decision.decided_by}


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


def _enquiry(row: RowMapping) -> Enquiry | None:
    return Enquiry(**{name: row[name] for name in _ENQUIRY}) if row["asked_on"] else None


def _request(row: RowMapping) -> ReferralRequest:
    return ReferralRequest(
        subject=_subject(row),
        caregiver=_caregiver("caregiver", row),
        other_caregiver=(
            NoOtherCaregiver(row["no_other_caregiver"])
            if row["no_other_caregiver"]
            else _caregiver("other_caregiver", row)
        ),
        referrer=Referrer(
            name=row["referrer_name"],
            source_group=SourceGroup(row["source_group"]),
            organisation=row["referrer_organisation"],
            email=row["referrer_email"],
            phone=row["referrer_phone"],
        ),
        postcode=row["postcode"],
        nhs_number=row["nhs_number"],
        reasons=tuple(ReferralReason(reason) for reason in row["reasons"]),
        story=row["story"],
        consent=FamilyAgreement(row["consent"]),
        in_danger=row["in_danger"],
        route=ReferralRoute(row["route"]),
        earlier=EarlierReceipt(row["earlier_received_on"], row["earlier_team"]) if row["earlier_team"] else None,
    )


def _subject(row: RowMapping) -> Subject:
    return Unborn(row["due_on"]) if row["due_on"] else Baby(row["baby_name"], row["born_on"])


def _caregiver(prefix: str, row: RowMapping) -> Caregiver:
    relationship = Relationship(row[f"{prefix}_relationship"])
    return Caregiver(row[f"{prefix}_name"], relationship, row[f"{prefix}_phone"])


def _decision(row: RowMapping) -> Acceptance | Closure | None:
    if row["decided_on"] is None:
        return None
    if row["episode_id"] is not None:
        return Acceptance(
            row["episode_id"],
            Urgency(row["urgency"]),
            row["decided_on"],
            row["decided_by"],
            safe_wait_plan=row["safe_wait_plan"] or "",
            waiting_well_on=row["waiting_well_on"],
        )
    return Closure(
        outcome=TriageOutcome(row["outcome"]),
        reason=DeclineReason(row["decline_reason"]),
        explanation=row["explanation"],
        decided_on=row["decided_on"],
        decided_by=row["decided_by"],
        told=frozenset(Told(who) for who in row["told"]),
        target_service=TargetService(row["target_service"]) if row["target_service"] else None,
        family_id=row["family_id"],
    )
