"""The print pack of a day: a page for each family that one practitioner meets, to take along where no screen goes.

Each record is opened as by a click, so whoever may not see one has no page of it, and each is in the audit trail.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from services.referral.contacts.domain.diary import DiaryEntry
from services.referral.contacts.queries.diary import diary
from services.referral.contacts.queries.recent_notes import RecentNote, recent_notes
from services.referral.contacts.web.diary import AskedDiary
from services.referral.measures.domain.measure_due import DueMeasure
from services.referral.measures.web.measure_beside import asked_measures
from services.referral.people.database.families import Families
from services.referral.people.domain.family import Family
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.web.family_page import read_family
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from services.referral.support.queries.plan_record import PlanRecord, plan_record
from shared.kernel.actor import Actor
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render

router = APIRouter(prefix="/diary/print-pack")

MOST_VISITS = 20
"""Of one person on one day; nobody makes more."""


@dataclass(frozen=True)
class PackPage:
    """What one family's page says."""

    visits: Sequence[DiaryEntry]
    banner: FamilyBanner
    family: Family
    last: RecentNote | None
    plan: PlanRecord | None
    due: Sequence[DueMeasure]

    @property
    def addresses(self) -> Mapping[str, list[str]]:
        """Who lives there, by where it is; someone who died is not named."""
        found: dict[str, list[str]] = {}
        for member in self.banner.carers:
            person = self.family.member(member.person_id).person
            where = ", ".join(filter(None, (person.address, person.postcode)))
            if where and not member.is_lost:
                found.setdefault(where.replace("\n", ", "), []).append(member.shown_name)
        return found

    def relationship(self, person_id: UUID) -> str:
        """To the babies; empty when it is not on record."""
        return ", ".join(
            dict.fromkeys(one.relationship.label for one in self.family.dyads if one.carer_id == person_id)
        )


@router.get("")
async def show_print_pack(
    request: Request, actor: Annotated[Actor, STAFF], asked: Annotated[AskedDiary, Depends()]
) -> Response:
    async with begin(request, actor) as work:
        day, whose = asked.on(work.today), asked.of(actor) or actor.id
        entries = (await diary(work, day, day, whose))[:MOST_VISITS]
        pages = [await _page(request, work, family_id, entries) for family_id in _families(entries)]
        work.record("diary.read")
    closed = sum(not entry.may_see for entry in entries)
    return render(request, "worklists/print-pack.html", day=day, pages=pages, closed=closed, back="/diary")


def _families(entries: Sequence[DiaryEntry]) -> list[UUID]:
    """Those that the reader may see, in the order of their visits."""
    return list(dict.fromkeys(entry.family_id for entry in entries if entry.may_see))


async def _page(request: Request, work: UnitOfWork, family_id: UUID, entries: Sequence[DiaryEntry]) -> PackPage:
    banner = await read_family(work, family_id, "diary.print")
    notes, episode = await recent_notes(work, family_id), banner.open_episode
    return PackPage(
        visits=[entry for entry in entries if entry.family_id == family_id],
        banner=banner,
        family=await Families(work).get(family_id),
        last=notes[0] if notes else None,
        plan=await plan_record(work, episode.episode_id, work.now) if episode else None,
        due=[one for one in await asked_measures(work, request, banner) if one.is_due],
    )
