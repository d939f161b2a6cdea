"""What the pages of letters share: where a letter belongs, whether the actor may see it, and the page around it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.requests import Request

from services.referral.letters.database.letter_places import LetterPlace, read_letter_place
from services.referral.letters.domain.letter import Letter
from services.referral.letters.domain.written_letter import WrittenLetter
from services.referral.letters.queries.letter_list import referral_of_family
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.web.family_page import family_frame, read_family
from services.referral.staff.web.work import settings_of, team_of, today_of
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork

DEMONSTRATION = "Invented data. This is a demonstration."
DRAFT = "Draft: not sent"


@dataclass(frozen=True)
class Where:
    """A referral with its letters, and the family that it became."""

    place: LetterPlace
    banner: FamilyBanner | None

    @property
    def root(self) -> str:
        """The address before `/letters`."""
        if self.banner is not None:
            return f"/families/{self.banner.family_id}"
        return f"/referrals/{self.place.referral.id}"


async def family_letters(work: UnitOfWork, family_id: UUID, action: str) -> Where:
    """Of a family, by its newest referral.

    Raises:
        NotFound: this team has no such family, or no referral of it.
        RestrictedRecord: only named colleagues may see it, and the actor is none of them.
    """
    banner = await read_family(work, family_id, action)
    referral_id = banner.episode.referral_id if banner.episode else await referral_of_family(work, family_id)
    if referral_id is None:
        raise NotFound("referral_not_found", "This family has no referral, so there is nothing to write about yet.")
    return Where(await read_letter_place(work, referral_id), banner)


async def referral_letters(work: UnitOfWork, referral_id: UUID, action: str) -> Where:
    """Of a referral; of its family too, if it became one. Raises as `family_letters`."""
    place = await read_letter_place(work, referral_id)
    if place.family is None:
        work.record(action, referral_id)
        return Where(place, None)
    return Where(place, await read_family(work, place.family.id, action))


def letter_frame(where: Where, back: str = "") -> dict[str, Any]:
    """What a page that extends `base` shows around it: the family's, or the referral's."""
    back = back or f"{where.root}/letters"
    if where.banner is not None:
        return family_frame(where.banner, "letters", back=back)
    referral = where.place.referral
    return {"base": "letters/referral-layout.html", "root": where.root, "referral": referral, "back": back}


def shown(request: Request, letter: WrittenLetter, reference: str) -> Letter:
    """As it is read and printed.

    Args:
        reference: of the referral.
    """
    team = team_of(request)
    head = letter.letterhead(reference, team.name, team.phone, today_of(request))
    invented = (DEMONSTRATION,) if settings_of(request).sign_in == "demonstration" else ()
    return letter.shown(head, (*invented, *((DRAFT,) if letter.issue_of is None else ())))
