"""Waits until a service has heard what another one of its team has said so far."""

import asyncio
import time

from deploy.local.servers import CannotStart
from shared.cli.lag import lag
from shared.contracts.streams import Stream
from shared.tenancy.admin import AdminUrls

_SECONDS = 300.0


async def has_heard(admin: AdminUrls, reader: str, stream: Stream) -> None:
    """Args: reader: as its Redis user is called. Raises CannotStart when it takes longer than five minutes."""
    end = time.monotonic() + _SECONDS
    while not any(
        (row["reader"], row["stream"], row["waiting"], row["behind"]) == (reader, stream.key, 0, 0)
        for row in await lag(admin)
    ):
        if time.monotonic() > end:
            raise CannotStart("not_heard", f"{reader} has not heard all of {stream.key} after five minutes.")
        await asyncio.sleep(0.5)
