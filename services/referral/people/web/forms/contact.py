"""Pages of the public form about how someone can be reached safely, and what helps them to talk."""

from collections.abc import Iterator
from typing import Annotated

from services.referral.people.domain.safe_contact import (
    ContactWay,
    InterpreterNeed,
    SafeContact,
    TalkingNeed,
    TalkTime,
    WhenAnswered,
)
from shared.web.forms import Form
from shared.web.questions import EmailAddress, Line, OneCode, SeveralCodes, Telephone, Text, YesOrNo

_WAYS = "Choose what is safe on this number"
_ANSWERED = "Choose what we do if someone else picks up"
Wrong = Iterator[tuple[str, str]]


class NumberForm(Form):
    """A number, and what is safe on it: nothing else is asked."""

    phone: Annotated[str, Telephone(missing="Enter your phone number")]
    contact_ways: Annotated[frozenset[ContactWay], SeveralCodes(of=ContactWay, missing=_WAYS)]
    when_answered: Annotated[WhenAnswered | None, OneCode(of=WhenAnswered)]

    def check(self) -> Wrong:
        if ContactWay.CALL in self.contact_ways and self.when_answered is None:
            yield "when_answered", _ANSWERED

    @property
    def contact(self) -> SafeContact:
        return SafeContact(self.contact_ways, self.when_answered)


class ContactForm(Form):
    """Of a parent or carer who refers themselves."""

    phone: Annotated[str | None, Telephone()]
    contact_ways: Annotated[frozenset[ContactWay], SeveralCodes(of=ContactWay)]
    when_answered: Annotated[WhenAnswered | None, OneCode(of=WhenAnswered)]
    no_phone: Annotated[bool | None, YesOrNo()]
    email: Annotated[str | None, EmailAddress()]

    def check(self) -> Wrong:
        if self.no_phone:
            if not self.email:
                yield "email", "Enter an email address that only you can read, so that we can answer you"
            return
        if not self.phone:
            yield "phone", "Enter a phone number, or choose that you cannot use a phone safely"
        elif not self.contact_ways:
            yield "contact_ways", _WAYS
        elif ContactWay.CALL in self.contact_ways and self.when_answered is None:
            yield "when_answered", _ANSWERED

    @property
    def safe_phone(self) -> str | None:
        """Not kept when it is not safe."""
        return None if self.no_phone else self.phone

    @property
    def contact(self) -> SafeContact:
        return SafeContact(frozenset()) if self.no_phone else SafeContact(self.contact_ways, self.when_answered)


class SafeWaysForm(Form):
    """What is safe on the number of a parent or carer, as someone else says it."""

    contact_ways: Annotated[frozenset[ContactWay], SeveralCodes(of=ContactWay)]
    when_answered: Annotated[WhenAnswered | None, OneCode(of=WhenAnswered)]
    not_asked: Annotated[bool | None, YesOrNo()]

    def check_ways(self, number: str | None) -> Wrong:
        if self.not_asked or not number:
            return
        if not self.contact_ways:
            yield "contact_ways", "Choose what is safe on this number, or that you have not asked"
        elif ContactWay.CALL in self.contact_ways and self.when_answered is None:
            yield "when_answered", _ANSWERED

    def contact_on(self, number: str | None) -> SafeContact:
        if self.not_asked:
            return SafeContact(frozenset(), contact_not_asked=True)
        return SafeContact(self.contact_ways, self.when_answered) if number else SafeContact(frozenset())


class ParentContactForm(SafeWaysForm):
    """Of the parent or carer whom a professional refers."""

    phone: Annotated[str | None, Telephone()]

    def check(self) -> Wrong:
        return self.check_ways(self.phone)

    @property
    def contact(self) -> SafeContact:
        return self.contact_on(self.phone)


class TalkingForm(Form):
    interpreter: Annotated[
        InterpreterNeed, OneCode(of=InterpreterNeed, missing="Choose whether an interpreter is needed")
    ]
    language: Annotated[str | None, Line()]
    talk_times: Annotated[frozenset[TalkTime], SeveralCodes(of=TalkTime)]
    talking_help: Annotated[str | None, Text(longest=500)]

    def check(self) -> Wrong:
        if self.interpreter is InterpreterNeed.YES and not self.language:
            yield "language", "Enter the language"

    @property
    def need(self) -> TalkingNeed:
        is_needed = self.interpreter is InterpreterNeed.YES
        language = self.language if is_needed else None
        return TalkingNeed(self.interpreter, language, self.talk_times, self.talking_help)
