"""The Redis users: what each service may do, and on which keys.

    <team>.<service>    adds to its own streams, asks where they end, and reads what is asked of it; reads its team's
                        streams that it was made to read, and asks for what it misses of them; hears and says which
                        of its team's sign-ins are over
                        where the service speaks to the same one of other teams: reads what every team says so, and
                        asks for what it misses of that
    <service>           of the region: reads what every team lets the region know, and publishes its indicators
    indicators          reads what the region publishes of its indicators, and nothing besides
    operator            everything; its password lives with the command line only

A request for a replay stands on a key of the stream that it is about, so nobody sees requests for another's stream.
A permission and its keys stand in one selector, so that reading a key never lets anyone write it. An ACL cannot
restrict arguments: a service can wipe its own stream (XADD … MAXLEN 0), one more reason why its outbox is the truth.
"""

import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from redis.asyncio import Redis

from shared.contracts.streams import INDICATORS, REGISTRY, Audience, Stream, ended_key, of_the_network, streams_of
from shared.kernel.errors import Refusal
from shared.tenancy.names import check, redis_user
from shared.tenancy.redis_door import ask, text

SESSION = "+ping +hello +auth +client|setname +client|setinfo"
"""What any client needs to begin a session."""


class RedisRefused(Refusal):
    """Redis did not take a user, or does not keep it."""


Selector = tuple[str, tuple[str, ...]]
"""Commands, and the key patterns that they are for."""


def selectors(
    team: str | None, service: str, reads: Sequence[str] = (), *, is_networked: bool = False
) -> tuple[Selector, ...]:
    """What the service may do beyond beginning a session. Raises NotAName."""
    for name in (service, *reads):
        check(team, name)
    return _of_a_team(team, service, reads, is_networked=is_networked) if team else _of_the_region()


def _of_a_team(team: str, service: str, reads: Sequence[str], *, is_networked: bool) -> tuple[Selector, ...]:
    """Braces mean nothing in Redis's patterns: they match themselves."""
    own = own_keys(team, service, is_networked=is_networked)
    requests = [stream.replay_key for stream in streams_of(team, service, is_networked=is_networked)]
    others = [Stream(team, each, Audience.TEAM) for each in reads]
    others += [of_the_network("*", service)] if is_networked else []
    read = [stream.key for stream in others]
    beats = [stream.heartbeat_key for stream in others]
    ended = ended_key(team)
    return (
        ("+xadd", tuple(f"%W~{key}" for key in (*own, *(stream.replay_key for stream in others), ended))),
        ("+xinfo|stream", tuple(f"%R~{key}" for key in (*own, *read))),
        ("+xread", tuple(f"%R~{key}" for key in (REGISTRY, *requests, *read, *beats, ended))),
    )


def _of_the_region() -> tuple[Selector, ...]:
    readable = tuple(
        f"%R~{pattern}" for pattern in ("pairs:{*}:*:region", "pairs:{*}:*:heartbeat", REGISTRY, INDICATORS)
    )
    return (
        ("+xread +xinfo|stream", readable),
        ("+xadd", tuple(f"%W~{key}" for key in ("pairs:{*}:*:region:replay", INDICATORS))),
    )


def own_keys(team: str, service: str, *, is_networked: bool = False) -> tuple[str, ...]:
    """The streams that only this service writes, and where it says that they end."""
    streams = streams_of(team, service, is_networked=is_networked)
    return (*(stream.key for stream in streams), *dict.fromkeys(stream.heartbeat_key for stream in streams))


async def set_user(
    redis: Redis,
    team: str | None,
    service: str,
    passwords: Sequence[str],
    reads: Sequence[str] = (),
    *,
    is_networked: bool = False,
) -> None:
    """Makes the user, or puts it right, and writes the ACL file. A second call changes nothing.

    Args:
        passwords: each is good: two, while there are processes that know only the earlier one.
        reads: the team's services whose events this one hears.
        is_networked: whether it speaks to the same service of other teams, and hears it.

    Raises:
        RedisRefused: Redis lets anyone in without a password, keeps no ACL file, or says something else than we asked.
        redis.RedisError: it cannot be reached, or the address is not an operator's.
    """
    wanted = selectors(team, service, reads, is_networked=is_networked)
    await _set(redis, redis_user(team, service), passwords, wanted)


READER = "indicators"
"""The user of whoever follows the region's stream of indicators."""
_OF_A_READER: tuple[Selector, ...] = (("+xread +xrange +xinfo|stream", (f"%R~{INDICATORS}",)),)


async def set_reader(redis: Redis, passwords: Sequence[str]) -> None:
    """Makes the user that reads the region's stream of indicators, or puts it right. Raises as `set_user`."""
    await _set(redis, READER, passwords, _OF_A_READER)


async def _set(redis: Redis, name: str, passwords: Sequence[str], wanted: tuple[Selector, ...]) -> None:
    await _refuse_an_open_door(redis)
    digests = [hashlib.sha256(one.encode("ascii")).hexdigest() for one in passwords]
    if not _is_as_wanted(await ask(redis, "ACL", "GETUSER", name), digests, wanted):
        brackets = [f"({commands} {' '.join(keys)})" for commands, keys in wanted]
        hashes = [f"#{digest}" for digest in digests]
        await _ok(redis, "ACL", "SETUSER", name, "reset", "on", *hashes, "-@all", *SESSION.split(), *brackets)
        if not _is_as_wanted(await ask(redis, "ACL", "GETUSER", name), digests, wanted):
            raise RedisRefused("redis_user_differs", f"Redis keeps {name} otherwise than asked: is it 7.2 or newer?")
    await _ok(redis, "ACL", "SAVE")


async def delete_users_of(redis: Redis, team: str) -> None:
    """Removes the team's users; their live sessions end at once.

    (Switching a user off would let its live sessions go on.)
    """
    names = [text(name) for name in await ask(redis, "ACL", "USERS")]
    mine = sorted(name for name in names if name.startswith(f"{team}."))
    if mine:
        await ask(redis, "ACL", "DELUSER", *mine)
    await _ok(redis, "ACL", "SAVE")


def redis_url_for(admin_url: str, team: str | None, service: str, password: str) -> str:
    """The address of the same Redis for the service's user."""
    parts = urlsplit(admin_url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{redis_user(team, service)}:{password}@{place}"))


async def _refuse_an_open_door(redis: Redis) -> None:
    default = _described(await ask(redis, "ACL", "GETUSER", "default"))
    if "off" not in default["flags"]:
        raise RedisRefused("redis_is_open", "Redis lets anyone in: put `user default off` into its ACL file first.")


def _is_as_wanted(answer: Any, digests: Sequence[str], wanted: tuple[Selector, ...]) -> bool:
    if answer is None:
        return False
    kept = _described(answer)
    return (
        "on" in kept["flags"]
        and "nopass" not in kept["flags"]
        and sorted(kept["passwords"]) == sorted(digests)
        and _rules(kept) == (f"-@all {SESSION}", "", "")
        and [_rules(_described(each)) for each in kept["selectors"]]
        == [(f"-@all {commands}", " ".join(keys), "") for commands, keys in wanted]
    )


def _rules(described: dict[str, Any]) -> tuple[Any, Any, Any]:
    return described["commands"], described["keys"], described["channels"]


def _described(answer: Any) -> dict[str, Any]:
    """An answer of ACL GETUSER, or one of its selectors, whichever protocol it came by."""
    if not hasattr(answer, "items"):
        answer = dict(zip(answer[::2], answer[1::2], strict=True))
    return {text(name): _plain(value) for name, value in answer.items()}


def _plain(value: Any) -> Any:
    """Text for bytes, also in a list; what is nested deeper (selectors) is described later."""
    if isinstance(value, bytes):
        return text(value)
    return [text(item) if isinstance(item, bytes) else item for item in value]


async def _ok(redis: Redis, *command: str) -> None:
    answer = await ask(redis, *command)
    if answer not in (True, "OK", b"OK"):
        raise RedisRefused("redis_refused", f"Redis answered something else than OK to {' '.join(command[:2])}.")
