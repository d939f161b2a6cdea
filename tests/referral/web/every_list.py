"""What puts rows on each list of a team; for tests.

A list that is not named here makes `filling_of` fail with its path, so that no new list escapes.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

from services.referral.governance.commands.break_glass import BreakGlass, break_glass
from services.referral.letters.domain.letter_kind import LetterKind
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW
from tests.referral.contacts.builders import a_family as a_family_who_came
from tests.referral.governance.builders import OTHER, restrict
from tests.referral.governance.test_break_glass import WHY
from tests.referral.governance.test_propose_destruction import an_old_family
from tests.referral.governance.test_request_subject_access import ask as ask_for_a_copy
from tests.referral.groups.builders import a_group
from tests.referral.letters.builders import a_practitioner, referral_of, write
from tests.referral.messages import a_family_with_email, queue
from tests.referral.worklists.builders import a_colleague, a_family, a_task
from tests.referral.worklists.test_missing_outcomes import MET


@dataclass(frozen=True)
class Filling:
    """A list that can be filled."""

    address: str
    """Of the page that shows all of it."""
    add: Callable[[], Awaitable[Any]] | None
    """Puts one more row on it."""
    already: int = 0
    """Rows that it always has."""

    async def adds(self, number: int) -> None:
        for _ in range(number if self.add else 0):
            await self.add()


async def _letters_of_a_family(team: ATeam) -> Filling:
    family = await a_family_who_came(team)
    referral_id = await referral_of(team, family.family_id)
    add = partial(write, team, family.practitioner, referral_id, LetterKind.FAMILY_MISSED, family.leonie)
    return Filling(f"/families/{family.family_id}/letters", add)


async def _letters_of_a_referral(team: ATeam) -> Filling:
    referral_id, practitioner = (await team.receives()).referral_id, await a_practitioner(team)
    add = partial(write, team, practitioner, referral_id, LetterKind.REFERRER_RECEIVED, "referrer")
    return Filling(f"/referrals/{referral_id}/letters", add)


async def _messages(team: ATeam) -> Filling:
    family, number = await a_family_with_email(team), count()

    async def add() -> None:
        await queue(family, str(next(number)))

    return Filling("/messages?state=waiting", add)


async def _colleagues(address: str, team: ATeam) -> Filling:
    """Whoever looks at the list is on it."""
    return Filling(address, partial(a_colleague, team), already=1)


async def _requests_for_a_copy(team: ATeam) -> Filling:
    family = await a_family_who_came(team)
    return Filling("/subject-access", partial(ask_for_a_copy, team, family.family_id, family.shannon))


async def _sessions(team: ATeam) -> Filling:
    family = await a_family_who_came(team)
    return Filling(f"/families/{family.family_id}/sessions", family.has)


async def _timeline(team: ATeam) -> Filling:
    family = await a_family_who_came(team)
    return Filling(f"/families/{family.family_id}/timeline?kind=contact", family.has)


async def _tasks(team: ATeam) -> Filling:
    return Filling("/tasks?whose=team", partial(a_task, team, await a_family(team)))


FILLINGS: Mapping[str, Callable[[ATeam], Awaitable[Filling]]] = {
    "/families/{family_id}/letters": _letters_of_a_family,
    "/families/{family_id}/sessions": _sessions,
    "/families/{family_id}/timeline": _timeline,
    "/colleagues": partial(_colleagues, "/colleagues"),
    "/messages": _messages,
    "/referrals/{referral_id}/letters": _letters_of_a_referral,
    "/subject-access": _requests_for_a_copy,
    "/tasks": _tasks,
    "/team": partial(_colleagues, "/team"),
}
"""Where something must be there first."""


async def _opening(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id)
    async with team.begin(OTHER) as work:
        await break_glass(BreakGlass(family_id, WHY), work)


async def _record_to_review(team: ATeam) -> None:
    """The clock is long after the work ended, whatever it was before."""
    team.now = NOW
    await an_old_family(team)


SIMPLE: Mapping[str, tuple[str, Callable[[ATeam], Awaitable[Any]]]] = {
    "/break-glass": ("", _opening),
    "/caseload": ("?whose=team", ATeam.accepts),
    "/groups": ("", a_group),
    "/missing-outcomes": ("?whose=team", partial(a_family, **MET)),
    "/retention": ("", _record_to_review),
    "/reviews": ("?whose=team&due=all", ATeam.accepts),
    "/triage": ("", ATeam.receives),
    "/waiting": ("?whose=team", ATeam.accepts),
}


FIXED = {"/interventions"}
"""What the software itself brings along: nobody adds to it, and no record is in it."""


async def filling_of(path: str, team: ATeam) -> Filling:
    if path in FIXED:
        return Filling(path, None)
    if path in FILLINGS:
        return await FILLINGS[path](team)
    assert path in SIMPLE, f"{path} has nothing that fills it: say in every_list.py with what"
    query, add = SIMPLE[path]
    return Filling(path + query, partial(add, team))
