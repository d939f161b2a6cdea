"""Issue a letter: it gets a number, and its words are frozen."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.letters.database.letter_places import read_letter_place
from services.referral.letters.database.letters import Letters
from services.referral.letters.domain.written_letter import LetterIssue
from services.referral.staff.commands.keep_promises import KeepPromises, keep_promises
from services.referral.team.database.team_work import TeamWork
from shared.contracts.pathway_codes import PromiseKind


@dataclass(frozen=True)
class IssueLetter:
    letter_id: UUID
    expected_version: int
    """Of the draft on the page that the actor read."""


async def issue_letter(command: IssueLetter, work: TeamWork) -> None:
    """From now on nobody changes it, nor the letterhead with the team's name and telephone.

    Raises:
        NotFound: this team has no such letter.
        NotAllowed: the actor may not issue this kind of letter.
        Conflict: it was changed, issued or put aside after the page was opened.
        RuleBroken: something is still to be filled in, or nothing may be sent to the recipient now.
    """
    letters = Letters(work)
    referral_id = (await letters.get(command.letter_id)).referral_id
    number = await letters.next_number(referral_id)
    place = await read_letter_place(work, referral_id, to_change=True)
    letter = await letters.get_to_change(command.letter_id)
    issue = LetterIssue(number, work.actor.id, work.now, work.team.name, work.team.phone)
    letter.issue(issue, place.reach_of(letter), work.actor.roles, seen=command.expected_version)
    await letters.save(letter)
    await keep_promises(KeepPromises(referral_id, {PromiseKind.HEARD_BY}), work)
    work.record("letter.issue", letter.family_id or letter.referral_id)
