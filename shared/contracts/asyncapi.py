"""The AsyncAPI 3.0 document: which channels there are, and which messages go over them.

FastStream can generate one, with a channel for each stream that it subscribes to; ours has one channel for all teams,
with the team as a parameter, because teams come and go while everything runs.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from shared.contracts import platform, restart
from shared.contracts.catalogue import events_of
from shared.contracts.event import AnyEvent, NetworkEvent, RegionEvent
from shared.contracts.slug import SLUG_PATTERN
from shared.contracts.streams import REGISTRY

_HEADERS = {
    "type": "object",
    "required": ["ce-specversion", "ce-id", "ce-type", "ce-source", "ce-subject", "ce-time", "traceparent"],
    "properties": {
        "ce-specversion": {"const": "1.0"},
        "ce-id": {"type": "string", "format": "uuid"},
        "ce-type": {"type": "string"},
        "ce-source": {"type": "string"},
        "ce-subject": {"type": "string"},
        "ce-time": {"type": "string", "format": "date-time"},
        "ce-dataschema": {"type": "string"},
        "traceparent": {"type": "string"},
    },
}


Language = Mapping[str, Sequence[type[AnyEvent]]]
"""By the service of a team: what it publishes, and what the region may know of that."""


def language(publishes: Mapping[str, str]) -> Language:
    """Of services by name, each with the files of contracts that are its own, as its table of contents has them."""
    return {
        service: [cls for file in files.split() for cls in events_of(import_module(f"shared.contracts.{file}"))]
        for service, files in publishes.items()
        if files
    }


def published(language: Language) -> list[type[AnyEvent]]:
    """Every event: the services', the streams' own, and the registry's."""
    of_services = [cls for classes in language.values() for cls in classes]
    return [*of_services, *events_of(restart), *events_of(platform)]


def asyncapi(language: Language) -> dict[str, Any]:
    """The document for what these services publish."""
    of_services = [cls for classes in language.values() for cls in classes]
    region = [cls for cls in of_services if issubclass(cls, RegionEvent)]
    network = [cls for cls in of_services if issubclass(cls, NetworkEvent)]
    networked = [service for service, classes in language.items() if set(classes) & set(network)]
    team = [cls for cls in of_services if cls not in (*region, *network)]
    both, registry, services = events_of(restart), events_of(platform), list(language)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "PaIRS Network events",
            "version": "1",
            "description": "Redis streams of a region's parent-infant relationship teams. No event carries a person.",
        },
        "defaultContentType": "application/json",
        "channels": {
            "team": _channel(
                "pairs:{{team}}:{service}", "All events, for the team's own services.", [*team, *both], services
            ),
            "region": _channel(
                "pairs:{{team}}:{service}:region", "What the region may know of them.", [*region, *both], services
            ),
            "network": _channel(
                "pairs:{{team}}:{service}:network",
                "What the same service of other teams may know of them.",
                [*network, *both],
                networked,
            ),
            "registry": _channel(REGISTRY, "Which teams there are.", registry),
        },
        "operations": {
            f"receive-{channel}": {"action": "receive", "channel": {"$ref": f"#/channels/{channel}"}}
            for channel in ("team", "region", "network", "registry")
        },
        "components": {"messages": {cls.type: _message(cls) for cls in published(language)}},
    }


def _channel(
    address: str, description: str, classes: Sequence[type[AnyEvent]], services: Sequence[str] = ()
) -> dict[str, Any]:
    parameters = {
        "team": {"description": f"The team's slug, {SLUG_PATTERN}"},
        "service": {"description": "The service's name", "enum": [*services]},
    }
    channel: dict[str, Any] = {
        "address": address,
        "description": description,
        "messages": {cls.type: {"$ref": f"#/components/messages/{cls.type}"} for cls in classes},
    }
    return channel | ({"parameters": parameters} if services else {})


def _message(cls: type[AnyEvent]) -> dict[str, Any]:
    return {
        "name": cls.type,
        "summary": (cls.__doc__ or "").split("\n\n")[0].replace("\n    ", " "),
        "headers": _HEADERS,
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": {"$ref": f"./{cls.type}.json"},
        },
    }
