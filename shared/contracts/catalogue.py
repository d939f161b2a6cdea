"""Which class an entry's type means, and how an old version is read.

A catalogue knows the newest version of every event. An older version is brought up to it by pure functions that stand
in the newest class, one a step: `from_v1` gives the body of v2, `from_v2` that of v3. A newer version cannot be read by
this build, and must not be skipped. A withdrawal of before there were corrections is read as the correction that it is.
"""

import json
import pkgutil
from collections.abc import Iterator, Sequence
from importlib import import_module
from types import ModuleType

from pydantic import ValidationError

import shared.contracts
from shared.contracts.event import AnyEvent, Event, NetworkEvent, RegionCorrection, RegionEvent, name_and_version


class UnknownEvent(Exception):
    """No version of this event is known here: it is kept, and means nothing yet."""


class NewerVersion(Exception):
    """This build is older than the event: reading the stream must wait for an upgrade."""


class MalformedEvent(Exception):
    """The body is not what its type says. The message names fields and kinds of error, never a value."""


class Catalogue:
    """The events that this build can read.

    Args:
        classes: the newest version of each event.

    Raises:
        TypeError: an older version of one of them could not be read.
    """

    def __init__(self, classes: Sequence[type[AnyEvent]]) -> None:
        self.classes = tuple(classes)
        newest = {name: (version, cls) for cls in classes for name, version in [name_and_version(cls.type)]}
        corrections = [cls for cls in classes if issubclass(cls, RegionCorrection) and cls.withdrew]
        self._withdrawals = {cls.withdrew: cls for cls in corrections}
        for version, cls in newest.values():
            for step in range(1, version):
                if not hasattr(cls, f"from_v{step}"):
                    raise TypeError(f"{cls.__name__} must say how version {step} is read: give it `from_v{step}`")
        self._names = newest.keys()
        self._types = {
            f"{name}.v{version}": (cls, range(version, last))
            for name, (last, cls) in newest.items()
            for version in range(1, last + 1)
        }

    def parse(self, event_type: str, body: str) -> AnyEvent:
        """The event that an entry carries.

        Raises:
            UnknownEvent: no version of it is known.
            NewerVersion: its version is newer than this build.
            MalformedEvent: its body is not JSON, or not of its type.
        """
        if (correction := self._withdrawals.get(event_type)) is not None:
            return self.parse(correction.type, _withdrawn(body))
        if (known := self._types.get(event_type)) is None:
            raise self._unreadable(event_type)
        cls, steps = known
        try:
            return cls.model_validate_json(_upcast(cls, steps, body) if steps else body, strict=True)
        except ValidationError as error:
            raise MalformedEvent(_faults(error)) from None
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
            raise MalformedEvent("the body is not JSON of an older version") from None

    def _unreadable(self, event_type: str) -> UnknownEvent | NewerVersion:
        try:
            name, _ = name_and_version(event_type)
        except ValueError:
            return UnknownEvent("no version of this event is known")
        return NewerVersion() if name in self._names else UnknownEvent("no version of this event is known")


def _withdrawn(body: str) -> str:
    """The body of the correction that says that this fact does not hold."""
    try:
        return json.dumps({"was": json.loads(body), "instead": None})
    except (ValueError, RecursionError):
        raise MalformedEvent("the body is not JSON of an older version") from None


def _upcast(cls: type[AnyEvent], steps: range, body: str) -> str:
    value = json.loads(body)
    for step in steps:
        value = getattr(cls, f"from_v{step}")(value)
    return json.dumps(value)


def _faults(error: ValidationError) -> str:
    known = [(item["loc"], item["type"]) for item in error.errors(include_input=False, include_url=False)]
    return "; ".join(f"{kind} at {_place(location)}" for location, kind in known[:5])


def _place(location: tuple[int | str, ...]) -> str:
    """The first step only: a deeper one, or an unknown field's name, could be something that someone typed."""
    return "the body" if not location else f"depth {len(location)}"


def events_of(module: ModuleType) -> tuple[type[AnyEvent], ...]:
    """The events that a file of contracts defines: a team's in their order, then what others get of them."""
    defined = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, (Event, RegionEvent, NetworkEvent)) and "type" in vars(value)
        if value.__module__ == module.__name__
    ]
    return tuple(sorted(defined, key=lambda cls: not issubclass(cls, Event)))


def _published() -> Iterator[type[AnyEvent]]:
    """The events of every file of contracts."""
    for file in pkgutil.iter_modules(shared.contracts.__path__, "shared.contracts."):
        yield from events_of(import_module(file.name))


CATALOGUE = Catalogue(tuple(_published()))
"""What is published anywhere; nobody lists it."""
