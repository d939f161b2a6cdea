"""A new subscription, with a trial above the form: how often it would have fired, before anybody saves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query

from services.reporting.dashboard.web.choice import TEAM
from services.reporting.facts.database.reporting_work import ReportingWork
from services.reporting.facts.domain.regional_lead import READERS
from services.reporting.publication.database.readers import remit_now
from services.reporting.subscription.commands.subscribe import Subscribe, subscribe
from services.reporting.subscription.domain.subscription import Channel, Condition
from services.reporting.subscription.domain.terms_check import Known
from services.reporting.subscription.queries.known_choices import known_choices
from services.reporting.subscription.web.back_test import Trial, TrialFound, figures_offered, places_offered, tried
from services.reporting.subscription.web.choices import ASKS, INTRO, ZONES, addresses_of, offered, terms_of
from services.reporting.subscription.web.forms.subscription import (
    REGION_ITSELF,
    SubscriptionForm,
    WhichFigures,
    WhichPlaces,
)
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork
from shared.web.permissions import need

router = APIRouter(prefix="/subscriptions")

READS = need(*READERS)


@dataclass(frozen=True)
class NewPlace:
    """Where a subscription is made."""

    known: Known
    tried: TrialFound | None = None
    """What was asked of the months that have been, before anybody saves it."""


async def _read_new(
    work: UnitOfWork,
    condition: Condition | None = None,
    channel: Channel = Channel.EMAIL,
    number: Annotated[int, Query(ge=0, le=999)] = 0,
    where: Annotated[str, Query(pattern=TEAM)] = "",
) -> NewPlace:
    known = await known_choices(work.session, await remit_now(work.session, work.actor))
    if condition is None:
        return NewPlace(known)
    assert isinstance(work, ReportingWork)  # noqa: S101 - all units of work of this service are
    return NewPlace(known, await tried(Trial(condition, channel, number, where), known, work))


async def _read_to_make(work: UnitOfWork, **_: Any) -> NewPlace:
    """Without what was tried: it is not tried once more when it is saved."""
    return NewPlace(await known_choices(work.session, await remit_now(work.session, work.actor)))


def _suggested(place: NewPlace) -> Mapping[str, Any]:
    """What was tried is what the form begins with."""
    found: dict[str, Any] = {"which_figures": WhichFigures.ALL, "which_places": WhichPlaces.ALL}
    if place.tried is None:
        return found
    trial = place.tried.trial
    found |= {"condition": trial.condition, "channel": trial.channel}
    if trial.number:
        found |= {"which_figures": WhichFigures.CHOSEN, "indicators": [str(trial.number)]}
    if trial.where == REGION_ITSELF:
        found["which_places"] = WhichPlaces.REGION
    elif trial.where:
        found |= {"which_places": WhichPlaces.CHOSEN, "teams": [trial.where]}
    return found


def _shows_trial(place: NewPlace) -> Mapping[str, Any]:
    return {
        "tried": place.tried,
        "conditions": [(one.value, one.label) for one in Condition],
        "channels": [(one.value, one.label) for one in Channel],
        "figures": figures_offered(place.known),
        "places": places_offered(place.known),
    }


async def _make(sent: Sent[NewPlace, SubscriptionForm, ReportingWork]) -> str:
    command = Subscribe(sent.intention, terms_of(sent.form), addresses_of(sent.form))
    await subscribe(command, sent.work)
    return f"/subscriptions/{sent.intention}?done=made"


NEW = Screen[NewPlace, SubscriptionForm, ReportingWork](
    path="/new",
    may=READS,
    site=Site(
        _read_new, lambda _: {"base": "subscription/subscription_form.html", "back": "/subscriptions"}, _read_to_make
    ),
    form=SubscriptionForm,
    title="New subscription",
    intro=INTRO,
    above="subscription/new_subscription.html",
    shows=_shows_trial,
    suggested=_suggested,
    choices=lambda place: offered(place.known),
    asks=ASKS,
    zones=ZONES,
    store=_make,
    to=lambda _: "/subscriptions?done=made",
)

add_forms(router, NEW)
