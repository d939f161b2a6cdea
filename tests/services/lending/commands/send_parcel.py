"""Someone handed a parcel of books over."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from shared.contracts.pathway import TaskAnswered
from shared.contracts.pathway_codes import TaskKind
from shared.kernel.errors import NotFound, RuleBroken
from shared.unit_of_work import Once, UnitOfWork
from tests.services.lending.database.tables import parcel
from tests.services.lending.domain.capabilities import CAPABILITIES, SEND


@dataclass(frozen=True)
class SendParcel:
    parcel_id: UUID


async def send_parcel(command: SendParcel, work: UnitOfWork) -> None:
    """Raises NotFound when there is none, RuleBroken when it is gone already, NotAllowed as the capability says."""
    CAPABILITIES.check(work.actor.roles, SEND)
    its = parcel.c.id == command.parcel_id
    row = (await work.session.execute(select(parcel).where(its).with_for_update())).one_or_none()
    if row is None:
        raise NotFound("parcel_unknown", "There is no such parcel. Go back to the list.")
    if row.sent_at is not None:
        raise RuleBroken("parcel_sent", "Someone has sent this parcel already.")
    sent = Once(row.id, row.version)
    work.publish(TaskAnswered(task_id=row.id, family_id=row.family_id, kind=TaskKind.HAND_OVER), about=sent)
    await work.session.execute(update(parcel).where(its).values(sent_at=work.now, version=sent.version))
    work.record("parcel.send", row.id)
