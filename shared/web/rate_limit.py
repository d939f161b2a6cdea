"""How often one address, and everyone together, may ask: for the sign-in and tokens; and who is asked to wait when all
together ask for more than the machine can bear.

    @router.post("/sign-in", dependencies=[PUBLIC, limit(RateLimit())])

It counts in this process only, by the address that the connection comes from, or that a trusted proxy says it comes
from (`PAIRS_TRUSTED_PROXIES`); X-Forwarded-For of anyone else is what anyone can write, and is ignored.
"""

import ipaddress
from collections import deque
from dataclasses import dataclass
from typing import Any

from fastapi import Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request

_MINUTE = 60.0
_HOUR = 3600.0
_MOST_ADDRESSES = 10_000


@dataclass(frozen=True)
class RateLimit:
    """Requests that are let through; the others get 429, a sentence and how long to wait."""

    per_minute: int = 5
    """From one address (of IPv6, one /64 network)."""
    per_hour: int = 30
    """Likewise."""
    per_hour_in_all: int = 200


def limit(rate: RateLimit) -> Any:
    """A dependency that raises HTTPException 429 when there were too many requests."""
    return Depends(Limiter(rate))


@dataclass(frozen=True)
class Rate:
    """Of everyone's requests together, as `Crowd` counts them."""

    per_minute: int
    per_hour: int


def crowd_limit(rate: Rate) -> Any:
    """A dependency that raises HTTPException 429 for an address from which too large a part of too many came."""
    return Depends(CrowdLimiter(rate))


class CrowdLimiter:
    def __init__(self, rate: Rate) -> None:
        self._crowd = Crowd(per_minute=rate.per_minute, per_hour=rate.per_hour)

    async def __call__(self, request: Request) -> None:
        if wait := self._crowd.wait(request):
            raise HTTPException(429, headers={"Retry-After": str(wait)})


class Limiter:
    """Counts one kind of request; each `limit(…)` has its own."""

    def __init__(self, rate: RateLimit) -> None:
        self._rate = rate
        self._all = deque[float]()
        self._by_address: dict[str, deque[float]] = {}

    async def __call__(self, request: Request) -> None:
        wait = self.wait(household(request.client.host if request.client else ""), request.app.state.stopwatch())
        if wait:
            raise HTTPException(429, headers={"Retry-After": str(max(1, round(wait)))})

    def wait(self, address: str, now: float) -> float | None:
        """None when the request may pass, and it is then counted; else the seconds until one may.

        Args:
            now: by a stopwatch, in seconds; not by a clock, which someone may put back.
        """
        own = self._by_address.setdefault(address, deque())
        for times in (self._all, own):
            while times and now - times[0] >= _HOUR:
                times.popleft()
        limits = (
            (own, self._rate.per_minute, _MINUTE),
            (own, self._rate.per_hour, _HOUR),
            (self._all, self._rate.per_hour_in_all, _HOUR),
        )
        waits = [times[-most] + window - now for times, most, window in limits if len(times) >= most]
        if waits and max(waits) > 0:
            return max(waits)
        own.append(now)
        self._all.append(now)
        self._forget(now)
        return None

    def _forget(self, now: float) -> None:
        if len(self._by_address) > _MOST_ADDRESSES:
            self._by_address = {
                address: times for address, times in self._by_address.items() if times and now - times[-1] < _HOUR
            }


class Crowd:
    """Counts one kind of request of everyone. While all together ask for less than this, nobody is asked to wait; when
    they ask for more, only an address from which half of it came: a script is, and a town behind one address is not.
    """

    def __init__(self, *, per_minute: int, per_hour: int) -> None:
        self._limits = ((per_minute, _MINUTE), (per_hour, _HOUR))
        self._all = deque[tuple[float, str]](maxlen=per_hour)

    def wait(self, request: Request) -> int:
        """0 when the request may pass, and it is then counted; else the seconds until it is worth trying again."""
        return self.wait_of(household(request.client.host if request.client else ""), request.app.state.stopwatch())

    def wait_of(self, address: str, now: float) -> int:
        """The same; `now` by a stopwatch, in seconds."""
        for most, window in self._limits:
            recent = [whose for at, whose in self._all if now - at < window]
            if len(recent) >= most and recent.count(address) * 2 >= most:
                return int(window)
        self._all.append((now, address))
        return 0


def household(host: str) -> str:
    """What counts as one address: in IPv6 a household has a whole /64."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host
