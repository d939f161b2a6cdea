"""Logging a consultation: three facts are needed, the rest is filled in from the last time."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated
from uuid import UUID

from services.consultation.consultations.commands.log_consultation import LogConsultation
from services.consultation.consultations.domain.consultation import LONGEST, NAMED, About, Asker, Talk
from services.consultation.consultations.queries.usual_answers import Usual
from shared.contracts.consultation_codes import (
    ConsultationKind,
    ConsultationMode,
    ConsultationOutcome,
    FamilyKnows,
    Profession,
    Topic,
)
from shared.contracts.vocabulary import AgeBand, Code, Tier
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Identifier, Line, OneCode, SeveralCodes, Text, WholeNumber, YesOrNo
from shared.web.when import When

BY_NAME = When("kind", ConsultationKind.CASE_NAMED)
NO_NAMES = When("kind", ConsultationKind.CASE_ANONYMOUS)
WITH_SEVERAL = When(
    "kind",
    ConsultationKind.GROUP_CASE,
    ConsultationKind.REFLECTIVE_PRACTICE,
    ConsultationKind.NEONATAL_TEAM,
    ConsultationKind.NETWORK,
    ConsultationKind.MENTORING,
    ConsultationKind.COACHING,
    ConsultationKind.HUB_CLINIC,
)


class Next(Code):
    """The button that was pressed."""

    LIST = "list", "Save"
    ANOTHER = "another", "Save and add another"
    REFER = "refer", "Save and refer"


class LogForm(Form):
    organisation: Annotated[UUID, Identifier(missing="Choose the organisation")]
    kind: Annotated[ConsultationKind, OneCode(of=ConsultationKind, missing="Choose what it was about")]
    family: Annotated[
        str | None, Line(longest=30, missing="Enter the family’s reference, like BLA-2026-000110", applies=BY_NAME)
    ]
    family_knows: Annotated[FamilyKnows | None, OneCode(of=FamilyKnows, applies=BY_NAME)]
    age_band: Annotated[AgeBand | None, OneCode(of=AgeBand, applies=NO_NAMES)]
    people: Annotated[int | None, WholeNumber(least=1, most=100, applies=WITH_SEVERAL)]
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
    profession: Annotated[Profession | None, OneCode(of=Profession)]
    """Left open it is as the last time that the organisation asked, and so is the tier."""
    tier: Annotated[Tier | None, OneCode(of=Tier)]
    then: Annotated[Next | None, OneCode(of=Next)]

    def check(self) -> Iterator[tuple[str, str]]:
        if self.follow_up_on and self.follow_up_on < self.held_on:
            yield "follow_up_on", "The day must not be before that of the consultation"

    def to_command(self, consultation_id: UUID, about: About, usual: Usual) -> LogConsultation:
        """Args: usual: of the organisation."""
        profession = self.profession or usual.profession
        assert profession is not None  # noqa: S101 - the page has asked for it
        return LogConsultation(
            consultation_id,
            self.held_on,
            self.minutes,
            self.mode,
            Asker(self.organisation, profession, self.tier or usual.tier, self.asker or "", self.people or 1),
            about,
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

    @property
    def names_family(self) -> bool:
        return self.kind in NAMED
