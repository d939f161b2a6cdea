"""What puts rows on each list of a team; for tests.

A list that is not named here makes `filling_of` fail with its path, so that no new list escapes.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.referral.a_team import ATeam
from tests.referral.worklists.builders import a_family, a_task
from tests.referral.worklists.test_missing_outcomes import MET


@dataclass(frozen=True)
class Filling:
    """A list that can be filled."""

    address: str
    """Of the page that shows all of it."""
    add: Callable[[], Awaitable[Any]]
    """Puts one more row on it."""

    async def adds(self, number: int) -> None:
        for _ in range(number):
            await self.add()


async def _tasks(team: ATeam) -> Filling:
    return Filling("/tasks?whose=team", partial(a_task, team, await a_family(team)))


FILLINGS: Mapping[str, Callable[[ATeam], Awaitable[Filling]]] = {"/tasks": _tasks}
"""Where something must be there first."""

SIMPLE: Mapping[str, tuple[str, Callable[[ATeam], Awaitable[Any]]]] = {
    "/caseload": ("?whose=team", ATeam.accepts),
    "/missing-outcomes": ("?whose=team", partial(a_family, **MET)),
    "/reviews": ("?whose=team&due=all", ATeam.accepts),
    "/triage": ("", ATeam.receives),
    "/waiting": ("?whose=team", ATeam.accepts),
}


async def filling_of(path: str, team: ATeam) -> Filling:
    if path in FILLINGS:
        return await FILLINGS[path](team)
    assert path in SIMPLE, f"{path} has nothing that fills it: say in every_list.py with what"
    query, add = SIMPLE[path]
    return Filling(path + query, partial(add, team))
