"""The AsyncAPI 3.0 document: which channels there are, and which messages go over them.

FastStream can generate one, with a channel for each stream that it subscribes to; ours has one channel for all teams,
with the team as a parameter, because teams come and go while everything runs.
"""

from collections.abc import Sequence
from typing import Any

from shared.contracts.event import Event, RegionEvent
from shared.contracts.platform import TeamLeft, TeamOnboarded, TeamSuspended
from shared.contracts.restart import EpochStarted
from shared.contracts.slug import SLUG_PATTERN
from shared.contracts.streams import REGISTRY

_REGISTRY_EVENTS = (TeamOnboarded, TeamSuspended, TeamLeft)
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


def asyncapi(classes: Sequence[type[Event] | type[RegionEvent]]) -> dict[str, Any]:
    """The document for these events."""
    registry = [cls for cls in classes if cls in _REGISTRY_EVENTS]
    region = [cls for cls in classes if issubclass(cls, RegionEvent)]
    team = [cls for cls in classes if cls not in registry and (cls not in region or cls is EpochStarted)]
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "PaIRS Network events",
            "version": "1",
            "description": "Redis streams of a region's parent-infant relationship teams. No event carries a person.",
        },
        "defaultContentType": "application/json",
        "channels": {
            "team": _channel("pairs:{{team}}:{service}", "All events, for the team's own services.", team),
            "region": _channel("pairs:{{team}}:{service}:region", "What the region may know of them.", region),
            "registry": _channel(REGISTRY, "Which teams there are.", registry, with_parameters=False),
        },
        "operations": {
            f"receive-{channel}": {"action": "receive", "channel": {"$ref": f"#/channels/{channel}"}}
            for channel in ("team", "region", "registry")
        },
        "components": {"messages": {cls.type: _message(cls) for cls in classes}},
    }


def _channel(
    address: str, description: str, classes: Sequence[type[Event] | type[RegionEvent]], *, with_parameters: bool = True
) -> dict[str, Any]:
    parameters = {
        "team": {"description": f"The team's slug, {SLUG_PATTERN}"},
        "service": {"description": "The service's name", "enum": ["referral"]},
    }
    channel: dict[str, Any] = {
        "address": address,
        "description": description,
        "messages": {cls.type: {"$ref": f"#/components/messages/{cls.type}"} for cls in classes},
    }
    return channel | ({"parameters": parameters} if with_parameters else {})


def _message(cls: type[Event] | type[RegionEvent]) -> dict[str, Any]:
    return {
        "name": cls.type,
        "summary": (cls.__doc__ or "").split("\n\n")[0].replace("\n    ", " "),
        "headers": _HEADERS,
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": {"$ref": f"./{cls.type}.json"},
        },
    }
