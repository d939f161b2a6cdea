"""The letters of a family, or of a referral that did not become one: those written, and those still to write."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.referral.letters.queries.letter_list import (
    LetterFilter,
    LetterLine,
    LetterState,
    letter_list,
    letters_to_write,
)
from services.referral.letters.web.letter_place import Where, family_letters, letter_frame, referral_letters
from services.referral.staff.web.access import STAFF
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.unit_of_work import UnitOfWork

router = APIRouter()


async def _of_family(work: UnitOfWork, action: str, family_id: UUID) -> dict[str, Any]:
    return _around(await family_letters(work, family_id, action))


async def _of_referral(work: UnitOfWork, action: str, referral_id: UUID) -> dict[str, Any]:
    return _around(await referral_letters(work, referral_id, action))


def _around(where: Where) -> dict[str, Any]:
    """A family's pages are in its tabs; a referral has none."""
    return {**letter_frame(where), "back": "" if where.banner else where.root, "where": where}


async def _find(asked: Asked[LetterFilter]) -> Listing[LetterLine]:
    about = asked.frame["where"].place.referral
    return await letter_list(asked.work, about.id, about.family_id, asked.chosen)


async def _more(asked: Asked[LetterFilter]) -> dict[str, Any]:
    place = asked.frame["where"].place
    is_silent = place.family is not None and place.family.messages_stopped_at is not None
    return {"to_write": await letters_to_write(asked.work, place.referral, is_silent=is_silent)}


def _letters(path: str, opens: Callable[[UnitOfWork, str, UUID], Awaitable[dict[str, Any]]]) -> ListPage[Any, Any]:
    return ListPage(
        path=path,
        may=STAFF,
        opens=opens,
        reads="letter.list",
        exports="letter.export",
        filters=(Filter("state", LetterState, "State", every="All", is_chips=True),),
        chosen=LetterFilter,
        find=_find,
        columns=(
            Column("Letter", lambda line: line.kind, cell="letter", heads_row=True, place="who"),
            Column("To", lambda line: line.recipient_name, cell=PLAIN),
            Column("State", lambda line: line.state, cell="state"),
            Column("Number", lambda line: line.reference),
            Column("Written", cell="written"),
            Column("Written at (UTC)", lambda line: line.written_at),
            Column("Written by", lambda line: line.written_by_name),
            Column("Issued at (UTC)", lambda line: line.issued_at),
            Column("Issued by", lambda line: line.issued_by_name),
        ),
        template="letters/list.html",
        more=_more,
        done={"discarded": "Draft discarded"},
        file_name="letters.csv",
    )


LETTERS = (
    _letters("/families/{family_id}/letters", _of_family),
    _letters("/referrals/{referral_id}/letters", _of_referral),
)
add_list(router, *LETTERS)
