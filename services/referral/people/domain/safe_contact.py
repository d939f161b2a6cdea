"""How someone can be reached without danger, and what helps them to talk: asked of everyone who gives a number."""

import re
from dataclasses import dataclass

from services.referral.people.domain.access_need import Language
from shared.contracts.vocabulary import Code

_CALL_IS_SAFE = re.compile(r"[^.]*\bphone call\b[^.]* is safe\.", re.IGNORECASE)


class ContactWay(Code):
    """What may be done with a phone number."""

    TEXT = "text", "Text message"
    CALL = "call", "Phone call"
    VOICEMAIL = "voicemail", "Voicemail"


class WhenAnswered(Code):
    """What is said when someone else picks up."""

    SAY_NHS = "say_nhs", "Say that we are from the NHS"
    HANG_UP = "hang_up", "Say nothing and hang up"


class InterpreterNeed(Code):
    NO = "no", "No"
    YES = "yes", "Yes"
    NOT_KNOWN = "not_known", "I do not know"


class TalkTime(Code):
    MORNINGS = "mornings", "Mornings"
    AFTERNOONS = "afternoons", "Afternoons"


@dataclass(frozen=True)
class SafeContact:
    """What is safe on a number; nothing is, when no way is named."""

    contact_ways: frozenset[ContactWay]
    when_answered: WhenAnswered | None = None
    """Asked when they may be called."""
    contact_not_asked: bool = False
    """A professional has not asked the parent: nothing is known to be safe."""

    @property
    def in_words(self) -> str:
        """For whoever contacts them: what they may do, then what they may not."""
        if self.contact_not_asked:
            return "Nobody has asked what is safe: ask the referrer first."
        if not self.contact_ways:
            return "No phone is safe. Do not call or text."
        may = " or ".join(way.inside for way in ContactWay if way in self.contact_ways)
        may_not = [f"No {way.inside}." for way in ContactWay if way not in self.contact_ways]
        say = self.when_answered.label if self.when_answered else ""
        answered = f"If someone else answers: {say[0].lower()}{say[1:]}." if say else ""
        return " ".join(part for part in (f"{may.capitalize()} is safe.", *may_not, answered) if part)


def may_call(contact_method: str | None, *, says_more: bool = False) -> bool:
    """Whether a number may be dialled with one press: nothing is on record about it, or the record says it is safe.

    Args:
        contact_method: what the record says of how to contact someone; from a referral, or as someone typed it.
        says_more: another system sent words, in which it may stand that it is not safe.
    """
    if not contact_method:
        return not says_more
    return _CALL_IS_SAFE.match(contact_method) is not None


@dataclass(frozen=True)
class TalkingNeed:
    """What would help someone to talk with the team."""

    interpreter: InterpreterNeed
    language: str | None = None
    """As it was typed."""
    talk_times: frozenset[TalkTime] = frozenset()
    """None: any time."""
    talking_help: str | None = None
    """Such as big letters, easy words, or help to hear."""

    @property
    def known_language(self) -> Language | None:
        """By its code; another one has its name in words."""
        if self.interpreter is not InterpreterNeed.YES:
            return None
        typed = (self.language or "").casefold()
        return next((one for one in Language if one.label.casefold() == typed), Language.OTHER)

    @property
    def interpreter_in_words(self) -> str:
        if self.interpreter is InterpreterNeed.YES:
            return f"Yes: {self.language}"
        return self.interpreter.label if self.interpreter is InterpreterNeed.NO else "Not known"

    @property
    def times_in_words(self) -> str:
        return " or ".join(one.label for one in TalkTime if one in self.talk_times)
