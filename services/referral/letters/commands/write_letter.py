"""Write a letter: a draft from the team's template, filled in with what the record says for this recipient."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.referral.letters.database.letter_places import LetterPlace, read_letter_place
from services.referral.letters.database.letter_sources import known_of, signatory_of
from services.referral.letters.database.letters import Letters, LetterTemplates
from services.referral.letters.domain.letter_facts import Recipient, Sender, unnamed_baby
from services.referral.letters.domain.letter_kind import Audience, LetterKind, SafetyNet
from services.referral.letters.domain.letter_recipient import PossibleRecipient
from services.referral.letters.domain.letter_source import KnownWork, Writing, facts_for
from services.referral.letters.domain.letter_template import fill, fill_passage
from services.referral.letters.domain.written_letter import WrittenLetter, check_reach
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from services.referral.team.database.team_work import TeamWork


@dataclass(frozen=True)
class WriteLetter:
    letter_id: UUID
    """New, and the same for the same form sent twice, which is stored once."""
    referral_id: UUID
    kind: LetterKind
    recipient: str
    """The key of one of `LetterPlace.recipients`."""
    addressed: Recipient | None = None
    """Another name and address, for a letter to a professional; a person's own address is never typed."""


async def write_letter(command: WriteLetter, work: TeamWork) -> None:
    """Store a draft.

    Raises:
        NotFound: this team has no such referral.
        NotAllowed: the actor does not work in the team.
        RuleBroken: nothing may be sent to this recipient, or the team's template is not right.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    place = await read_letter_place(work, command.referral_id)
    chosen = place.recipient(command.kind.audience, command.recipient)
    check_reach(chosen.reach)
    if command.addressed and command.kind.audience is not Audience.FAMILY:
        chosen = replace(chosen, recipient=command.addressed)
    letter = WrittenLetter(
        id=command.letter_id,
        referral_id=place.referral.id,
        family_id=place.referral.family_id,
        kind=command.kind,
        recipient_id=chosen.person_id,
        recipient=chosen.recipient,
        text=await _draft(command, place, chosen, work),
        written_by=work.actor.id,
        written_at=work.now,
    )
    if await Letters(work).add(letter):
        work.record("letter.write", letter.family_id or letter.referral_id)


async def _draft(command: WriteLetter, place: LetterPlace, chosen: PossibleRecipient, work: TeamWork) -> str:
    known = await known_of(work, place.referral.id, place.family)
    templates, team = await LetterTemplates(work.session).all(), work.team
    name, role = await signatory_of(work, place.referral.id)
    net = SafetyNet.FAMILY if command.kind.audience is Audience.FAMILY else SafetyNet.PROFESSIONAL
    writing = Writing(
        kind=command.kind,
        recipient=chosen.recipient,
        recipient_id=chosen.person_id,
        sender=Sender(team.name, team.phone, name, role),
        today=work.today,
        triage_target_working_days=team.answers_within,
        safety_net=fill_passage(
            templates[net].template,
            baby_name=_baby(known, command.kind.audience),
            team_name=team.name,
            team_phone=team.phone,
        ),
    )
    return fill(templates[command.kind].template, facts_for(writing, known))


def _baby(known: KnownWork, audience: Audience) -> str:
    name = known.called if audience is Audience.FAMILY else known.baby_name
    return name or known.baby_name or unnamed_baby(audience)
