"""Reads the file of a caseload: what the whole file must be, and each line by the questions of the forms."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from services.referral.intake.domain.caseload_row import MOST_FAMILIES, CaseloadRow, LineProblem
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Referrer, Relationship
from services.referral.people.domain.subject import Baby, Subject, Unborn
from services.referral.people.domain.support import Support
from services.referral.support.domain.tier import Opening
from shared.contracts.vocabulary import (
    Code,
    FamilyAgreement,
    Level,
    ReferralReason,
    ReferralRoute,
    SourceGroup,
    Urgency,
)
from shared.kernel.errors import RuleBroken
from shared.kernel.table_file import read_table, serial_day
from shared.kernel.written_day import MAY_COME, written_day
from shared.web.date_question import DateParts
from shared.web.forms import Form, fill
from shared.web.questions import (
    Circumstances,
    EmailAddress,
    Line,
    NhsNumber,
    OneCode,
    Postcode,
    Question,
    SeveralCodes,
    Telephone,
    Text,
    YesOrNo,
)
from shared.web.when import NO, YES

_NO_DATE = "write a date that exists, as 2026-03-27"
_FORMULA_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!)")
_YES_OR_NO = {
    **dict.fromkeys(("yes", "y", "true", "1"), YES),
    **dict.fromkeys(("no", "n", "false", "0"), NO),
}
"""As spreadsheets write the tick of a box."""
_WHOLE = re.compile(r"^([0-9]+)\.0+$")
"""A number that a spreadsheet took for one to reckon with."""


class CaseloadRowForm(Form):
    """One line. Codes are those of the template's second line and of docs/caseload-file.md."""

    received_on: Annotated[date | None, DateParts()]
    opened_on: Annotated[date | None, DateParts()]
    level: Annotated[Level, OneCode(of=Level, missing="write a level: universal, targeted or specialist")]
    risk_support: Annotated[bool | None, YesOrNo()]
    review_on: Annotated[date, DateParts(missing="write the date of the next review")]
    mdt_on: Annotated[date | None, DateParts()]
    urgency: Annotated[Urgency | None, OneCode(of=Urgency)]
    baby_name: Annotated[str | None, Line()]
    born_on: Annotated[date | None, DateParts()]
    due_on: Annotated[date | None, DateParts()]
    nhs_number: Annotated[str | None, NhsNumber()]
    caregiver_name: Annotated[str, Line(missing="write the parent or carer's name")]
    relationship: Annotated[Relationship, OneCode(of=Relationship, missing="write who they are to the baby")]
    caregiver_phone: Annotated[str | None, Telephone()]
    other_name: Annotated[str | None, Line()]
    other_relationship: Annotated[Relationship | None, OneCode(of=Relationship)]
    other_phone: Annotated[str | None, Telephone()]
    postcode: Annotated[str, Postcode(missing="write the postcode")]
    reasons: Annotated[frozenset[ReferralReason], SeveralCodes(of=ReferralReason, missing="write at least one reason")]
    story: Annotated[str | None, Text()]
    consent: Annotated[
        FamilyAgreement, OneCode(of=FamilyAgreement, missing="write whether the family knew of the referral")
    ]
    source_group: Annotated[SourceGroup, OneCode(of=SourceGroup, missing="write who referred")]
    referrer_name: Annotated[str, Line(missing="write the referrer's name")]
    organisation: Annotated[str | None, Line()]
    referrer_phone: Annotated[str | None, Telephone()]
    referrer_email: Annotated[str | None, EmailAddress()]

    def check(self) -> Iterator[tuple[str, str]]:
        if (self.born_on is None) == (self.due_on is None):
            yield "born_on", "write a date of birth or a due date, and not both"
        if self.born_on is not None and not self.baby_name:
            yield "baby_name", "write the baby's name"
        if (self.other_name is None) != (self.other_relationship is None):
            yield "other_relationship", "write a name and who they are to the baby, or neither"

    def to_row(self, line: int, today: date) -> CaseloadRow:
        opened_on = self.opened_on or today
        support = Support(self.level, risk_support=bool(self.risk_support), direct_work=True)
        return CaseloadRow(
            line=line,
            request=self._request(),
            received_on=self.received_on or opened_on,
            opened_on=opened_on,
            opening=Opening(support, self.review_on, self.mdt_on),
            urgency=self.urgency or Urgency.ROUTINE,
        )

    def _request(self) -> ReferralRequest:
        other: Caregiver | NoOtherCaregiver = NoOtherCaregiver.NOT_ASKED
        if self.other_name and self.other_relationship:
            other = Caregiver(self.other_name, self.other_relationship, self.other_phone)
        return ReferralRequest(
            subject=self._subject(),
            caregiver=Caregiver(self.caregiver_name, self.relationship, self.caregiver_phone),
            other_caregiver=other,
            referrer=Referrer(
                self.referrer_name, self.source_group, self.organisation, self.referrer_email, self.referrer_phone
            ),
            postcode=self.postcode,
            nhs_number=self.nhs_number,
            reasons=tuple(sorted(self.reasons)),
            story=self.story or "Taken over from the team's earlier records.",
            consent=self.consent,
            in_danger=False,
            route=ReferralRoute.CASELOAD_FILE,
        )

    def _subject(self) -> Subject:
        if self.born_on is not None:
            return Baby(self.baby_name or "", self.born_on)
        assert self.due_on is not None  # noqa: S101 - `check` has seen that one of the two is given
        return Unborn(self.due_on)


_QUESTIONS: Mapping[str, Any] = CaseloadRowForm.questions()
COLUMNS = tuple(_QUESTIONS)
EXAMPLE = {
    "received_on": "2026-01-05",
    "opened_on": "2026-01-09",
    "level": "targeted",
    "risk_support": "no",
    "review_on": "2026-04-03",
    "urgency": "routine",
    "baby_name": "Shannon Example",
    "born_on": "2025-10-20",
    "nhs_number": "999 000 0018",
    "caregiver_name": "Leonie Example",
    "relationship": "birth_parent",
    "caregiver_phone": "07700 900123",
    "other_name": "Dan Example",
    "other_relationship": "father",
    "postcode": "FY1 9ZZ",
    "reasons": "bonding; neonatal_stay",
    "story": "What the referrer had noticed.",
    "consent": "agreed",
    "source_group": "health_visiting",
    "referrer_name": "Ola Sample",
    "referrer_email": "ola@example.org",
}


@dataclass(frozen=True)
class ReadFile:
    """What a file says; either all of its lines are right, or problems are listed."""

    rows: Sequence[CaseloadRow]
    problems: Sequence[LineProblem]


def read_caseload(content: bytes, circumstances: Circumstances) -> ReadFile:
    """Each line of the file.

    Raises:
        RuleBroken: the file as a whole cannot be read; it says why.
    """
    rows: list[CaseloadRow] = []
    problems: list[LineProblem] = []
    table = read_table(content)
    names = _columns(table.heading)
    if len(table.rows) > MOST_FAMILIES:
        raise _refused("caseload_long", f"One file may have {MOST_FAMILIES} families. Divide it.")
    for row in table.rows:
        if len(row.cells) > len(names):
            problems.append(
                LineProblem(row.line, f"It has {len(row.cells)} fields, and there are {len(names)} columns.")
            )
            continue
        posted, wrong = _posted(dict(zip(names, row.cells, strict=True)), circumstances.today)
        filled = fill(CaseloadRowForm, posted, circumstances)
        wrong |= {error.field: error.sentence for error in filled.errors if error.field not in wrong}
        if filled.form is not None and not wrong:
            rows.append(filled.form.to_row(row.line, circumstances.today))
        problems += [LineProblem(row.line, f"{name}: {sentence}") for name, sentence in wrong.items()]
    if not rows and not problems:
        raise _refused("caseload_empty", "The file has no family: write each on a line below the heading.")
    return ReadFile(rows, problems)


def _columns(heading: Sequence[str]) -> list[str]:
    """The template's columns, in the order of the file."""
    names = [re.sub(r"[\s_-]+", "_", name.strip().lower()) for name in heading]
    twice = sorted({name for name in names if names.count(name) > 1 and name in COLUMNS})
    missing = [name for name in COLUMNS if name not in names]
    if twice:
        raise _refused("caseload_heading", f"A column is there twice: {', '.join(twice)}.")
    if missing:
        raise _refused("caseload_heading", f"A column is missing: {', '.join(missing)}. Use the template.")
    if len(names) > len(COLUMNS):
        raise _refused("caseload_heading", "The columns must be those of the template, and no others.")
    return names


def _posted(cells: Mapping[str, str], today: date) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The line as a form would post it, and which cells are no answer to anything."""
    posted: dict[str, list[str]] = {}
    wrong: dict[str, str] = {}
    for name, cell in cells.items():
        if _FORMULA_ERROR.fullmatch(cell):
            wrong[name] = "the cell has the error of a formula; write what it should be"
        elif not isinstance(_QUESTIONS[name], DateParts):
            posted[name] = _answers(_QUESTIONS[name], cell)
        elif day := written_day(cell, today, ahead=MAY_COME) or serial_day(cell):
            posted |= {f"{name}-{part}": [str(getattr(day, part))] for part in ("day", "month", "year")}
        elif cell:
            wrong[name] = _NO_DATE
    return posted, wrong


def _answers(question: Question, cell: str) -> list[str]:
    match question:
        case SeveralCodes():
            return [_code(question.of, one) for one in re.split(r"[;,|\n]", cell)]
        case OneCode():
            return [_code(question.of, cell)]
        case YesOrNo():
            return [_YES_OR_NO.get(cell.lower(), cell)]
        case Line(is_figures=True):
            return [_WHOLE.sub(r"\1", cell)]
        case _:
            return [cell]


def _code(kind: type[Code], cell: str) -> str:
    """A code as people write it, with spaces and capitals, or the words that the pages have for it."""
    words = " ".join(cell.split()).lower()
    named = {one.label.lower(): one.value for one in kind}
    return named.get(words) or re.sub(r"[\s-]+", "_", words)


def _refused(code: str, sentence: str) -> RuleBroken:
    return RuleBroken(code, sentence, field="file")
