"""One row of a file of people: what it says, and everything that is wrong with it.

An empty cell leaves what is on record, and `(clear)` empties it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.training.workforce.domain.person import LONGEST_NAME, is_email
from services.training.workforce.domain.post import LONGEST_STAFF_NUMBER
from services.training.workforce.domain.workforce_file import FileRow
from shared.contracts.consultation_codes import Profession
from shared.kernel.errors import RuleBroken
from shared.kernel.name_words import plain_name
from shared.kernel.table_file import serial_day
from shared.kernel.typed_day import UnclearDay
from shared.kernel.written_day import MAY_COME, written_day

CLEAR = "(clear)"
COLUMNS: Mapping[str, Sequence[str]] = {
    "organisation": ("organisation", "organization", "employer", "works at", "trust", "setting"),
    "staff_number": ("staff number", "staff no", "employee number", "assignment number", "esr number"),
    "given_name": ("first name", "given name", "forename"),
    "family_name": ("last name", "family name", "surname"),
    "email": ("email", "email address", "e mail", "work email"),
    "profession": ("profession", "role", "job", "job title", "staff group"),
    "from_on": ("start date", "since", "from", "started"),
    "last_on": ("last day", "end date", "leaving date", "until"),
}
"""Field → headings that mean it; the first is what our own files say."""
NEEDED = ("organisation", "given_name", "family_name", "profession")


@dataclass(frozen=True)
class Problem:
    column: str
    """Its heading; empty: of the whole row."""
    sentence: str


@dataclass(frozen=True)
class ImportRow:
    line: int
    organisation_id: UUID
    profession: Profession
    given_name: str
    family_name: str
    staff_number: str | None
    """None: the cell is empty; an empty text: it is to be emptied. So it is with the next three."""
    email: str | None
    from_on: date | None
    until_on: date | None
    """The day after the last one."""
    clears: frozenset[str] = frozenset()
    """Days that are to be emptied."""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def plain(self) -> str:
        return plain_name(self.name)

    @property
    def address(self) -> str:
        return (self.email or "").casefold()


@dataclass(frozen=True)
class Meanings:
    """What the words of a file mean here."""

    columns: Mapping[str, int]
    """Field → place in a row."""
    organisations: Mapping[str, UUID]
    """By plain name."""
    professions: Mapping[str, Profession]
    today: date


def columns_of_headings(headings: Sequence[str]) -> Mapping[str, int]:
    """Where each field stands.

    Raises:
        RuleBroken: a heading that is needed is missing, or stands there twice.
    """
    plain = [plain_name(heading.replace("_", " ")) for heading in headings]
    columns: dict[str, int] = {}
    for field, names in COLUMNS.items():
        places = [place for place, heading in enumerate(plain) if heading in names]
        if len(places) > 1:
            raise RuleBroken("import_columns", f"Two columns say “{names[0]}”. Leave one of them out.", field="file")
        if places:
            columns[field] = places[0]
    if missing := [COLUMNS[field][0] for field in NEEDED if field not in columns]:
        raise RuleBroken("import_columns", f"The first row lacks: {', '.join(missing)}.", field="file")
    if not {"staff_number", "email"} & columns.keys():
        sentence = "The first row lacks “staff number” or “email”: without one, nobody can be told apart."
        raise RuleBroken("import_columns", sentence, field="file")
    return columns


def professions_by_name() -> Mapping[str, Profession]:
    """By their words and by their codes."""
    words = {plain_name(one.label): one for one in Profession}
    return words | {plain_name(one.value.replace("_", " ")): one for one in Profession}


def read_import_row(row: FileRow, means: Meanings) -> ImportRow | list[Problem]:
    """The row, or everything that is wrong with it."""
    said = {field: row.cells[place] if place < len(row.cells) else "" for field, place in means.columns.items()}
    problems = list(_problems(said, means))
    if problems:
        return problems
    days = {field: _day(said.get(field, ""), means.today) for field in ("from_on", "last_on")}
    last_on = days["last_on"]
    return ImportRow(
        row.line,
        means.organisations[plain_name(said["organisation"])],
        means.professions[plain_name(said["profession"])],
        said["given_name"],
        said["family_name"],
        _text(said.get("staff_number", "")),
        _text(said.get("email", "")),
        days["from_on"],
        last_on + timedelta(1) if last_on else None,
        frozenset(field for field in ("from_on", "last_on") if said.get(field, "").lower() == CLEAR),
    )


def _problems(said: Mapping[str, str], means: Meanings) -> Iterator[Problem]:
    yield from _problems_of_person(said)
    if plain_name(said["organisation"]) not in means.organisations:
        yield Problem(
            "organisation",
            _not_known(said["organisation"], "organisation", "Add it first, or write it as on the list."),
        )
    if plain_name(said["profession"]) not in means.professions:
        yield Problem("profession", _not_known(said["profession"], "profession", "Write one as in the template."))
    days: dict[str, date | None] = {}
    for field in ("from_on", "last_on"):
        try:
            days[field] = _day(said.get(field, ""), means.today)
        except UnclearDay:
            yield Problem(COLUMNS[field][0], "Write the day like 27/03/2026, with the year.")
    first, last = days.get("from_on"), days.get("last_on")
    if first and last and last < first:
        yield Problem(COLUMNS["last_on"][0], "The last day is before the first one.")


def _problems_of_person(said: Mapping[str, str]) -> Iterator[Problem]:
    for field in ("given_name", "family_name"):
        if not plain_name(said[field]):
            yield Problem(COLUMNS[field][0], f"Write the {COLUMNS[field][0]}.")
        elif len(said[field]) > LONGEST_NAME:
            yield Problem(COLUMNS[field][0], f"Use {LONGEST_NAME} characters or fewer.")
    email, number = said.get("email", ""), said.get("staff_number", "")
    if email and email.lower() != CLEAR and not is_email(email):
        yield Problem("email", "Write an email like name@example.org, or leave it empty.")
    if len(number) > LONGEST_STAFF_NUMBER:
        yield Problem("staff number", f"Use {LONGEST_STAFF_NUMBER} characters or fewer.")
    if not (_text(email) or _text(number)):
        yield Problem("", "Write a staff number or an email: without one, nobody can be told apart.")


def _not_known(text: str, what: str, then: str) -> str:
    return f"This {what} is not known here. {then}" if text else f"Write the {what}."


def _text(cell: str) -> str | None:
    return "" if cell.lower() == CLEAR else cell or None


def _day(cell: str, today: date) -> date | None:
    """Day first: 03/04/2026 is 3 April. Raises UnclearDay when it is no day, or has no year."""
    if not cell or cell.lower() == CLEAR:
        return None
    day = written_day(cell, today, ahead=MAY_COME) or serial_day(cell)
    if day is None:
        raise UnclearDay
    return day
