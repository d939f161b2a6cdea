"""A sign-in that is over is over in each of the team's services: a provider tells one of them, and that one the others.

It says so on a stream that only the team's services read and write. What is said are keyed hashes, made with the team's
key: they name nobody, and nobody without the key can say them. A service that was away hears of it when it is back.
"""

import asyncio
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.contracts.streams import ended_key
from shared.database.trouble import ends_by_itself
from shared.kernel.settings import Settings
from shared.streams.connection import read_streams
from shared.web.sessions import Sessions

_KEPT = 1000
_WAIT_MILLISECONDS = 5000
_AT_ONCE = timedelta(seconds=2)
"""By which the clocks of two machines of a team may differ."""
_log = structlog.get_logger()


class NotPassedOn(Exception):
    """The other services were not told."""


@dataclass(frozen=True)
class _Said:
    """What was heard of a sign-in."""

    sid: bytes
    subject: bytes
    key: bytes = field(repr=False)

    def is_sid(self, sid: str) -> bool:
        return bool(self.sid) and hmac.compare_digest(self.sid, _hashed(self.key, "sid", sid).encode())

    def is_subject(self, subject: str) -> bool:
        return bool(self.subject) and hmac.compare_digest(self.subject, _hashed(self.key, "subject", subject).encode())


class EndedSignIns:
    """What one service of a team says and hears of them."""

    def __init__(self, settings: Settings, sessions: Sessions) -> None:
        self._sessions = sessions
        self._issuer = settings.openid_issuer
        self._stream = ended_key(settings.team or "")
        self._key = hmac.digest(bytes.fromhex(settings.region_key), b"sign-ins that ended", "sha256")
        self._redis: Redis | None = None

    async def tell(self, sid: str | None, subject: str | None) -> None:
        """Raises NotPassedOn when Redis does not take it."""
        if self._redis is None:
            raise NotPassedOn
        said = {name: _hashed(self._key, name, value) for name, value in (("sid", sid), ("subject", subject)) if value}
        words = [word for pair in said.items() for word in pair]
        try:
            await self._redis.execute_command("XADD", self._stream, "MAXLEN", str(_KEPT), "*", *words)
        except (RedisError, OSError) as error:
            raise NotPassedOn from error

    async def hear(self, redis: Redis) -> None:
        """Until cancelled: what others said ends sessions here that were open then, also what was said while away."""
        self._redis, after = redis, "0-0"
        while True:
            try:
                for _, entries in await read_streams(
                    redis, {self._stream: after}, wait_milliseconds=_WAIT_MILLISECONDS
                ):
                    for entry_id, fields in entries:
                        await self._end(entry_id.decode(), fields)
                        after = entry_id.decode()
            except Exception as error:
                if not isinstance(error, RedisError) and not ends_by_itself(error):
                    raise
                _log.warning("ended_sign_ins_wait", trouble=error)
                await asyncio.sleep(1)

    async def _end(self, entry_id: str, fields: Mapping[bytes, bytes]) -> None:
        try:
            said_at = datetime.fromtimestamp(int(entry_id.split("-", maxsplit=1)[0]) / 1000, UTC)
            begun_by = said_at + _AT_ONCE
        except (ValueError, OverflowError, OSError):
            _log.warning("ended_sign_in_not_read")  # or no service would ever hear the next
            return
        said = _Said(fields.get(b"sid", b""), fields.get(b"subject", b""), self._key)
        await self._sessions.end_all(self._issuer, said, begun_by=begun_by)


def _hashed(key: bytes, what: str, value: str) -> str:
    return hmac.digest(key, f"{what} {value}".encode(), hashlib.sha256).hex()
