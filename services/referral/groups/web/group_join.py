"""Adding to a group: several families at once, from those who get support."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.groups.commands.add_to_group import AddToGroup, add_to_group
from services.referral.groups.database.groups import Groups
from services.referral.groups.domain.group import Group
from services.referral.groups.queries.group_record import BabyAge, PlaceLine, who_could_join
from services.referral.groups.web.forms.group import JoinForm
from services.referral.staff.domain.capabilities import RECORD_CONTACT
from services.referral.staff.queries.asking import Whose
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import asking_of, usual_whose
from shared.contracts.vocabulary import Code
from shared.staff.address import address, code_of
from shared.staff.answer_words import Ask
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/groups")


@dataclass(frozen=True)
class Joining:
    """Where families are added to a group."""

    group: Group
    could_join: Sequence[PlaceLine]
    """Who is not in it, whatever is chosen."""
    whose: Whose
    age: BabyAge | None

    @property
    def path(self) -> str:
        return f"/groups/{self.group.id}/join"

    @property
    def free(self) -> int:
        return self.group.capacity - sum(1 for one in self.group.places if one.left_on is None)

    def shown(self, whose: Whose, age: BabyAge | None) -> list[PlaceLine]:
        lines = (line for line in self.could_join if whose is not Whose.MINE or line.is_own)
        return [line for line in lines if age is None or line.baby_age is age]

    def chips(self) -> list[tuple[str, str, bool, int]]:
        """Words, address, whether it is chosen, and how many it shows."""
        choices: list[tuple[Code | None, Whose, BabyAge | None]] = [
            *((whose, whose, self.age) for whose in (Whose.MINE, Whose.TEAM)),
            *((age, self.whose, age) for age in (None, *BabyAge)),
        ]
        return [
            (
                code.label if code else "Any age",
                address(self.path, whose=whose, age=age),
                (whose, age) == (self.whose, self.age),
                len(self.shown(whose, age)),
            )
            for code, whose, age in choices
        ]


async def _read(work: UnitOfWork, request: Request, group_id: UUID, whose: str = "", age: str = "") -> Joining:
    group = await Groups(work).get(group_id)
    now = {one.dyad_id for one in group.places if one.left_on is None}
    lines = await who_could_join(work.session, asking_of(request, work))
    work.record("group.read", group_id)
    return Joining(
        group,
        [line for line in lines if line.dyad_id not in now],
        code_of((Whose.MINE, Whose.TEAM), whose) or usual_whose(work.actor),
        code_of(BabyAge, age),
    )


async def _join(sent: Sent[Joining, JoinForm]) -> None:
    """All of them, or none."""
    for dyad_id in sorted(sent.form.dyads):
        await add_to_group(AddToGroup(sent.place.group.id, dyad_id), sent.work)


def _shown(place: Joining) -> dict[str, Any]:
    return {
        "group": place.group,
        "lines": place.shown(place.whose, place.age),
        "chips": place.chips(),
        "free": place.free,
        "here": address(place.path, whose=place.whose, age=place.age),
    }


JOIN = FormPage(
    path="/{group_id}/join",
    may=STAFF,
    capability=RECORD_CONTACT,
    title="Add families to a group",
    site=Site(_read, lambda place: {"back": f"/groups/{place.group.id}"}),
    form=JoinForm,
    store=_join,
    to=lambda place: f"/groups/{place.group.id}?done=joined",
    field_of=lambda name, _: "dyads" if name == "dyad" else name,
    template="groups/group-join.html",
    shows=_shown,
    asks={"dyads": Ask("Babies and carers")},
    choices=lambda place: {"dyads": place.could_join},
)

add_forms(router, JOIN)
