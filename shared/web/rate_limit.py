"""How often one address, and everybody together, may ask: for the public form, the sign-in and tokens.

    @router.post("/refer", dependencies=[PUBLIC, limit(RateLimit())])

It counts in this process only, by the address that the connection comes from, or that a trusted proxy says it comes
from (`PAIRS_TRUSTED_PROXIES`); X-Forwarded-For of anybody else is what anybody can write, and is ignored.
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
            now: by a stopwatch, in seconds; not by a clock, which somebody may put back.
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


def household(host: str) -> str:
    """What counts as one address: in IPv6 a household has a whole /64."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host
