"""Reads the CSV file of a caseload: what the whole file must be, and each line by the questions of the forms."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
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
    FamilyAgreement,
    Level,
    ReferralReason,
    ReferralRoute,
    SourceGroup,
    Urgency,
)
from shared.kernel.errors import RuleBroken
from shared.web.date_question import DateParts
from shared.web.forms import Form, fill
from shared.web.questions import (
    Circumstances,
    EmailAddress,
    Line,
    NhsNumber,
    OneCode,
    Postcode,
    SeveralCodes,
    Telephone,
    Text,
    YesOrNo,
)

_DATES = ("received_on", "opened_on", "review_on", "mdt_on", "born_on", "due_on")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_BRITISH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_NO_DATE = "write the date as 2026-03-27"


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


COLUMNS = tuple(CaseloadRowForm.model_fields)
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
    for line, cells in _lines(_text(content)):
        if len(cells) != len(COLUMNS):
            problems.append(LineProblem(line, f"It has {len(cells)} fields, and there are {len(COLUMNS)} columns."))
            continue
        posted, wrong = _posted(cells)
        filled = fill(CaseloadRowForm, posted, circumstances)
        wrong |= {error.field: error.sentence for error in filled.errors if error.field not in wrong}
        if filled.form is not None and not wrong:
            rows.append(filled.form.to_row(line, circumstances.today))
        problems += [LineProblem(line, f"{name}: {sentence}") for name, sentence in wrong.items()]
    if not rows and not problems:
        raise _refused("caseload_empty", "The file has no family: write each on a line below the heading.")
    return ReadFile(rows, problems)


def _text(content: bytes) -> str:
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise _refused("caseload_spreadsheet", "This is a spreadsheet or a zip file. Save it as CSV (UTF-8) first.")
    if not content.strip():
        raise _refused("caseload_missing", "Choose a CSV file.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(
            "caseload_encoding", "The file is not UTF-8. Save it as CSV UTF-8 and choose it again."
        ) from None
    if "\x00" in text:
        raise _refused("caseload_encoding", "The file has characters of another encoding. Save it as CSV UTF-8.")
    return text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Number and fields of each line below the heading; empty lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        _check_heading([cell.strip() for cell in next(reader, list[str]())])
        number = 0
        for cells in reader:
            if any(cell.strip() for cell in cells):
                number += 1
                if number > MOST_FAMILIES:
                    raise _refused("caseload_long", f"One file may have {MOST_FAMILIES} families. Divide it.")
                yield reader.line_num, cells
    except csv.Error:
        raise _refused(
            "caseload_broken",
            f"Line {reader.line_num} cannot be read: a field is too long, or a quotation mark is not closed.",
        ) from None


def _check_heading(heading: list[str]) -> None:
    twice = sorted({name for name in heading if heading.count(name) > 1 and name in COLUMNS})
    missing = [name for name in COLUMNS if name not in heading]
    if twice:
        raise _refused("caseload_heading", f"A column is there twice: {', '.join(twice)}.")
    if missing:
        raise _refused("caseload_heading", f"A column is missing: {', '.join(missing)}. Use the template.")
    if heading != list(COLUMNS):
        raise _refused("caseload_heading", "The columns must be those of the template, in its order, and no others.")


def _posted(cells: Sequence[str]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The line as a form would post it, and which dates are none."""
    posted: dict[str, list[str]] = {}
    wrong: dict[str, str] = {}
    for name, cell in zip(COLUMNS, (cell.strip() for cell in cells), strict=True):
        if name in _DATES:
            parts = _date_parts(cell) if cell else {}
            if parts is None:
                wrong[name] = _NO_DATE
            else:
                posted |= {f"{name}-{part}": [value] for part, value in parts.items()}
        elif name == "reasons":
            posted[name] = [reason.strip() for reason in cell.split(";")]
        else:
            posted[name] = [cell]
    return posted, wrong


def _date_parts(cell: str) -> dict[str, Any] | None:
    if iso := _ISO.fullmatch(cell):
        return dict(zip(("year", "month", "day"), iso.groups(), strict=True))
    if british := _BRITISH.fullmatch(cell):
        return dict(zip(("day", "month", "year"), british.groups(), strict=True))
    return None


def _refused(code: str, sentence: str) -> RuleBroken:
    return RuleBroken(code, sentence, field="file")
