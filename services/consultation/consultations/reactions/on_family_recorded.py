"""A family of the team can be named in a consultation."""

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from services.consultation.database.tables import family
from shared.contracts.family import FamilyRecorded
from shared.inbox.reaction import Delivery
from shared.kernel.clock import london_date
from shared.unit_of_work import UnitOfWork


async def on_family_recorded(event: FamilyRecorded, delivery: Delivery, work: UnitOfWork) -> None:
    """A merge may have come first, in a replay: then its row is there and keeps what it knows."""
    row = {
        "id": event.family_id,
        "record_id": event.family_id,
        "recorded_on": london_date(delivery.time),
        "reference_year": event.reference_year,
        "reference_number": event.reference_number,
    }
    await work.session.execute(_RECORD, row)


_NEW = insert(family)
_RECORD = _NEW.on_conflict_do_update(
    index_elements=["id"],
    set_={name: _NEW.excluded[name] for name in ("recorded_on", "reference_year", "reference_number")}
    | {"record_id": func.coalesce(family.c.record_id, _NEW.excluded.record_id)},
)
"""Made once: to make it takes SQLAlchemy longer than to carry it out."""
