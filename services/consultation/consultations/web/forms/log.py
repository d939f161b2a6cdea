"""Logging a consultation: three facts are needed, the rest is filled in from the last time."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated
from uuid import UUID

from services.consultation.consultations.commands.log_consultation import LogConsultation
from services.consultation.consultations.domain.consultation import LONGEST, NAMED, About, Asker, Talk
from shared.contracts.consultation_codes import (
    ConsultationKind,
    ConsultationMode,
    ConsultationOutcome,
    FamilyKnows,
    Profession,
    Topic,
)
from shared.contracts.vocabulary import AgeBand, Tier
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Identifier, Line, OneCode, SeveralCodes, Text, WholeNumber, YesOrNo


class LogForm(Form):
    organisation: Annotated[UUID, Identifier(missing="Choose the organisation")]
    kind: Annotated[ConsultationKind, OneCode(of=ConsultationKind, missing="Choose what it was about")]
    family: Annotated[str | None, Line(longest=30)]
    family_knows: Annotated[FamilyKnows | None, OneCode(of=FamilyKnows)]
    age_band: Annotated[AgeBand | None, OneCode(of=AgeBand)]
    people: Annotated[int | None, WholeNumber(least=1, most=100)]
    words: Annotated[str, Text(missing="Write what they asked and what you advised")]
    topics: Annotated[frozenset[Topic], SeveralCodes(of=Topic)]
    they_will: Annotated[str | None, Line(longest=300)]
    we_will: Annotated[str | None, Line(longest=300)]
    outcome: Annotated[ConsultationOutcome | None, OneCode(of=ConsultationOutcome)]
    follow_up_on: Annotated[date | None, DateParts()]
    could_be_harmed: Annotated[bool | None, YesOrNo()]
    held_on: Annotated[date, DateParts(missing="Enter the day", future="The day must be today or in the past")]
    minutes: Annotated[int, WholeNumber(least=1, most=LONGEST, missing="Enter the minutes")]
    mode: Annotated[ConsultationMode, OneCode(of=ConsultationMode, missing="Choose how")]
    asker: Annotated[str | None, Line(longest=100)]
    profession: Annotated[Profession, OneCode(of=Profession, missing="Choose the profession of whoever asked")]
    tier: Annotated[Tier | None, OneCode(of=Tier)]

    def check(self) -> Iterator[tuple[str, str]]:
        if self.kind in NAMED and not self.family:
            yield "family", "Enter the family’s reference, like BLA-2026-000110"
        if self.kind in NAMED and not self.family_knows:
            yield "family_knows", "Choose whether the family knows that you talk about them"

    def to_command(self, consultation_id: UUID, family_id: UUID | None) -> LogConsultation:
        is_named = self.kind in NAMED
        return LogConsultation(
            consultation_id,
            self.held_on,
            self.minutes,
            self.mode,
            Asker(self.organisation, self.profession, self.tier, self.asker or "", self.people or 1),
            About(self.kind, family_id, self.family_knows if is_named else None, None if is_named else self.age_band),
            Talk(
                self.words,
                self.topics,
                self.they_will or "",
                self.we_will or "",
                self.outcome or ConsultationOutcome.ADVICE,
                self.follow_up_on,
            ),
            could_be_harmed=bool(self.could_be_harmed),
        )
