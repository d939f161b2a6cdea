"""Load on whole teams and a fault every so often: at the end the books agree, and the doctor has told no lie.

What goes wrong, when and to whom comes of the seed alone; what people do meanwhile also of how quick the machine is.
"""

import asyncio
import contextlib
import random
import re
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deploy.local.control import processes_of
from shared.cli.processes import look_for_processes_by
from shared.kernel.cancel import cancel
from tests.guarantees.spine import until
from tests.soak.books import Books
from tests.soak.faults import Planned, plan
from tests.soak.flatness import Flatness
from tests.soak.installation import TEAMS, Soaked, soaked
from tests.soak.ledger import Ledger
from tests.soak.load import Load
from tests.soak.truth import Truth, Window

HEALED_SECONDS = 120.0
SEEN_SECONDS = 60.0
RIGHT_WHEN_IT_CANNOT = "503"
"""And when to come again: what somebody is answered who cannot be served."""

look_for_processes_by(processes_of)


async def soak(
    seed: int, seconds: float, logs: Path, *, teams: Sequence[str] = TEAMS, every_seconds: float = 20.0
) -> dict[str, Any]:
    """What was done, what was found `wrong`, a sentence each, and what it took.

    Args:
        seed: which faults, in which order, to whom and for how long.
        seconds: how many; on a machine that takes longer to heal it lasts longer.
        logs: where those of the services are put in the end.
        every_seconds: from the beginning of one fault to that of the next, or longer where healing takes longer.
    """
    async with soaked(teams, logs) as one:
        soaking = Soaking(one, Truth(one))
        await until(soaking.truth.asks, within_seconds=HEALED_SECONDS)
        soaking.truth.lies.clear()  # a region that has just begun has not heard of everybody
        async with soaking.load(seed), soaking.asking():
            faults = plan(random.Random(seed), sorted(one.services))
            await soaking.goes_wrong(faults[: round(seconds / every_seconds)], every_seconds)
        soaking.wrong += await Books(one, soaking.ledger).errors()
        await soaking.flatness.look(one)
    return soaking.report()


@dataclass
class Soaking:
    """One run, and what became of it."""

    soaked: Soaked
    truth: Truth
    ledger: Ledger = field(default_factory=Ledger)
    flatness: Flatness = field(default_factory=Flatness)
    troubles: Counter[str] = field(default_factory=Counter[str])
    done: Counter[str] = field(default_factory=Counter[str])
    wrong: list[str] = field(default_factory=list[str])

    @contextlib.asynccontextmanager
    async def load(self, seed: int) -> AsyncGenerator[None]:
        """Everybody works while the body runs, and ends what they began."""
        over = asyncio.Event()
        working = [
            asyncio.create_task(
                Load(self.soaked, team, self.ledger, self.troubles, random.Random(f"{seed} {team}"), over).work()
            )
            for team in self.soaked.region.teams
        ]
        try:
            yield
        finally:
            over.set()
            for error in await asyncio.gather(*working, return_exceptions=True):
                self.wrong += [f"somebody: {line}" for line in _last_lines(error)]

    @contextlib.asynccontextmanager
    async def asking(self) -> AsyncGenerator[None]:
        """The doctor, while the body runs."""
        task = asyncio.create_task(self.truth.ask_on())
        try:
            yield
        finally:
            await cancel([task])

    async def goes_wrong(self, faults: Sequence[Planned], every_seconds: float) -> None:
        """One fault after another; each must be over, and everything well again, before the next."""
        await asyncio.sleep(every_seconds / 2)
        for planned in faults:
            began = time.monotonic()
            await self.flatness.look(self.soaked)
            await self._happens(planned)
            await asyncio.sleep(max(0.0, began + every_seconds - time.monotonic()))

    async def _happens(self, planned: Planned) -> None:
        fault, window = planned.fault, self.truth.begins(planned)
        async with fault.happens(self.soaked, planned.whom):
            if not fault.is_over_at_once:
                await asyncio.sleep(planned.seconds)
                await self.is_seen(window)
            window.ended = time.monotonic()
        self.done[fault.name] += 1
        try:
            async with asyncio.timeout(HEALED_SECONDS):
                await window.well.wait()
        except TimeoutError:
            self.wrong.append(f"{fault.name} {planned.whom} did not heal: {dict(window.named)}")
            window.well.set()
        took = time.monotonic() - window.began
        _say(f"{fault.name} {planned.whom}: well again {took:.0f} s after it began; {dict(window.named)}")

    async def is_seen(self, window: Window) -> None:
        """A busy machine's doctor takes its time; what it is asked while a fault lasts is answered while it does."""
        fault, whom = window.planned.fault, window.planned.whom
        try:
            async with asyncio.timeout(SEEN_SECONDS):
                await window.seen.wait()
        except TimeoutError:
            if fault.must_name:
                self.wrong.append(f"the doctor: it gave no answer while it was {fault.name} {whom}".rstrip())

    def report(self) -> dict[str, Any]:
        """For people and programs."""
        answered = [
            f"{times} times answered {trouble}"
            for trouble, times in self.troubles.items()
            if trouble.startswith("5") and trouble != RIGHT_WHEN_IT_CANNOT
        ]
        lies, grown = [f"the doctor: {lie}" for lie in self.truth.lies], [f"grew: {it}" for it in self.flatness.grown()]
        return {
            "acknowledged": dict(self.ledger.count()),
            "faults": dict(self.done),
            "sent_again": dict(self.troubles),
            "doctor_asked": self.truth.answers,
            "first_and_last": self.flatness.summary(),
            "processor_seconds": round(_processor(resource.RUSAGE_SELF) + _processor(resource.RUSAGE_CHILDREN)),
            "wrong": [*self.wrong, *answered, *lies, *grown],
        }


def _last_lines(error: BaseException | None) -> list[str]:
    """Of each error of a group of them: what it is."""
    shown = traceback.format_exception(error) if error else []
    return [line.strip(" |\n") for line in shown if re.match(r"[ |]*[\w.]+(Error|NotDone)\b", line)]


def _processor(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
