"""A conversation about a family, an attempt to reach it, and a risk that came up."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Annotated
from uuid import UUID

from services.referral.contacts.commands.record_liaison import RecordLiaison
from services.referral.contacts.domain.appointment import london_moment
from services.referral.contacts.domain.liaison import (
    ConsentSought,
    DisclosureBasis,
    LiaisonKind,
    Profession,
    SharedConcern,
    SharingBasis,
    Way,
)
from shared.kernel.same_fields import same_fields
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Line, OneCode, Text, WholeNumber
from shared.web.time_question import TimeOfDay


class LiaisonForm(Form):
    kind: Annotated[LiaisonKind, OneCode(of=LiaisonKind, missing="Choose what it was")]
    happened_on: Annotated[date, DateParts(missing="Enter the day", future="The day must be today or in the past")]
    happened_at: Annotated[time, TimeOfDay(missing="Enter the time, like 10, 10.30 or 2pm")]
    way: Annotated[Way, OneCode(of=Way, missing="Choose how")]
    profession: Annotated[Profession | None, OneCode(of=Profession)]
    organisation: Annotated[str | None, Line()]
    about: Annotated[str, Text(missing="Write what it was about")]
    minutes: Annotated[int | None, WholeNumber(least=1, most=720)]
    basis: Annotated[SharingBasis | None, OneCode(of=SharingBasis)]
    disclosed: Annotated[str | None, Text()]
    disclosed_to: Annotated[str | None, Line(longest=200)]
    disclosure_basis: Annotated[DisclosureBasis | None, OneCode(of=DisclosureBasis)]
    consent_sought: Annotated[ConsentSought | None, OneCode(of=ConsentSought)]
    no_consent_why: Annotated[str | None, Text(longest=2000)]

    def check(self) -> Iterator[tuple[str, str]]:
        asked = {
            "disclosed": "Write what was shared",
            "disclosed_to": "Write with whom it was shared",
            "disclosure_basis": "Choose the ground on which it was shared",
            "consent_sought": "Choose whether the family was asked",
        }
        said = {name: getattr(self, name) for name in (*asked, "no_consent_why")}
        if any(said.values()):
            yield from ((name, sentence) for name, sentence in asked.items() if not said[name])

    def to_command(self, liaison_id: UUID, episode_id: UUID) -> RecordLiaison:
        """Raises RuleBroken when London's clocks skip the time."""
        return same_fields(
            RecordLiaison,
            self,
            liaison_id=liaison_id,
            episode_id=episode_id,
            happened_at=self._moment(),
            disclosure=self._disclosure(),
        )

    def _moment(self) -> datetime:
        return london_moment(self.happened_on, self.happened_at, field="happened_at")

    def _disclosure(self) -> SharedConcern | None:
        if not (self.disclosed and self.disclosed_to and self.disclosure_basis and self.consent_sought):
            return None
        return SharedConcern(
            self.disclosed, self.disclosed_to, self.disclosure_basis, self.consent_sought, self.no_consent_why or ""
        )


class RiskForm(Form):
    concern: Annotated[str, Text(longest=2000, missing="Write what the concern is")]
    action: Annotated[str, Text(longest=2000, missing="Write what you did at once, or why nothing was needed")]
    told: Annotated[str, Text(longest=2000, missing="Write who was told, or that nobody was told yet")]
