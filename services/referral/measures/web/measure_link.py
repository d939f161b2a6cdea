"""Links by which a parent or carer answers, and the reason why a measure was not completed."""

import base64
import hmac
from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from services.referral.measures.commands.request_measure import RequestMeasure, request_measure
from services.referral.measures.commands.revoke_measure_request import RevokeMeasureRequest, revoke_measure_request
from services.referral.measures.commands.skip_measure import SkipMeasure, skip_measure
from services.referral.measures.database.measure_requests import MeasureRequests
from services.referral.measures.domain.administration import Subject
from services.referral.measures.domain.measure_request import LASTS, check_can_be_answered_alone
from services.referral.measures.web.forms.measure import LinkForm, RevokeForm, SkipForm
from services.referral.measures.web.measure_pack import definition_of
from services.referral.measures.web.measure_place import MEASURE, MeasurePlace
from services.referral.measures.web.second_measure import answered_before, link_before, skipped_before
from services.referral.people.commands.queue_message import queue_message
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.message_words import measure_link_words
from services.referral.people.web.family_page import FamilyPlace, in_family, open_episode_of, read_family, render_family
from services.referral.staff.domain.capabilities import RECORD
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin, settings_of
from services.referral.team.database.team_work import TeamWork
from shared.contracts.pathway_codes import MissingMeasure
from shared.kernel.actor import Actor
from shared.staff.answer_words import Words
from shared.staff.does import does
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.message import QueueMessage, ToPerson
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/families/{family_id}/measures")

Mailed = Annotated[Literal["yes"] | None, Query()]
"""The link was also sent by email."""


@dataclass(frozen=True)
class LinkPlace(MeasurePlace):
    """Where a link is made."""

    key: bytes
    public_url: str


@dataclass(frozen=True)
class MadeLink(FamilyPlace):
    """A link that was made."""

    request_id: UUID


def token_of(request_id: UUID, key: bytes) -> str:
    """The secret of a link; who has the database has neither it nor the key that makes it.

    Args:
        key: of this team alone, and kept outside its database.
    """
    digest = hmac.digest(key, b"a parent's link" + request_id.bytes, "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


async def _read(work: UnitOfWork, request: Request, family_id: UUID, measure: str = "") -> LinkPlace:
    banner = await read_family(work, family_id, "measure.read")
    return LinkPlace(
        banner, work.today, definition_of(request, measure), _key(request), settings_of(request).public_url
    )


def _check_link(place: LinkPlace) -> None:
    open_episode_of(place.banner)
    check_can_be_answered_alone(place.definition)


async def _read_made(work: UnitOfWork, family_id: UUID, request_id: UUID) -> MadeLink:
    return MadeLink(await read_family(work, family_id, "measure.read"), work.today, request_id)


def _key(request: Request) -> bytes:
    return bytes.fromhex(settings_of(request).region_key)


async def _skip(sent: Sent[MeasurePlace, SkipForm]) -> None:
    form, episode = sent.form, open_episode_of(sent.place.banner)
    whom = Subject(form.person_id, form.baby_id)
    command = SkipMeasure(sent.intention, episode.episode_id, sent.place.definition, whom, form.timepoint, form.reason)
    await skip_measure(command, sent.work)


async def _alike_skip(sent: Sent[MeasurePlace, SkipForm]) -> Words:
    form = sent.form
    return await skipped_before(sent.work, sent.place, Subject(form.person_id, form.baby_id), form.timepoint)


async def _alike_link(sent: Sent[LinkPlace, LinkForm, TeamWork]) -> Words:
    """A link that waits; or answers, where this would be another start."""
    form, about = sent.form, Subject(sent.form.person_id, sent.form.baby_id)
    waits = await link_before(sent.work, sent.place, about)
    return waits or await answered_before(sent.work, sent.place, about, form.timepoint, None)


async def _make(sent: Sent[LinkPlace, LinkForm, TeamWork]) -> str:
    form, place = sent.form, sent.place
    token = token_of(sent.intention, place.key)
    command = RequestMeasure(
        request_id=sent.intention,
        episode_id=open_episode_of(place.banner).episode_id,
        definition=place.definition,
        subject=Subject(form.person_id, form.baby_id),
        timepoint=form.timepoint,
        token=token,
        variant=form.variant or "",
    )
    await request_measure(command, sent.work)
    made = f"{place.root}/measures/links/{sent.intention}"
    if not form.by_email:
        return made
    to = ToPerson(place.banner.family_id, form.person_id)
    await _mail(f"{place.public_url}/m/{token}", to, sent.intention, sent.work)
    return f"{made}?mailed=yes"


async def _mail(link: str, to: ToPerson, intention: UUID, work: TeamWork) -> None:
    until = work.now + LASTS
    words = measure_link_words(work.team.phone, link, until)
    await queue_message(QueueMessage(MessageKind.MEASURE_LINK, to, str(intention), words, expires_at=until), work)


SKIP = FormPage(
    path="/skip",
    may=STAFF,
    capability=RECORD,
    site=MEASURE,
    needs=lambda place: open_episode_of(place.banner),
    form=SkipForm,
    store=_skip,
    alike=_alike_skip,
    to=lambda place: f"{place.root}/measures?done=skipped",
    template="measures/measure-skip.html",
    shows=lambda place: {**place.shown, "reasons": list(MissingMeasure)},
    choices=lambda place: place.choices,
)
LINK = FormPage(
    path="/link",
    may=STAFF,
    capability=RECORD,
    site=Site(_read, in_family("measures", "/measures/choose")),
    needs=_check_link,
    form=LinkForm,
    store=_make,
    alike=_alike_link,
    template="measures/measure-link.html",
    shows=lambda place: {**place.shown, "lasts_days": LASTS.days},
    choices=lambda place: place.choices,
)
REVOKE = FormPage(
    path="/links/{request_id}/revoke",
    stands_on="",
    may=STAFF,
    capability=RECORD,
    site=Site(_read_made),
    form=RevokeForm,
    store=does(revoke_measure_request, lambda sent: RevokeMeasureRequest(sent.place.request_id, sent.form.version)),
    to=lambda place: f"{place.root}/measures?done=revoked",
)

add_forms(router, SKIP, LINK, REVOKE)


@router.get("/links/{request_id}")
async def show_link(
    request: Request, family_id: UUID, request_id: UUID, actor: Annotated[Actor, STAFF], mailed: Mailed = None
) -> Response:
    """The link, to be sent; of one that another key made only that it cannot be shown."""
    token = token_of(request_id, _key(request))
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "measure.read")
        asked = await MeasureRequests(work).is_of(family_id, request_id, token)
    link = f"{settings_of(request).public_url}/m/{token}" if asked else ""
    template = "measures/measure-link-made.html"
    is_mailed = mailed is not None
    return render_family(
        request, banner, template, section="measures", link=link, lasts_days=LASTS.days, is_mailed=is_mailed
    )
