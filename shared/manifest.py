"""What a service is: its `contents.py` declares it, and whatever runs, tests or looks after services reads it there.

A name in it is the name of a file that holds the one thing of that name: `commands="add_person"` of the room `people`
is the function `add_person` in `people/commands/add_person.py`. Nothing is loaded before it is asked for, so that the
command line knows every service without its pages. A test compares the names with the folders, both ways.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, Literal
from uuid import UUID

from shared.contracts.vocabulary import Role


@dataclass(frozen=True)
class Person:
    """Someone who can sign in, and the name that their own pages show."""

    id: UUID
    name: str
    roles: frozenset[Role]
    job: str = ""
    """What they do in the team, which is no part of their name."""
    localities: frozenset[str] = frozenset()
    """Of a locality lead: which, as slugs."""


@dataclass(frozen=True)
class NavigationItem:
    """A link in the header, for those who hold one of the roles; no roles: for everyone."""

    text: str
    href: str
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Room:
    """A part of a service, with the same places as every other: `domain/ commands/ … web/`. Spaces set names apart.

    Args:
        name: its folder in the service's; none when the service is this one room.
        commands: what someone can do.
        queries: what someone can read.
        capabilities: the file of `domain/` whose constant of that name is the service's one table of who may do what.
        figures: those of its queries whose numbers are among the metrics, each by the name that the query gives it.
        alarms: which of those numbers must be 0, each with what to do when it is not: the doctor says so.
        network: what it means here when the same service of another team tells its own something: reactions.
        reactions: by the service whose stream is read: what its events mean here, functions or projections.
        timers: what time makes due, each with the seconds between one run that found nothing to do and the next; in
            every process of the service.
        pages: modules of `web/` with a `router`; of two addresses that fit, the one named first is meant.
        prepares: modules of `web/` with `prepare(app)`, called before the application serves.
        tools: what an operator can do, `pairs [team] NAME …`, each with a sentence for its help.
    """

    name: str = ""
    commands: str = ""
    queries: str = ""
    capabilities: str = ""
    figures: str = ""
    alarms: Mapping[str, str] = field(default_factory=dict[str, str])
    network: str = ""
    reactions: Mapping[str, str] = field(default_factory=dict[str, str])
    timers: Mapping[str, float] = field(default_factory=dict[str, float])
    pages: str = ""
    prepares: str = ""
    tools: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, eq=False)
class Service:
    """One service.

    Args:
        contents: the `__name__` of its table of contents, which is in the service's package.
        of: whose it is: each team has one, or the region.
        title: as its users know it; `{place}` stands for the team's.
        rooms: the lower floors first.
        roles: who works with it.
        navigation: links in the header, for those roles unless one says otherwise.
        search: where what is typed into the field of the header is sent as `text`, and what the field is called.
        publishes: files of `shared/contracts` whose events are its own, set apart by spaces.
        secrets: settings of its own that are keys of the team, 32 random bytes each, made when it is provisioned.
        people: who can sign in to a demonstration.
        open_to_all: addresses where nobody signs in, each with what is there.
        settings: the class in `settings.py` for settings of its own.
        demonstration_settings: settings of its own for invented teams, each by the name of its field.
        has_demonstration: whether its `demonstration/` invents a history, and lets it live on.
        history_after: the service of the team whose history this one's is about: it is invented once that was heard.
        plans_once: PostgreSQL plans each statement once a connection, and not each time: to plan one of its long ones
            takes longer than to run it. A condition of an index that compares with a value is then found only where a
            statement has that value written out, as `open_episode` has; a test knows which those are.
    """

    contents: str
    _: KW_ONLY
    of: Literal["team", "region"]
    title: str
    rooms: tuple[Room, ...]
    roles: frozenset[Role]
    navigation: tuple[NavigationItem, ...]
    people: tuple[Person, ...]
    publishes: str = ""
    open_to_all: Mapping[str, str] = field(default_factory=dict[str, str])
    settings: str = ""
    secrets: str = ""
    demonstration_settings: Mapping[str, str] = field(default_factory=dict[str, str])
    search: NavigationItem | None = None
    has_demonstration: bool = False
    history_after: str = ""
    plans_once: bool = False

    @property
    def package(self) -> str:
        return self.contents.rpartition(".")[0]

    @property
    def name(self) -> str:
        """In keys, roles and the command line."""
        return self.package.rpartition(".")[2]

    @property
    def folder(self) -> Path:
        found = find_spec(self.package)
        assert found is not None  # noqa: S101 - its table of contents was imported from there
        assert found.submodule_search_locations is not None  # noqa: S101
        return Path(found.submodule_search_locations[0])

    @property
    def reads(self) -> frozenset[str]:
        """The services whose streams it reads."""
        return frozenset(service for room in self.rooms for service in room.reactions)

    @property
    def is_networked(self) -> bool:
        """Whether it speaks to the same service of other teams, and hears it."""
        return any(room.network for room in self.rooms)

    @property
    def hears_anyone(self) -> bool:
        return bool(self.reads) or self.is_networked

    @property
    def tools(self) -> dict[str, str]:
        """What an operator can do with it, each with a sentence."""
        return {name: sentence for room in self.rooms for name, sentence in room.tools.items()}

    def folder_of(self, room: Room) -> Path:
        return self.folder / room.name

    def load(self, room: Room, place: str, name: str) -> ModuleType:
        """The module of that name in a place of a room, such as `commands`."""
        return import_module(".".join(filter(None, (self.package, room.name, place, name))))

    def pages(self) -> Iterator[ModuleType]:
        """Modules with a `router`."""
        return (self.load(room, "web", name) for room in self.rooms for name in room.pages.split())

    def prepares(self) -> Iterator[ModuleType]:
        """Modules with `prepare(app)`."""
        return (self.load(room, "web", name) for room in self.rooms for name in room.prepares.split())

    def timers(self) -> Iterator[tuple[Any, float]]:
        """Each function with its seconds."""
        for room in self.rooms:
            for name, seconds in room.timers.items():
                yield getattr(self.load(room, "timers", name), name), seconds

    def figures(self) -> Iterator[Any]:
        """Functions of a unit of work that give numbers by name."""
        for room in self.rooms:
            for name in room.figures.split():
                yield getattr(self.load(room, "queries", name), name)

    @property
    def alarms(self) -> dict[str, str]:
        """Figures that must be 0, each with what to do when it is not."""
        return {name: sentence for room in self.rooms for name, sentence in room.alarms.items()}

    def reactions(self, to: str | None = None) -> tuple[Any, ...]:
        """To what that service publishes, or to all: functions, or projections (constants of the file's name)."""
        names = [
            (room, name)
            for room in self.rooms
            for service, several in room.reactions.items()
            if to in (None, service)
            for name in several.split()
        ]
        return self._reactions(names)

    def network_reactions(self) -> tuple[Any, ...]:
        """To what the same service of other teams tells its own."""
        return self._reactions([(room, name) for room in self.rooms for name in room.network.split()])

    def _reactions(self, names: Sequence[tuple[Room, str]]) -> tuple[Any, ...]:
        modules = [(self.load(room, "reactions", name), name) for room, name in names]
        return tuple(getattr(module, name, None) or getattr(module, name.upper()) for module, name in modules)

    def capabilities(self) -> Any:
        """The table of who may do what; None when all who work with it may do all."""
        for room in self.rooms:
            if room.capabilities:
                return getattr(self.load(room, "domain", room.capabilities), room.capabilities.upper())
        return None

    def tool(self, name: str) -> Any:
        """The function that does it."""
        [room] = [room for room in self.rooms if name in room.tools]
        return getattr(self.load(room, "tools", name), name)
