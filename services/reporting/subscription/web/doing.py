"""What can be done with a subscription: change, pause, mute, send one now, end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path

from services.reporting.facts.database.reporting_work import ReportingWork
from services.reporting.facts.domain.regional_lead import READERS
from services.reporting.indicators.packs.catalogue import INDICATORS
from services.reporting.subscription.commands.change_key import ChangeKey, change_key
from services.reporting.subscription.commands.change_subscription import ChangeSubscription, change_subscription
from services.reporting.subscription.commands.end_subscription import EndSubscription, end_subscription
from services.reporting.subscription.commands.mute_cell import MuteCell, mute_cell
from services.reporting.subscription.commands.pause_subscription import PauseSubscription, pause_subscription
from services.reporting.subscription.commands.replay_deliveries import ReplayDeliveries, replay_deliveries
from services.reporting.subscription.commands.send_again import SendAgain, send_again
from services.reporting.subscription.commands.send_one_now import SendOneNow, send_one_now
from services.reporting.subscription.database.subscriptions import Subscriber, Subscriptions
from services.reporting.subscription.domain.subscription import Channel, Subscription
from services.reporting.subscription.domain.terms_check import Known
from services.reporting.subscription.queries.known_choices import known_choices
from services.reporting.subscription.web.choices import (
    ASKS,
    ZONES,
    addresses_of,
    answers_of,
    offered,
    terms_of,
)
from services.reporting.subscription.web.forms.subscription import (
    ChangeForm,
    EndForm,
    KeyForm,
    PauseForm,
    ReplayForm,
    SendForm,
)
from shared.contracts.slug import SLUG_PATTERN, locality_name
from shared.staff.answer_words import Ask, Offered
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import ConfirmForm, Screen
from shared.unit_of_work import UnitOfWork
from shared.web.permissions import need

router = APIRouter(prefix="/subscriptions")

READS = need(*READERS)


@dataclass(frozen=True)
class SubscriptionPlace:
    """The subscription that something is done with."""

    one: Subscription
    addresses: Sequence[Subscriber]
    known: Known

    @property
    def page(self) -> str:
        return f"/subscriptions/{self.one.id}"


@dataclass(frozen=True)
class CellPlace:
    """One figure of one place in it."""

    one: Subscription
    indicator: int
    team: str
    muted_until: date | None

    @property
    def words(self) -> str:
        name = next((known.name for known in INDICATORS if known.number == self.indicator), f"Figure {self.indicator}")
        return f"{name}, {locality_name(self.team) if self.team else 'whole region'}"


async def _read(work: UnitOfWork, subscription_id: UUID) -> SubscriptionPlace:
    subscriptions = Subscriptions(work)
    one = await subscriptions.get(subscription_id)
    known = await known_choices(work.session, one.remit)
    return SubscriptionPlace(one, await subscriptions.subscribers(one.id), known)


async def _read_cell(
    work: UnitOfWork,
    subscription_id: UUID,
    which: Annotated[int, Path(ge=1, le=999)],
    team: Annotated[str, Path(pattern=SLUG_PATTERN)],
) -> CellPlace:
    subscriptions = Subscriptions(work)
    one = await subscriptions.get(subscription_id)
    place = "" if team == "region" else team
    cell = (await subscriptions.cells(one.id)).get((which, place))
    return CellPlace(one, which, place, cell.muted_until if cell else None)


SITE = Site(_read, lambda place: {"back": place.page})


def _needs_to_go_on(place: SubscriptionPlace) -> None:
    place.one.check_goes_on()


CHANGE = Screen[SubscriptionPlace, ChangeForm, ReportingWork](
    path="/{subscription_id}/change",
    may=READS,
    site=SITE,
    needs=_needs_to_go_on,
    form=ChangeForm,
    title="Change a subscription",
    about=lambda place: place.one.terms.name,
    intro=(
        "With other figures, places or another condition it begins anew.",
        "What holds then is known, and is told when it starts once more.",
    ),
    suggested=lambda place: {
        **answers_of(place.one.terms, [each.address for each in place.addresses]),
        "version": place.one.version,
    },
    choices=lambda place: offered(place.known),
    asks=ASKS,
    zones=ZONES,
    store=does(
        change_subscription,
        lambda sent: ChangeSubscription(
            sent.place.one.id, sent.form.version, terms_of(sent.form), addresses_of(sent.form)
        ),
    ),
)

PAUSE = Screen[SubscriptionPlace, PauseForm, ReportingWork](
    path="/{subscription_id}/pause",
    may=READS,
    site=SITE,
    needs=_needs_to_go_on,
    form=PauseForm,
    title="Pause until a day",
    about=lambda place: place.one.terms.name,
    intro=("Nothing is told until then. What starts meanwhile and still holds is told on that day.",),
    suggested=lambda place: {"until": place.one.paused_until} if place.one.paused_until else {},
    asks={"until": Ask("Until when?", "It goes on from that day. Leave it empty, and it goes on now.")},
    store=does(pause_subscription, lambda sent: PauseSubscription(sent.place.one.id, sent.form.until)),
)

MUTE = Screen[CellPlace, PauseForm, ReportingWork](
    path="/{subscription_id}/cells/{which}/{team}/mute",
    may=READS,
    site=Site(_read_cell, lambda place: {"back": f"/subscriptions/{place.one.id}"}),
    needs=lambda place: place.one.check_goes_on(),
    form=PauseForm,
    title="Mute one figure",
    about=lambda place: f"{place.words}: in “{place.one.terms.name}”",
    intro=("The others are told as before. What starts while it is muted is not told afterwards.",),
    suggested=lambda place: {"until": place.muted_until} if place.muted_until else {},
    asks={"until": Ask("Until when?", "It is told again from that day. Leave it empty, and it is told from now on.")},
    store=does(
        mute_cell,
        lambda sent: MuteCell(sent.place.one.id, sent.place.indicator, sent.place.team, sent.form.until),
    ),
)


def _choices_of_addresses(place: SubscriptionPlace) -> Mapping[str, Sequence[Offered]]:
    return {"to": [Offered(str(one.id), one.address) for one in place.addresses]}


def _leaves_out(place: SubscriptionPlace) -> Sequence[str]:
    """Only a digest is sent to one of several."""
    return () if place.one.terms.channel is Channel.EMAIL else ("to",)


SEND = Screen[SubscriptionPlace, SendForm, ReportingWork](
    path="/{subscription_id}/send",
    may=READS,
    site=SITE,
    needs=_needs_to_go_on,
    form=SendForm,
    title="Send one now",
    about=lambda place: place.one.terms.name,
    intro=("What it would tell now leaves once, beside what is due. It is shown on the page before this one.",),
    choices=_choices_of_addresses,
    leaves_out=_leaves_out,
    asks={"to": Ask("To whom?", "Choose nobody, and it is sent to all of them.")},
    button="Send one now",
    store=does(send_one_now, lambda sent: SendOneNow(sent.place.one.id, sent.form.to)),
)

AGAIN = Screen[SubscriptionPlace, ConfirmForm, ReportingWork](
    path="/{subscription_id}/again",
    may=READS,
    site=SITE,
    needs=_needs_to_go_on,
    form=ConfirmForm,
    title="Send again what failed",
    about=lambda place: place.one.terms.name,
    intro=("Each email that failed leaves once more. Of some nobody knows whether they arrived: they may come twice.",),
    button="Send them again",
    store=does(send_again, lambda sent: SendAgain(sent.place.one.id)),
)

END = Screen[SubscriptionPlace, EndForm, ReportingWork](
    path="/{subscription_id}/end",
    may=READS,
    site=SITE,
    needs=_needs_to_go_on,
    form=EndForm,
    title="End a subscription",
    about=lambda place: place.one.terms.name,
    intro=("Nothing of it leaves from then on, and it cannot be begun again. What it told stays here.",),
    asks={"is_sure": Ask("Does it end for good?")},
    button="End it",
    store=does(end_subscription, lambda sent: EndSubscription(sent.place.one.id)),
    to=lambda _: "/subscriptions?done=end",
)

REPLAY = Screen[SubscriptionPlace, ReplayForm, ReportingWork](
    path="/{subscription_id}/replay",
    may=READS,
    site=SITE,
    needs=_needs_to_go_on,
    form=ReplayForm,
    title="Send again what was told",
    about=lambda place: place.one.terms.name,
    intro=("The same bytes go out with the same ids: a receiver that keeps ids does nothing twice.",),
    asks={"since": Ask("Since which day?")},
    button="Send it again",
    store=does(replay_deliveries, lambda sent: ReplayDeliveries(sent.place.one.id, sent.form.since)),
)

KEY = Screen[SubscriptionPlace, KeyForm, ReportingWork](
    path="/{subscription_id}/key",
    may=READS,
    site=SITE,
    needs=_needs_to_go_on,
    form=KeyForm,
    title="A new key",
    about=lambda place: place.one.terms.name,
    intro=(
        "For seven days the one before holds too, so that the other side has time to take the new one.",
        "It is shown to you for ten minutes, on the page that this leads to, and to nobody after that.",
    ),
    asks={"at_once": Ask("Is the one before worth nothing from now on?", "Yes where someone else may have it")},
    button="Make a new key",
    store=does(change_key, lambda sent: ChangeKey(sent.place.one.id, sent.form.at_once)),
)

_ALL: Sequence[Screen[Any, Any, Any]] = (CHANGE, PAUSE, MUTE, SEND, AGAIN, END, REPLAY, KEY)
add_forms(router, *_ALL)
