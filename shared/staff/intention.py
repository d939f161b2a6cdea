"""One intention is one record: a form that was opened has an id, and what it does is done once, whatever is pressed.

The id is hidden in the form. It is kept in the transaction that does what the form asks, with a digest of what was
sent and by whom, and with the address that the answer went to. So the same form sent again gets the same answer, three
presses at once do one thing, and the same id with other content is never taken for the first. The words themselves are
not kept.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from starlette.requests import Request

from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict
from shared.staff.address import own_address
from shared.staff.tables import intention as table
from shared.unit_of_work import UnitOfWork
from shared.web.form_body import INTENTION_FIELD, read_fields, read_files
from shared.web.forms import answers_in

LASTS = timedelta(days=30)
"""How long it is known that a form was answered; a form is open for as long as its session, which is hours."""

_FORGOTTEN_AT_ONCE = 100


class OtherContent(Conflict):
    """The form was sent before, and said something else then.

    Args:
        intention_id: of the form.
        went_to: where the answer to the first one went; empty when someone else sent that.
    """

    def __init__(self, intention_id: UUID, went_to: str) -> None:
        super().__init__(
            "intention_used",
            "You sent this form before, and what you sent then is saved. What you entered now is not.",
        )
        self.intention_id = intention_id
        self.went_to = went_to


@dataclass(frozen=True)
class Intention:
    """What one opened form is for."""

    id: UUID
    digest: bytes
    """Of who sent it, where to, and all that it says."""

    async def find_answer(self, work: UnitOfWork) -> str | None:
        """Where the answer went, if it was answered before.

        Raises:
            OtherContent: it was, and said something else.
        """
        row = (await work.session.execute(_ANSWERED, {"form": self.id})).one_or_none()
        if row is None:
            return None
        if row.digest != self.digest:
            raise OtherContent(self.id, row.went_to if row.actor_id == work.actor.id else "")
        return row.went_to

    async def begin(self, work: UnitOfWork) -> str | None:
        """From here on it is this transaction's, or as `find_answer`; waits for another that answers it just now."""
        values = {"id": self.id, "actor_id": work.actor.id, "digest": self.digest, "went_to": "", "at": work.now}
        if await work.session.scalar(_BEGUN, values) is None:
            return await self.find_answer(work)
        return None

    async def keep(self, work: UnitOfWork, went_to: str) -> None:
        """It is answered; the oldest are forgotten."""
        kept = {"form": self.id, "where": went_to, "before": work.now - LASTS}
        await work.session.execute(_KEPT, kept)


_OLD = select(table.c.id).where(table.c.at < bindparam("before")).limit(_FORGOTTEN_AT_ONCE)
_FORGOTTEN = delete(table).where(table.c.id.in_(_OLD.with_for_update(skip_locked=True))).cte("forgotten")
_ANSWERED = select(table).where(table.c.id == bindparam("form"))
_BEGUN = insert(table).on_conflict_do_nothing().returning(table.c.id)
_KEPT = update(table).where(table.c.id == bindparam("form")).values(went_to=bindparam("where")).add_cte(_FORGOTTEN)


async def went_to(work: UnitOfWork, intention_id: UUID) -> str | None:
    """Where the answer of a form went that the same person sent; None when it was not sent."""
    own = (table.c.id == intention_id) & (table.c.actor_id == work.actor.id)
    return await work.session.scalar(select(table.c.went_to).where(own))


async def read_intention(request: Request, actor: Actor) -> Intention | None:
    """Of the form that was posted; None when it has none, or something that is none."""
    posted = await read_fields(request)
    try:
        (text,) = posted.get(INTENTION_FIELD, [])
        said = [str(actor.id), own_address(request), sorted(answers_in(posted).items())]
        digest = hashlib.sha256(json.dumps(said).encode())
        for name, content in sorted((await read_files(request)).items()):
            digest.update(name.encode() + hashlib.sha256(content).digest())
        return Intention(UUID(text), digest.digest())
    except ValueError:
        return None
