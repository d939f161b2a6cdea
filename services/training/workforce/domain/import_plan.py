"""What a file of people would do to the register, row by row: the preview and the write are this one plan."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from services.training.workforce.domain.import_row import ImportRow, Meanings, Problem, read_import_row
from services.training.workforce.domain.person import Person
from services.training.workforce.domain.post import Post
from services.training.workforce.domain.register import Matched, Register, by_key, match, shared_addresses
from services.training.workforce.domain.workforce_file import WorkforceFile
from shared.contracts.vocabulary import Code
from shared.kernel.calendar import date_words
from shared.kernel.identifiers import new_id


class Outcome(Code):
    WRONG = "wrong", "To put right"
    ASKED = "asked", "Is it the same person?"
    ADDED = "added", "New"
    UPDATED = "updated", "Changed"
    UNCHANGED = "unchanged", "As on record"
    LEFT_OUT = "left_out", "Left out"


@dataclass(frozen=True)
class PlanLine:
    """One row, and what becomes of it."""

    line: int
    cells: Sequence[str]
    """As they were sent."""
    outcome: Outcome
    problems: Sequence[Problem] = ()
    candidates: Sequence[UUID] = ()
    """Of the register, where somebody is asked."""
    changes: Sequence[str] = ()
    """In words."""


@dataclass
class Plan:
    file: WorkforceFile
    lines: list[PlanLine] = field(default_factory=list[PlanLine])
    new_people: list[Person] = field(default_factory=list[Person])
    new_posts: list[Post] = field(default_factory=list[Post])
    changed_people: dict[UUID, Person] = field(default_factory=dict[UUID, Person])
    changed_posts: dict[UUID, Post] = field(default_factory=dict[UUID, Post])
    missing: list[Post] = field(default_factory=list[Post])
    """Jobs that the register has and a file of everybody does not."""

    @property
    def counts(self) -> dict[Outcome, int]:
        return {outcome: sum(line.outcome is outcome for line in self.lines) for outcome in Outcome}

    @property
    def is_ready(self) -> bool:
        """Nothing is to be put right, and nobody is to be asked."""
        return not any(line.outcome in (Outcome.WRONG, Outcome.ASKED) for line in self.lines)


@dataclass(frozen=True)
class Everybody:
    """The file names all who worked there on a day."""

    organisation_id: UUID
    on: date


class Planner:
    """Goes through a file, row by row; what a row adds, the next rows know.

    Args:
        answers: by line, what was chosen where somebody was asked.
    """

    def __init__(
        self, means: Meanings, register: Register, answers: Mapping[int, str], everybody: Everybody | None = None
    ) -> None:
        self._means, self._register, self._answers, self._everybody = means, register, answers, everybody
        self._line_of_post: dict[UUID, int] = {}
        self._said: set[UUID] = set()
        """People of whom an earlier row of the file spoke: it decides what their name and email are."""

    def plan(self, file: WorkforceFile) -> Plan:
        plan = Plan(file)
        there = [post for posts in self._register.posts.values() for post in posts]
        read = {row.line: read_import_row(row, self._means) for row in file.rows}
        rows = [row for row in read.values() if isinstance(row, ImportRow)]
        keyed = {found.person.id for row in rows if (found := by_key(row, self._register)) and found.person}
        shared = shared_addresses(rows, self._register)
        for sent in file.rows:
            row = read[sent.line]
            if isinstance(row, list):
                plan.lines.append(PlanLine(sent.line, sent.cells, Outcome.WRONG, problems=row))
            else:
                plan.lines.append(self._one(plan, row, sent.cells, keyed, shared))
        if self._everybody:
            plan.missing = [
                post
                for post in there
                if post.organisation_id == self._everybody.organisation_id
                and post.is_held_on(self._everybody.on)
                and post.id not in self._line_of_post
            ]
        return plan

    def _one(
        self, plan: Plan, row: ImportRow, cells: Sequence[str], keyed: Collection[UUID], shared: Collection[str]
    ) -> PlanLine:
        found = match(row, self._register, self._answers.get(row.line), keyed)
        if wrong := self._wrong(row, found):
            return PlanLine(row.line, cells, Outcome.WRONG, problems=[wrong])
        if isinstance(found, list):
            return PlanLine(row.line, cells, Outcome.ASKED, candidates=found)
        if found is None:
            return PlanLine(row.line, cells, Outcome.LEFT_OUT)
        changes = self._apply(plan, row, found, is_shared=row.address in shared)
        outcome = Outcome.ADDED if found.person is None else Outcome.UPDATED if changes else Outcome.UNCHANGED
        return PlanLine(row.line, cells, outcome, changes=changes if found.person else ())

    def _wrong(self, row: ImportRow, found: Matched | list[UUID] | None) -> Problem | None:
        if self._everybody and row.organisation_id != self._everybody.organisation_id:
            return Problem("organisation", "The file is of everyone at one organisation, and this is another.")
        earlier = self._line_of_post.get(found.post.id) if isinstance(found, Matched) and found.post else None
        return Problem("", f"Line {earlier} is of the same job of the same person. Leave one out.") if earlier else None

    def _apply(self, plan: Plan, row: ImportRow, found: Matched, *, is_shared: bool) -> list[str]:
        """Gives what changes, in words."""
        person = found.person or self._new(plan, row, is_shared=is_shared)
        changes = [] if person.id in self._said else change_person(person, row, is_shared=is_shared)
        if changes:
            plan.changed_people[person.id] = person
        self._said.add(person.id)
        if found.post is None:
            post = Post(new_id(), person.id, row.organisation_id, row.profession, row.staff_number or "")
            post.from_on, post.until_on = row.from_on, row.until_on
            plan.new_posts.append(post)
            self._register.add_post(post)
            self._line_of_post[post.id] = row.line
            return [*changes, "one more job"]
        self._line_of_post[found.post.id] = row.line
        if said := change_post(found.post, row):
            plan.changed_posts[found.post.id] = found.post
        return changes + said

    def _new(self, plan: Plan, row: ImportRow, *, is_shared: bool) -> Person:
        one = Person(new_id(), row.given_name, row.family_name, email=row.email or "", is_shared_email=is_shared)
        plan.new_people.append(one)
        self._register.add(one)
        self._said.add(one.id)
        return one


def change_person(person: Person, row: ImportRow, *, is_shared: bool) -> list[str]:
    """Changes them as the row says; gives what is other, in words. What it leaves empty stays."""
    before = replace(person)
    if (row.given_name, row.family_name) != (person.given_name, person.family_name):
        person.rename(row.given_name, row.family_name)
    if row.email is not None:
        stays = person.is_shared_email and row.email == person.email
        person.email, person.is_shared_email = row.email, bool(row.email) and (is_shared or stays)
    changes: list[str] = []
    if person.name != before.name:
        changes.append(f"name: {before.name} → {person.name}")
    if person.email != before.email:
        changes.append(f"email: {before.email or 'none'} → {person.email or 'none'}")
    elif person.is_shared_email != before.is_shared_email:
        changes.append("others have this email too")
    if changes:
        person.version += 1
    return changes


def change_post(post: Post, row: ImportRow) -> list[str]:
    """Changes it as the row says; gives what is other, in words."""
    changes: list[str] = []
    if post.profession is not row.profession:
        changes.append(f"profession: {post.profession.label} → {row.profession.label}")
        post.profession = row.profession
    if row.staff_number is not None and row.staff_number != post.staff_number:
        changes.append(f"staff number: {post.staff_number or 'none'} → {row.staff_number or 'none'}")
        post.staff_number = row.staff_number
    for name, said, heading in (("from_on", row.from_on, "start date"), ("until_on", row.until_on, "last day")):
        before: date | None = getattr(post, name)
        is_cleared = {"from_on": "from_on", "until_on": "last_on"}[name] in row.clears
        if (said is not None or is_cleared) and said != before:
            shown = said and (said - timedelta(1) if name == "until_on" else said)
            changes.append(f"{heading}: {date_words(shown) if shown else 'none'}")
            setattr(post, name, said)
    if changes:
        post.version += 1
    return changes
