"""For whom a message is: BaRS says it in `MessageHeader.destination`, and nothing that is another's is taken."""

from collections.abc import Iterator, Set
from typing import Any

from fhir.resources.R4B.organization import Organization

from services.referral.fhir.web.message import ReferralMessage
from services.referral.fhir.web.outcome import Issue, WrongResource


def check_destination(message: ReferralMessage, public_url: str, service_ids: Set[str]) -> None:
    """Whether it may be this team's: a destination names it, or names nothing by which one could tell.

    Args:
        public_url: where this service is.
        service_ids: the team's ids in the Directory of Services, and its organisation's ODS codes.

    Raises:
        WrongResource: each destination is someone else's.
    """
    if (header := message.header) is None or not header.resource.destination:
        return
    judged = [_is_ours(message, one, public_url, service_ids) for one in header.resource.destination]
    if all(is_ours is False for is_ours in judged):
        raise WrongResource(
            Issue.NOT_SUPPORTED,
            "This message is for another service. Send it to the address that its destination names.",
            f"{header.path}.destination",
        )


def _is_ours(message: ReferralMessage, destination: Any, public_url: str, service_ids: Set[str]) -> bool | None:
    """None: nobody can tell."""
    endpoint = str(destination.endpoint or "")
    address, _, named = endpoint.rpartition("|")
    if not address:
        is_url = endpoint.startswith(("http:", "https:"))
        if is_url and (endpoint == public_url or endpoint.startswith(f"{public_url}/")):
            return True
        told = set(_receiver(message, destination))
        return bool(told & service_ids) if told and service_ids else False if is_url else None
    told = {named, *_receiver(message, destination)}
    return bool(told & service_ids) if service_ids else None


def _receiver(message: ReferralMessage, destination: Any) -> Iterator[str]:
    """The identifiers of the organisation that is to receive it."""
    if destination.receiver is None or message.header is None:
        return
    for one in message.resources.of_type(Organization):
        if message.resources.leads_to(destination.receiver, message.header, one):
            yield from (str(item.value) for item in one.resource.identifier or () if item.value)
