"""A letter as it is kept: a draft that a practitioner edits, then issued with a number and frozen.

Nothing is issued to a family after a loss until someone says so, nor to someone who is not safe to contact, nor
with a gap in it. Source: reference 3.4 and 8.1 (H7, H8).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.referral.letters.domain.letter import Letter, Letterhead, parse_letter
from services.referral.letters.domain.letter_facts import PLACEHOLDERS, Recipient
from services.referral.letters.domain.letter_kind import Audience, LetterKind
from services.referral.letters.domain.letter_template import gaps_in
from services.referral.staff.domain.capabilities import CAPABILITIES, JUDGE, RECORD
from shared.contracts.vocabulary import Role
from shared.kernel.capability import Capability
from shared.kernel.clock import london_date
from shared.kernel.errors import Conflict, RuleBroken, changed_meanwhile

ADMINISTRATORS_ISSUE = frozenset({LetterKind.FAMILY_APPOINTMENT, LetterKind.REFERRER_RECEIVED})
"""Letters that judge nothing."""

_MOST_GAPS_NAMED = 3


@dataclass(frozen=True)
class LetterIssue:
    """How a letter left."""

    number: int
    """Among the letters of its referral, from 1."""
    by: UUID
    at: datetime
    """UTC."""
    team_name: str
    team_phone: str


@dataclass(frozen=True)
class Reach:
    """Whether anything may be sent to a recipient now."""

    messages_stopped: bool = False
    """After a loss."""
    recipient_unsafe: bool = False
    """Not safe to contact, or not safe to tell."""
    recipient_lost: bool = False
    """Died."""


def check_reach(reach: Reach) -> None:
    """Raises RuleBroken when no letter may be written to this recipient."""
    if reach.messages_stopped:
        raise RuleBroken(
            "letter_silence",
            "Nothing is sent about this family since a loss was recorded. Speak with them; under People, someone can "
            "let messages leave again.",
        )
    if reach.recipient_lost:
        raise RuleBroken("letter_lost", "This person has died. Choose someone else.", field="recipient")
    if reach.recipient_unsafe:
        raise RuleBroken(
            "letter_unsafe", "This person must not be contacted, so no letter is written to them.", field="recipient"
        )


@dataclass
class WrittenLetter:
    id: UUID
    referral_id: UUID
    family_id: UUID | None
    """None for a referral that did not become a family."""
    kind: LetterKind
    recipient_id: UUID | None
    """A person on record; None for a referrer or another professional."""
    recipient: Recipient
    text: str
    written_by: UUID
    written_at: datetime
    """UTC."""
    issue_of: LetterIssue | None = None
    discarded_at: datetime | None = None
    """UTC; put aside without being sent."""
    version: int = 1

    @property
    def is_draft(self) -> bool:
        return self.issue_of is None and self.discarded_at is None

    @property
    def gaps(self) -> Sequence[str]:
        """What is still to be filled in, in words."""
        return gaps_in(self.text)

    def edit(self, text: str, recipient: Recipient, roles: frozenset[Role], *, seen: int) -> None:
        """Change a draft's words.

        Raises:
            NotAllowed: the actor does not work in the team.
            Conflict: it was changed, issued or put aside after the page was opened.
            RuleBroken: it has no title, or says nothing.
        """
        CAPABILITIES.check(roles, RECORD)
        self._check_seen(seen)
        parse_letter(text)
        self.text, self.recipient = text, recipient
        self.version += 1

    def issue(self, issue: LetterIssue, reach: Reach, roles: frozenset[Role], *, seen: int) -> None:
        """Freeze it, with its number.

        Raises:
            NotAllowed: the actor may not issue this kind of letter.
            Conflict: it was changed, issued or put aside after the page was opened.
            RuleBroken: something is still to be filled in, or nothing may be sent to the recipient.
        """
        CAPABILITIES.check(roles, issuing_needs(self.kind))
        self._check_seen(seen)
        check_reach(reach)
        if self.gaps:
            raise RuleBroken(
                "letter_gaps", f"Fill in what is missing, or take it out: {_named(self.gaps)}.", field="text"
            )
        self.issue_of = issue
        self.version += 1

    def discard(self, now: datetime, roles: frozenset[Role], *, seen: int) -> None:
        """Put a draft aside. Raises NotAllowed, and Conflict when it was changed, issued or put aside since."""
        CAPABILITIES.check(roles, RECORD)
        self._check_seen(seen)
        self.discarded_at = now
        self.version += 1

    def shown(self, letterhead: Letterhead, notices: tuple[str, ...] = ()) -> Letter:
        """As it is read. Raises RuleBroken when the draft has no title."""
        return Letter(letterhead, parse_letter(self.text), notices)

    def letterhead(self, reference: str, team_name: str, team_phone: str, today: date) -> Letterhead:
        """Of the day it was issued; of today, and with the referral's own reference, while it is a draft.

        Args:
            reference: of the referral.
            team_name: now, as the other two.
        """
        lines = (self.recipient.name, *self.recipient.address)
        if (issued := self.issue_of) is None:
            return Letterhead(team_name, team_phone, lines, today, reference)
        number = letter_reference(reference, issued.number)
        return Letterhead(issued.team_name, issued.team_phone, lines, london_date(issued.at), number)

    def _check_seen(self, seen: int) -> None:
        if self.issue_of is not None:
            raise Conflict(
                "letter_issued", "This letter was finished and locked meanwhile, so it does not change any more."
            )
        if self.discarded_at is not None:
            raise Conflict("letter_discarded", "This letter was discarded meanwhile. Write a new one.")
        if seen != self.version:
            raise changed_meanwhile("letter_changed", "Someone changed this letter")


def letter_reference(reference: str, number: int) -> str:
    """BLK-2026-000012-L1"""
    return f"{reference}-L{number}"


def issuing_needs(kind: LetterKind) -> Capability:
    """What whoever issues a letter of this kind holds."""
    return RECORD if kind in ADMINISTRATORS_ISSUE else JUDGE


def kinds_for(*, is_self: bool) -> tuple[LetterKind, ...]:
    """The letters that there can be about a referral: whoever refers themselves gets the family's, and no other."""
    return tuple(kind for kind in LetterKind if not (is_self and kind.audience is Audience.REFERRER))


def checklist(*, is_self: bool, is_accepted: bool, is_closed: bool, is_discharged: bool) -> tuple[LetterKind, ...]:
    """The letters that this point of the pathway asks for. Source: reference 2.2 and 2.3."""
    asked = _checklist(is_accepted=is_accepted, is_closed=is_closed, is_discharged=is_discharged)
    return tuple(kind for kind in asked if kind in kinds_for(is_self=is_self))


def _checklist(*, is_accepted: bool, is_closed: bool, is_discharged: bool) -> tuple[LetterKind, ...]:
    if is_discharged:
        return (
            LetterKind.FAMILY_DISCHARGED,
            LetterKind.REFERRER_DISCHARGED,
            LetterKind.PROFESSIONAL_DISCHARGED,
        )
    if is_accepted:
        return (LetterKind.FAMILY_ACCEPTED, LetterKind.REFERRER_DECIDED)
    if is_closed:
        return (LetterKind.FAMILY_CLOSED, LetterKind.REFERRER_DECIDED)
    return (LetterKind.REFERRER_RECEIVED,)


def _named(gaps: Sequence[str]) -> str:
    """Only in our own words: what someone typed between brackets may be a name."""
    known = set(PLACEHOLDERS.values())
    words = list(dict.fromkeys(gap if gap in known else "what is between [[ and ]]" for gap in gaps))
    more = len(words) - _MOST_GAPS_NAMED
    return "; ".join(words[:_MOST_GAPS_NAMED]) + (f"; and {more} more" if more > 0 else "")
