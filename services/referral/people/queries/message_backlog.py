"""How many messages wait to leave, and how many did not get through?"""

from collections.abc import Mapping

from sqlalchemy import func, select

from services.referral.database.letter_tables import message
from shared.unit_of_work import UnitOfWork


async def message_backlog(work: UnitOfWork) -> Mapping[str, int]:
    """`mail_waiting` and `mail_failed`, of the whole team."""
    failed = func.count(message.c.failed_at)
    row = (
        await work.session.execute(
            select(failed.label("failed"), (func.count() - failed).label("waiting")).where(
                message.c.sent_at.is_(None), message.c.stopped_at.is_(None)
            )
        )
    ).one()
    return {"mail_waiting": row.waiting, "mail_failed": row.failed}
