"""The keys of the Redis streams, and nothing else that is in Redis.

    pairs:registry                          which teams there are; operators write, everyone reads
    pairs:{blackpool}:referral              all events of a service, for the team's own services
    pairs:{blackpool}:referral:region       what the region may know of them
    pairs:{blackpool}:referral:heartbeat    where the two streams end; one entry
    pairs:{blackpool}:referral:replay       a reader of the stream that misses entries asks for them
    pairs:{blackpool}:referral:region:replay
    pairs:{blackpool}:training:network      what the same service of other teams may know; few services have one
    pairs:{blackpool}:training:network:beat   where that one ends, for whoever may read it
    pairs:{blackpool}:training:network:replay
    pairs:{blackpool}:sign-in:ended         which sign-ins are over, for the team's own services
    pairs:region:indicators                 what reporting publishes

The braces are Redis Cluster's hash tag: they spread the teams, and keep what belongs to one team together.
The team of an entry is what its key says, never what its body says.
"""

import re
from enum import StrEnum
from typing import NamedTuple

REGISTRY = "pairs:registry"
INDICATORS = "pairs:region:indicators"


class Audience(StrEnum):
    """Who may read a stream."""

    TEAM = "team"
    REGION = "region"
    NETWORK = "network"
    """The same service of every other team."""


class Stream(NamedTuple):
    """One stream of one service of one team."""

    team: str
    service: str
    audience: Audience

    @property
    def key(self) -> str:
        suffix = "" if self.audience is Audience.TEAM else f":{self.audience}"
        return f"pairs:{{{self.team}}}:{self.service}{suffix}"

    @property
    def replay_key(self) -> str:
        """Where readers of this stream ask for what they miss; nobody else's requests are there."""
        return f"{self.key}:replay"

    @property
    def heartbeat_key(self) -> str:
        """Where it is said that it ends. Other teams hear of what is theirs, and not of the streams beside it."""
        return f"{self.key}:beat" if self.audience is Audience.NETWORK else heartbeat_key(self.team, self.service)

    @property
    def source(self) -> str:
        """What `ce-source` must be on this stream; anything else claims to come from somewhere it does not."""
        return f"/pairs/{self.team}/{self.service}"


def streams_of(team: str, service: str, *, is_networked: bool = False) -> list[Stream]:
    """All that a service publishes.

    Args:
        is_networked: whether the same service of other teams is told something.
    """
    audiences = [one for one in Audience if is_networked or one is not Audience.NETWORK]
    return [Stream(team, service, audience) for audience in audiences]


def of_the_region(team: str, service: str) -> Stream:
    """What the region may know of a service."""
    return Stream(team, service, Audience.REGION)


def of_the_network(team: str, service: str) -> Stream:
    """What the same service of other teams may know of a service."""
    return Stream(team, service, Audience.NETWORK)


_KEY = re.compile(r"pairs:\{([a-z][a-z0-9-]{1,30})\}:([a-z][a-z0-9-]{1,30})(?::(region|network))?")


def stream_of(key: str) -> Stream:
    """The stream that has this key.

    Raises:
        ValueError: it is not a key of a service's stream.
    """
    if (match := _KEY.fullmatch(key)) is None:
        raise ValueError("not the key of a service's stream")
    team, service, audience = match.groups()
    return Stream(team, service, Audience(audience or Audience.TEAM))


def ended_key(team: str) -> str:
    """Where a team's services tell each other which sign-ins are over."""
    return f"pairs:{{{team}}}:sign-in:ended"


def heartbeat_key(team: str, service: str) -> str:
    return f"pairs:{{{team}}}:{service}:heartbeat"


EPOCHS_OF_A_HISTORY = 100
"""When a reader misses entries the epoch goes up by one; when a database was restored to the past, to a new hundred.

In each epoch of a history a position has the same content. What an earlier history had there may never have happened,
so a reader takes a new history from its first entry or not at all. (The epoch after the hundredth only costs that.)
"""


class EntryId(NamedTuple):
    """`<epoch>-<position>`: the id of an entry, given by the relay, so that Redis itself refuses a second copy.

    Positions start at 1 and have no holes. An epoch starts when a database was restored to the past, or a reader
    misses entries; see `shared.relay`.
    """

    epoch: int
    position: int

    @property
    def history(self) -> int:
        return self.epoch // EPOCHS_OF_A_HISTORY

    @property
    def is_possible(self) -> bool:
        """Whether a relay can give it: Redis takes larger numbers than PostgreSQL."""
        return 0 <= self.epoch < 2**31 and 0 <= self.position < 2**63

    def next_in(self, epoch: int) -> "EntryId":
        """The entry that follows this one, if it comes in that epoch."""
        there = EntryId(epoch, self.position + 1)
        return there if there.history == self.history else EntryId(epoch, 1)

    def __str__(self) -> str:
        return f"{self.epoch}-{self.position}"

    @classmethod
    def parse(cls, text: str) -> "EntryId":
        """Raises ValueError when the text is not two whole numbers joined by a hyphen."""
        epoch, position = text.split("-")
        return cls(int(epoch), int(position))


BEGINNING = EntryId(0, 0)
