"""The support of a family: now, before, and the form that changes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.people.web.family_page import FamilyPlace, in_family, open_episode_of, read_family
from services.referral.staff.domain.capabilities import CAPABILITIES, DECIDE_SUPPORT
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from services.referral.support.commands.move_tier import move_tier
from services.referral.support.queries.episode_record import EpisodeRecord, episode_record
from services.referral.support.queries.tier_history import TierHistoryLine
from services.referral.support.web.forms.move import REASONS, MoveForm, short_levels
from services.referral.support.web.forms.support_flag import flags_of
from shared.contracts.vocabulary import Level
from shared.kernel.actor import Actor
from shared.kernel.calendar import date_words
from shared.kernel.errors import NotFound
from shared.staff.answer_words import Ask, Values, Words
from shared.staff.column import Column
from shared.staff.download import Download, download_at
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen, Zone
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/families")


@dataclass(frozen=True)
class SupportPlace(FamilyPlace):
    """The support of a family, and where it is changed."""

    record: EpisodeRecord
    may_decide: bool


async def _of(work: UnitOfWork, family_id: UUID, action: str) -> SupportPlace:
    banner = await read_family(work, family_id, action)
    if banner.episode is None:
        raise NotFound("episode_not_found", "This family has not been accepted, so it has no support yet.")
    record = await episode_record(work, banner.episode.episode_id)
    may_decide = CAPABILITIES.holds(work.actor.roles, DECIDE_SUPPORT) and banner.open_episode is not None
    return SupportPlace(banner, work.today, record, may_decide)


async def _read(work: UnitOfWork, family_id: UUID) -> SupportPlace:
    return await _of(work, family_id, "tier.read")


def _suggested(place: SupportPlace) -> Values:
    episode = place.record.episode
    return {
        "version": episode.version,
        "level": episode.support.level,
        "flags": flags_of(episode.support),
        "effective_from": place.today,
    }


def _newest(place: SupportPlace) -> Words:
    newest = place.record.history[0]
    return [
        ("Support", newest.support.in_words()),
        ("From", date_words(newest.effective_from)),
        ("Reason", newest.reason.label if newest.reason else "Work began"),
        ("Was the family told?", newest.family_agreement.label if newest.family_agreement else "Not asked"),
        ("Next review", date_words(newest.review_on) if newest.review_on else "None"),
        ("Note", newest.note or "None"),
        ("Decided by", newest.decided_by_name or "A colleague"),
    ]


async def _move(sent: Sent[SupportPlace, MoveForm]) -> None:
    episode = open_episode_of(sent.place.banner)
    await move_tier(sent.form.to_command(episode.episode_id), sent.work)


MOVE = Screen[SupportPlace, MoveForm](
    path="/{family_id}/tier",
    may=STAFF,
    capability=DECIDE_SUPPORT,
    is_read_by_all=True,
    title="Change tier",
    site=Site(_read, in_family("overview")),
    form=MoveForm,
    suggested=_suggested,
    choices=lambda _: {"reason": REASONS, "level": short_levels(Level)},
    asks={
        "level": Ask("Level of support"),
        "flags": Ask("Also", "A practitioner may begin risk support at once. The team lead ends it."),
        "mdt_on": Ask("When the multidisciplinary team discussed it", "Needed for a step up to specialist support"),
        "reason": Ask("Reason", is_select=True),
        "family_agreement": Ask("Was the family told?"),
        "effective_from": Ask("From"),
        "review_on": Ask("Next review"),
        "note": Ask("Note", "Why, in your own words. This stays in the team."),
    },
    zones=(
        Zone("Support", ("level", "mdt_on", "review_on", "flags")),
        Zone("Why, and from when", ("reason", "family_agreement", "effective_from", "note")),
    ),
    store=_move,
    to=lambda place: f"{place.root}?done=moved",
    template="support/tier.html",
    shows=lambda place: {"record": place.record, "may_decide": place.may_decide},
    stored=_newest,
    entered=lambda form, _: entered_move(form),
)

add_forms(router, MOVE)


@download_at(router, "/{family_id}/tiers.csv")
async def download_history(
    request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]
) -> Download[TierHistoryLine]:
    async with begin(request, actor) as work:
        record = (await _of(work, family_id, "family.export")).record
    return Download("tier-history.csv", _COLUMNS, record.history)


_COLUMNS: Sequence[Column[TierHistoryLine]] = (
    Column("From", lambda line: line.effective_from),
    Column("Level", lambda line: line.support.level),
    Column("Risk support", lambda line: line.support.risk_support),
    Column("Direct work", lambda line: line.support.direct_work),
    Column("Reason", lambda line: line.reason or "Work began"),
    Column("Was the family told?", lambda line: line.family_agreement),
    Column("Team discussion", lambda line: line.mdt_on),
    Column("Next review", lambda line: line.review_on),
    Column("Note", lambda line: line.note),
    Column("Decided by", lambda line: line.decided_by_name),
    Column("Recorded at (UTC)", lambda line: line.decided_at),
)


def entered_move(form: MoveForm) -> list[tuple[str, str]]:
    return [
        ("Support", form.support.in_words()),
        ("From", date_words(form.effective_from)),
        ("Reason", form.reason.label),
        ("Was the family told?", form.family_agreement.label),
        ("Team discussion", _day(form.mdt_on)),
        ("Next review", _day(form.review_on)),
        ("Note", form.note or "None"),
    ]


def _day(day: date | None) -> str:
    return date_words(day) if day else "None"
