"""What the form of a subscription offers, and what it says, in the words of the commands."""

from collections.abc import Mapping, Sequence

from services.reporting.indicators.packs.catalogue import INDICATORS
from services.reporting.subscription.domain.subscription import Channel, Terms
from services.reporting.subscription.domain.terms_check import Known
from services.reporting.subscription.web.forms.subscription import (
    REGION_ITSELF,
    SubscriptionForm,
    WhichFigures,
    WhichPlaces,
)
from shared.contracts.slug import locality_name
from shared.staff.answer_words import Ask, Offered, Values
from shared.staff.screen import Zone

ASKS = {
    "name": Ask("Name it", "As you want to find it in the list"),
    "which_figures": Ask("Which figures"),
    "indicators": Ask("These"),
    "which_places": Ask("Where"),
    "teams": Ask("These places"),
    "condition": Ask("Tell me when"),
    "channel": Ask("Where to"),
    "addresses": Ask("Email addresses", "One a line"),
    "webhook": Ask("Address that is called", "It begins with https:// and is on the public internet"),
    "told": Ask("Email address of who is told when it fails"),
}
ZONES = (
    Zone("What", ("name", "which_figures", "indicators", "which_places", "teams")),
    Zone("When, and where to", ("condition", "channel", "addresses", "webhook", "told")),
)
INTRO = (
    "A signal needs a finished month and 13 months of figures. A gap in the data fires nothing.",
    "It fires once when it starts, and again only after it ended.",
    "What leaves these pages is rounded to 5 and comes from frozen months; small counts are not in it.",
)


def offered(known: Known) -> Mapping[str, Sequence[Offered]]:
    """The figures in the order of the catalogue, the region before its teams."""
    teams = [
        Offered(REGION_ITSELF, "The region as a whole"),
        *(Offered(one, locality_name(one)) for one in known.teams),
    ]
    return {"indicators": [Offered(str(one.number), one.name) for one in INDICATORS], "teams": teams}


def terms_of(form: SubscriptionForm) -> Terms:
    return Terms(
        name=form.name,
        condition=form.condition,
        channel=form.channel,
        indicators=tuple(form.indicators or ()),
        teams=("",) if form.which_places is WhichPlaces.REGION else tuple(form.teams or ()),
        webhook=form.webhook or "",
    )


def addresses_of(form: SubscriptionForm) -> Sequence[str]:
    """Whom it writes to."""
    if form.channel is Channel.WEBHOOK:
        return [form.told] if form.told else []
    return form.addresses or ()


def answers_of(terms: Terms, addresses: Sequence[str]) -> Values:
    """The form as it would have been filled in."""
    places = WhichPlaces.REGION if terms.teams == ("",) else WhichPlaces.CHOSEN if terms.teams else WhichPlaces.ALL
    is_webhook = terms.channel is Channel.WEBHOOK
    return {
        "name": terms.name,
        "which_figures": WhichFigures.CHOSEN if terms.indicators else WhichFigures.ALL,
        "indicators": [str(one) for one in terms.indicators],
        "which_places": places,
        "teams": [one or REGION_ITSELF for one in terms.teams] if places is WhichPlaces.CHOSEN else [],
        "condition": terms.condition,
        "channel": terms.channel,
        "addresses": "" if is_webhook else "\n".join(addresses),
        "webhook": terms.webhook,
        "told": addresses[0] if is_webhook and addresses else "",
    }
