"""What is agreed with whom about supervision: each agreement from its first day on, by name."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.consultation.database.supervision_tables import supervisee
from services.consultation.database.supervision_tables import supervision_agreement as table
from services.consultation.supervision.database.agreements import no_such_agreement
from services.consultation.supervision.domain.supervision_agreement import OUTSIDE, SupervisionAgreement
from shared.database.mapping import read_row
from shared.staff.listing import Listing, found_by
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork

_supervisor, _manager = colleague.alias("supervisor"), colleague.alias("manager")
_next_on = func.lead(table.c.from_on).over(partition_by=table.c.supervisee_id, order_by=table.c.from_on)


@dataclass(frozen=True)
class AgreementLine:
    agreement: SupervisionAgreement
    name: str
    experience_from: date
    supervisor: str
    manager: str
    """Empty where nobody said."""
    is_in_force: bool
    """It holds today."""


def agreement_list(work: UnitOfWork) -> Listing[AgreementLine]:
    """By name, the newest of each colleague first."""
    return found_by(_query().order_by(colleague.c.name, table.c.supervisee_id, table.c.from_on.desc()), _reader(work))


async def one_agreement(work: UnitOfWork, agreement_id: UUID) -> AgreementLine:
    """Raises NotFound when the team has no such agreement."""
    row = (await work.session.execute(_query().where(table.c.id == agreement_id))).one_or_none()
    if row is None:
        raise no_such_agreement()
    return _reader(work)(row)


def _query() -> Any:
    return (
        select(
            table,
            supervisee.c.experience_from,
            colleague.c.name,
            _supervisor.c.name.label("supervisor"),
            _manager.c.name.label("manager"),
            _next_on.label("next_on"),
        )
        .join(supervisee, supervisee.c.id == table.c.supervisee_id)
        .join(colleague, colleague.c.id == table.c.supervisee_id)
        .outerjoin(_supervisor, _supervisor.c.id == table.c.supervisor_id)
        .outerjoin(_manager, _manager.c.id == table.c.manager_id)
    )


def _reader(work: UnitOfWork) -> Any:
    def line(row: Any) -> AgreementLine:
        agreement = read_row(SupervisionAgreement, row)
        terms, today = agreement.terms, work.today
        has_ended = terms.last_on is not None and terms.last_on < today
        is_replaced = row.next_on is not None and row.next_on <= today
        is_in_force = terms.from_on <= today and not has_ended and not is_replaced
        supervisor = row.supervisor or OUTSIDE
        return AgreementLine(agreement, row.name, row.experience_from, supervisor, row.manager or "", is_in_force)

    return line
