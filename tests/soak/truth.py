"""Whether `pairs doctor` told the truth at each moment: a fault that is there is named, and nothing that is not."""

import asyncio
import re
import time
from collections import Counter
from dataclasses import dataclass, field

from shared.cli.doctor import examine
from shared.cli.finding import Finding
from tests.soak.faults import Planned
from tests.soak.installation import Soaked

EVERY_SECONDS = 3.0


@dataclass
class Window:
    """From the beginning of a fault until the doctor finds everything well again."""

    planned: Planned
    began: float
    ended: float | None = None
    """When the fault was over; what it did need not be."""
    well: asyncio.Event = field(default_factory=asyncio.Event)
    seen: asyncio.Event = field(default_factory=asyncio.Event)
    """The doctor has answered who asked since."""
    named: Counter[str] = field(default_factory=Counter[str])

    @property
    def may_name(self) -> str:
        return self.planned.fault.may_name.format(whom=re.escape(self.planned.whom))

    def lies(self, asked: float, answered: float, unwell: list[Finding]) -> list[str]:
        """What was wrong in an answer that was given meanwhile."""
        fault = self.planned.fault
        lies = [
            f"it named {found.check} ({found.detail}) though it was {fault.name} {self.planned.whom}".rstrip()
            for found in unwell
            if not re.match(self.may_name, found.check)
        ]
        must = fault.must_name.format(whom=re.escape(self.planned.whom))
        is_inside = asked >= self.began + fault.seen_after and (self.ended is None or answered <= self.ended)
        if is_inside:
            self.seen.set()
        if must and is_inside and not any(re.match(must, found.check) for found in unwell):
            lies.append(f"it did not name {fault.name} {self.planned.whom}".rstrip())
        return lies


class Truth:
    """Asks the doctor again and again, as an operator who does not believe it."""

    def __init__(self, soaked: Soaked) -> None:
        self._soaked = soaked
        self._window: Window | None = None
        self.answers = 0
        self.lies: list[str] = []

    def begins(self, planned: Planned) -> Window:
        self._window = Window(planned, time.monotonic())
        return self._window

    async def ask_on(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.asks()
            except Exception as error:  # noqa: BLE001 - whatever it is, whoever asked was not answered
                self.lies.append(f"it ended with {error!r}")
            await asyncio.sleep(EVERY_SECONDS)

    async def asks(self) -> bool:
        """Whether all is well."""
        window, asked = self._window, time.monotonic()
        findings = await examine(self._soaked.servers.admin_urls, self._soaked.servers.state)
        unwell, answered = [found for found in findings if not found.well], time.monotonic()
        self.answers += 1
        if window is not self._window:  # a fault began meanwhile: what it had to say of which, nobody knows
            return False
        if window is None or window.well.is_set():
            self.lies += [f"it named {found.check} ({found.detail}) while all was well" for found in unwell]
            return not unwell
        window.named.update(f"{found.check}: {found.detail}" for found in unwell)
        self.lies += window.lies(asked, answered, unwell)
        if not unwell and window.ended is not None and asked >= window.ended:
            window.well.set()
        return not unwell
