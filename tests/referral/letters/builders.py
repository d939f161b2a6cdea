"""Letters of a family that a test has accepted, or of a referral that it has not."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.referral.database.tables import referral
from services.referral.letters.commands.issue_letter import IssueLetter, issue_letter
from services.referral.letters.commands.write_letter import WriteLetter, write_letter
from services.referral.letters.database.letters import Letters
from services.referral.letters.domain.letter_kind import LetterKind
from services.referral.letters.domain.written_letter import WrittenLetter
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from shared.staff.colleagues import Colleagues
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor


async def a_practitioner(team: ATeam, name: str = "Priya Sample") -> Actor:
    """Someone of the team, with a name to sign with."""
    actor = an_actor(Role.PRACTITIONER)
    async with team.begin(actor) as work:
        await Colleagues(work.session).remember(actor.id, name, actor.roles)
    return actor


async def referral_of(team: ATeam, family_id: UUID) -> UUID:
    async with team.begin(an_actor(Role.PRACTITIONER)) as work:
        found = await work.session.scalar(select(referral.c.id).where(referral.c.family_id == family_id))
    assert found
    return found


async def write(
    team: ATeam, actor: Actor, referral_id: UUID, kind: LetterKind, recipient: UUID | str, **changes: Any
) -> UUID:
    """A draft; gives its id."""
    letter_id = changes.pop("letter_id", None) or new_id()
    async with team.begin(actor) as work:
        await write_letter(WriteLetter(letter_id, referral_id, kind, str(recipient), **changes), work)
    return letter_id


async def issue(team: ATeam, actor: Actor, letter_id: UUID, *, seen: int = 1) -> None:
    async with team.begin(actor) as work:
        await issue_letter(IssueLetter(letter_id, seen), work)


async def stored(team: ATeam, letter_id: UUID) -> WrittenLetter:
    async with team.begin(an_actor(Role.PRACTITIONER)) as work:
        return await Letters(work).get(letter_id)
