"""Say which families came back; other commands, which have begun, ended, joined or parted work, do this."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Label, bindparam, func, select

from services.referral.database.tables import episode, referral
from shared.contracts.ending import FamilyRereferred, RereferralUndone
from shared.kernel.clock import london_date
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class TellRereferrals:
    families: frozenset[UUID]
    """Whose work has changed."""


async def tell_rereferrals(command: TellRereferrals, work: UnitOfWork) -> None:
    """Publish FamilyRereferred for each referral accepted of a family that had work before, unless it was told so.

    And RereferralUndone for one that was told, and is the first of its family now.
    """
    for row in await work.session.execute(_WORK, {"families": list(command.families)}):
        about = uuid5(row.referral_id, "rereferral")
        if row.opened_on_before is not None:
            await work.publish_news(_rereferred(row), about)
        elif (said := await work.said_of(about)) and said.type == FamilyRereferred.type:
            await work.publish_news(RereferralUndone(referral_id=row.referral_id, family_id=row.family_id), about)


def _rereferred(row: Any) -> FamilyRereferred:
    return FamilyRereferred(
        referral_id=row.referral_id,
        family_id=row.family_id,
        received_on=london_date(row.received_at),
        accepted_on=row.opened_on,
        accepted_before_on=row.opened_on_before,
        discharged_on=row.ended_on_before,
    )


def _before(name: str) -> Label[Any]:
    """A column of the work before it."""
    earlier = func.lag(episode.c[name]).over(
        partition_by=episode.c.family_id, order_by=(episode.c.opened_on, episode.c.id)
    )
    return earlier.label(f"{name}_before")


_WORK = (
    select(
        episode.c.referral_id,
        episode.c.family_id,
        episode.c.opened_on,
        referral.c.received_at,
        _before("opened_on"),
        _before("ended_on"),
    )
    .join(referral, referral.c.id == episode.c.referral_id)
    .where(episode.c.family_id.in_(bindparam("families", expanding=True)))
)
