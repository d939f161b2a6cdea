"""What a subscription must be, whoever makes it: by the page, the API or the command line."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from services.reporting.publication.domain.reach import ALL_OF_IT, Remit
from services.reporting.subscription.domain.subscription import MOST_ADDRESSES, Channel, Terms
from shared.kernel.errors import RuleBroken

_LONGEST_HOST = 253
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")


@dataclass(frozen=True)
class Known:
    """What there is to subscribe to."""

    indicators: Collection[int]
    teams: Collection[str]
    remit: Remit = ALL_OF_IT
    """Of whom it is for: `teams` are those of it."""


def checked(terms: Terms, addresses: Sequence[str], known: Known) -> Terms:
    """The terms in one way of writing.

    Args:
        addresses: whom it writes to.
        known: the figures, and the teams that whoever it is for sees.

    Raises:
        RuleBroken: there is no such figure or team, the stream would tell them of others, nobody to write to, too
            many, or no https address to call.
    """
    if set(terms.indicators) - set(known.indicators):
        raise RuleBroken("indicator_unknown", "There is no such figure. Choose from the list.", field="indicators")
    if set(terms.teams) - {"", *known.teams}:
        raise RuleBroken(
            "team_unknown", "There is no such team among those you see. Choose from the list.", field="teams"
        )
    if terms.channel is Channel.STREAM and known.remit.localities is not None:
        sentence = "The stream is one for the whole region, and you see some localities. Choose webhook, API or email."
        raise RuleBroken("stream_of_region", sentence, field="channel")
    if len(addresses) > MOST_ADDRESSES:
        sentence = f"Write {MOST_ADDRESSES} addresses or fewer; a list of your mail server can have more."
        raise RuleBroken("addresses_many", sentence, field="addresses")
    if terms.channel is Channel.EMAIL and not addresses:
        raise RuleBroken("address_none", "Write whom it is sent to, one address a line.", field="addresses")
    is_webhook = terms.channel is Channel.WEBHOOK
    if is_webhook:
        check_webhook(terms.webhook)
    return replace(
        terms,
        indicators=tuple(sorted(set(terms.indicators))),
        teams=tuple(sorted(set(terms.teams))),
        webhook=terms.webhook if is_webhook else "",
    )


def check_webhook(address: str) -> None:
    """Only its form; where it leads is looked at each time that something is sent there.

    Raises:
        RuleBroken: it is no https address, or says who signs in.
    """
    wrong = RuleBroken("webhook_address", "Write an address that begins with https://", field="webhook")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.password or parts.fragment:
        raise wrong
    if not _is_host(parts.hostname):
        raise wrong
    if port == 0 or any(ord(one) <= ord(" ") or ord(one) > ord("~") for one in address):
        raise wrong


def _is_host(name: str) -> bool:
    """Whether a host can be called so. Source: RFC 1123, 2.1, and 1035, 2.3.4."""
    if ":" in name:
        return True  # an address in place of a name, whose form `urlsplit` looks at
    return len(name) <= _LONGEST_HOST and all(_LABEL.fullmatch(one) for one in name.removesuffix(".").split("."))
