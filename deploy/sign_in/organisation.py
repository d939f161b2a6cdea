"""An invented organisation, a team's or the region's: its services are one client, and its people are known by name.

Each is a file of a folder, which is read when somebody asks: a team that joins needs nothing to be started again.
"""

import hmac
import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from shared.contracts.slug import locality_name
from shared.discovery import of_region, of_team
from shared.manifest import Person, Service

REGION = "region"
MAPPING = Path(__file__).with_name("mapping.json")
"""Which of the provider's words is which role: the same words."""
_NAME = re.compile(r"[a-z][a-z0-9-]{1,30}")


@dataclass(frozen=True)
class SignInPlace:
    """A service that people sign in to."""

    url: str
    socket: str = ""
    """The file at which it listens, where its URL is of no use to a program beside it."""

    @property
    def answer_url(self) -> str:
        return f"{self.url}/sign-in/answer"


@dataclass(frozen=True)
class InventedPerson:
    """Who can be chosen."""

    id: str
    name: str
    job: str
    roles: Sequence[str]


@dataclass(frozen=True)
class Organisation:
    """One issuer with one client."""

    name: str
    """In addresses; it is the client's id too."""
    title: str
    secret: str = field(repr=False)
    places: Sequence[SignInPlace]
    people: Sequence[InventedPerson]

    def is_secret(self, given: str) -> bool:
        return hmac.compare_digest(self.secret.encode(), given.encode())

    def place_of(self, answer_url: str) -> SignInPlace | None:
        return next((place for place in self.places if place.answer_url == answer_url), None)


def organisation_of(team: str | None, secret: str, places: Sequence[SignInPlace]) -> Organisation:
    """Of a demonstration: everyone whom the table of contents of one of its services names."""
    services = of_team() if team else of_region()
    title = locality_name(team) if team else "The region"
    return Organisation(team or REGION, title, secret, places, _people(services))


class Organisations:
    """Those of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, organisation: Organisation) -> None:
        """For its owner's eyes only, and whole at every moment."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f".{organisation.name}"
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(organisation), file)
        draft.replace(self._folder / f"{organisation.name}.json")

    def find(self, name: str) -> Organisation | None:
        path = self._folder / f"{name}.json"
        if not _NAME.fullmatch(name) or not path.exists():
            return None
        told = json.loads(path.read_text(encoding="utf-8"))
        places = [SignInPlace(**one) for one in told.pop("places")]
        people = [InventedPerson(**one) for one in told.pop("people")]
        return Organisation(**told, places=places, people=people)


def _people(services: Iterable[Service]) -> list[InventedPerson]:
    """Each once, with the roles that they have in any of the services."""
    known: dict[str, Person] = {}
    for person in (person for service in services for person in service.people):
        before = known.get(str(person.id), person)
        longer = max(before.job, person.job, key=len)
        known[str(person.id)] = replace(person, roles=before.roles | person.roles, job=longer)
    return [InventedPerson(key, one.name, one.job, sorted(one.roles)) for key, one in known.items()]
