"""What is asked of whoever subscribes, pauses, mutes, or sends one now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from services.reporting.subscription.domain.subscription import Channel, Condition
from shared.contracts.slug import is_slug
from shared.contracts.vocabulary import Code
from shared.web.date_question import DateParts
from shared.web.form_body import Fields
from shared.web.forms import Form
from shared.web.questions import (
    Circumstances,
    EmailAddress,
    Identifier,
    Line,
    OneCode,
    SeveralIdentifiers,
    Text,
    Version,
    WrongAnswer,
    YesOrNo,
)
from shared.web.when import When

REGION_ITSELF = "region-itself"
"""As a choice among teams, whose slug is never so long a word of the region's."""


class WhichFigures(Code):
    ALL = "all", "All figures"
    CHOSEN = "chosen", "Some of them"


class WhichPlaces(Code):
    ALL = "all", "Everywhere that you see: the region and its teams"
    REGION = "region", "The region as a whole"
    CHOSEN = "chosen", "Some of them"


@dataclass(frozen=True, kw_only=True)
class SeveralNumbers(SeveralIdentifiers):
    """Any number of indicators, by number."""

    def read(self, field: str, posted: Fields, circumstances: Circumstances) -> Any:  # noqa: ARG002
        given = [value for value in posted.get(field, []) if value]
        if not given:
            self.left_out()
        if len(set(given)) < len(given) or not all(one.isascii() and one.isdigit() and len(one) < 4 for one in given):
            raise WrongAnswer(self.wrong)
        return frozenset(map(int, given))


@dataclass(frozen=True, kw_only=True)
class SeveralPlaces(SeveralIdentifiers):
    """Any number of teams, by slug; the region is empty."""

    def read(self, field: str, posted: Fields, circumstances: Circumstances) -> Any:  # noqa: ARG002
        given = [value for value in posted.get(field, []) if value]
        if not given:
            self.left_out()
        if len(set(given)) < len(given) or not all(map(is_slug, given)):
            raise WrongAnswer(self.wrong)
        return frozenset("" if one == REGION_ITSELF else one for one in given)


@dataclass(frozen=True, kw_only=True)
class Addresses(Text):
    """One email address a line."""

    longest: int = 4000

    def understand(self, text: str, circumstances: Circumstances) -> Any:
        one = EmailAddress()
        found = [
            one.understand(line.strip(), circumstances) for line in text.replace(",", "\n").splitlines() if line.strip()
        ]
        return tuple(dict.fromkeys(found))


class SubscriptionForm(Form):
    name: Annotated[str, Line(missing="Name it, so that you know it in the list", longest=80)]
    which_figures: Annotated[WhichFigures, OneCode(of=WhichFigures, missing="Choose which figures")]
    indicators: Annotated[
        frozenset[int] | None,
        SeveralNumbers(missing="Choose one figure or more", applies=When("which_figures", WhichFigures.CHOSEN)),
    ]
    which_places: Annotated[WhichPlaces, OneCode(of=WhichPlaces, missing="Choose where")]
    teams: Annotated[
        frozenset[str] | None,
        SeveralPlaces(missing="Choose one place or more", applies=When("which_places", WhichPlaces.CHOSEN)),
    ]
    condition: Annotated[Condition, OneCode(of=Condition, missing="Choose when it is told")]
    channel: Annotated[Channel, OneCode(of=Channel, missing="Choose how it reaches you")]
    addresses: Annotated[
        tuple[str, ...] | None,
        Addresses(missing="Write whom it is sent to, one address a line", applies=When("channel", Channel.EMAIL)),
    ]
    webhook: Annotated[
        str | None,
        Line(
            missing="Write the address that is called, beginning with https://",
            longest=500,
            applies=When("channel", Channel.WEBHOOK),
        ),
    ]
    told: Annotated[
        str | None,
        EmailAddress(missing="Write whom we tell when it fails", applies=When("channel", Channel.WEBHOOK)),
    ]


class ChangeForm(SubscriptionForm):
    version: Version


class PauseForm(Form):
    until: Annotated[date | None, DateParts()]


class SendForm(Form):
    to: Annotated[UUID | None, Identifier()]


class EndForm(Form):
    is_sure: Annotated[bool, YesOrNo(missing="Say whether it ends for good")]

    def check(self) -> Iterator[tuple[str, str]]:
        if not self.is_sure:
            yield "is_sure", "Choose yes, or go back without saving"


class ReplayForm(Form):
    since: Annotated[date, DateParts(missing="Enter the day", future="Enter a day that has come")]


class KeyForm(Form):
    at_once: Annotated[bool, YesOrNo(missing="Say whether the one before still holds for a week")]
