"""The stream `pairs:registry`: which teams there are. Operators write it, everyone reads it.

An entry's fields are those of every stream (docs/events.md); its id is given by Redis, for nobody else writes here.
"""

from enum import StrEnum
from typing import Any, NamedTuple

from redis.asyncio import Redis

from shared.contracts.envelope import Envelope
from shared.contracts.platform import TeamLeft, TeamOnboarded, TeamSuspended
from shared.contracts.streams import REGISTRY
from shared.kernel.clock import Clock, machine_clock
from shared.kernel.identifiers import new_id
from shared.kernel.traceparent import new_traceparent
from shared.tenancy.names import check_team
from shared.tenancy.redis_door import ask, text

SOURCE = "/pairs/registry"
_PAGE = 1000

Announcement = TeamOnboarded | TeamSuspended | TeamLeft


class Standing(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"


class TeamState(NamedTuple):
    """The last that the registry says of a team."""

    standing: Standing
    services: tuple[str, ...]


_STANDINGS: dict[type[Announcement], Standing] = {
    TeamOnboarded: Standing.ACTIVE,
    TeamSuspended: Standing.SUSPENDED,
    TeamLeft: Standing.LEFT,
}
_KINDS: dict[str, type[Announcement]] = {kind.type: kind for kind in (TeamOnboarded, TeamSuspended, TeamLeft)}


async def announce(redis: Redis, announcement: Announcement, *, clock: Clock = machine_clock) -> None:
    """Tells everyone. To say the same twice is harmless: the last word on a team holds.

    Raises:
        NotAName: no team can be called so.
    """
    check_team(announcement.team)
    envelope = Envelope(
        event_id=new_id(),
        type=announcement.type,
        source=SOURCE,
        subject=announcement.team,
        time=clock(),
        traceparent=new_traceparent(),
        body=announcement.model_dump_json(),
    )
    await redis.xadd(
        REGISTRY,
        {**envelope.fields()},
    )


async def teams(redis: Redis) -> dict[str, TeamState]:
    """Every team that was ever announced, by slug, as the registry's last entry on it says."""
    found: dict[str, TeamState] = {}
    after: Any = "0"
    while entries := await _entries(redis, after):
        for identifier, fields in entries:
            after = identifier
            if announcement := announcement_of(fields):
                found[announcement.team] = TeamState(_STANDINGS[type(announcement)], announcement.services)
    return found


def announcement_of(fields: dict[Any, Any]) -> Announcement | None:
    """The announcement in an entry's fields (text or bytes); None when it is of a kind that we do not know yet."""
    texts = {text(name): text(value) for name, value in fields.items()}
    kind = _KINDS.get(texts.get("ce-type", ""))
    return kind.model_validate_json(texts["body"]) if kind else None


async def _entries(redis: Redis, after: Any) -> list[tuple[Any, dict[Any, Any]]]:
    """By XREAD, since that is the only reading command that the services' users have."""
    answer: Any = await ask(redis, "XREAD", "COUNT", _PAGE, "STREAMS", REGISTRY, after)
    if not answer:
        return []
    if hasattr(answer, "values"):  # RESP3
        return next(iter(answer.values()))[0]
    return answer[0][1]
