"""`pairs services`: what the services that are here can do, as their tables of contents say."""

from collections.abc import Iterator

from shared import discovery
from shared.cli.listing import AsJson, show
from shared.manifest import Room


def services(*, as_json: AsJson = False) -> None:
    """Show what each service can do: its rooms, and what someone can do, read, or be reminded of in each."""
    rows = [
        {"service": service.name, "of": service.of, "room": room.name, "what": what, "names": names}
        for service in discovery.services().values()
        for room in service.rooms
        for what, names in _listed(room)
    ]
    show(rows, as_json=as_json, empty="No service is here.")


def _listed(room: Room) -> Iterator[tuple[str, str]]:
    listed = {
        "commands": room.commands,
        "queries": room.queries,
        "figures": room.figures,
        "reactions": " ".join(room.reactions.values()),
        "timers": " ".join(room.timers),
        "pages": room.pages,
        "tools": " ".join(room.tools),
    }
    return ((what, " ".join(names.split())) for what, names in listed.items() if names)
