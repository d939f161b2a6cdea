"""Whom a row of a file is of: the register, as an import needs it.

A row is of whom its organisation and staff number say, else of whom its email and name say together. A name alone, and
an email alone, join nobody, and no name does that is only like theirs: then somebody is asked, and chooses.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from uuid import UUID

from services.training.workforce.domain.import_row import ImportRow
from services.training.workforce.domain.person import Person
from services.training.workforce.domain.post import Post
from services.training.workforce.domain.same_person import (
    beginnings,
    likeness_of_parts,
    looks_alike,
    those_who_look_alike,
)
from shared.kernel.name_words import NameLikeness, asked_keys, known_keys, name_likeness, plain_name, same_name

SOMEBODY_ELSE = "somebody_else"
LEFT_OUT = "left_out"
MOST_CANDIDATES = 5


@dataclass
class Register:
    """Who is on it, and what a file has added so far."""

    people: dict[UUID, Person]
    posts: dict[UUID, list[Post]]
    """By person."""
    _by_number: dict[tuple[UUID, str], list[Post]] = field(default_factory=lambda: defaultdict(list))
    _by_address: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    _by_name: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    """Of those who were on it before the file; by each of `known_keys`."""
    _in_organisation: dict[tuple[UUID, str], dict[UUID, str]] = field(default_factory=lambda: defaultdict(dict))
    """Person and plain name, likewise; by how one of its words begins."""

    def __post_init__(self) -> None:
        for one in self.people.values():
            if one.email:
                self._by_address[one.email.casefold()].append(one)
            for key in known_keys(*names_of(one)):
                self._by_name[key].append(one.id)
        for post in (post for posts in self.posts.values() for post in posts):
            if post.staff_number:
                self._by_number[post.organisation_id, post.staff_number].append(post)
            name = plain_name(self.people[post.person_id].name)
            for beginning in beginnings(name):
                self._in_organisation[post.organisation_id, beginning][post.person_id] = name

    def add(self, one: Person) -> None:
        self.people[one.id] = one
        if one.email:
            self._by_address[one.email.casefold()].append(one)

    def add_post(self, post: Post) -> None:
        self.posts.setdefault(post.person_id, []).append(post)
        if post.staff_number:
            self._by_number[post.organisation_id, post.staff_number].append(post)

    def numbered(self, row: ImportRow) -> list[Post]:
        """The newest first: a number may be given again."""
        return self._by_number.get((row.organisation_id, row.staff_number), [])[::-1] if row.staff_number else []

    def at_address(self, address: str) -> Sequence[Person]:
        return self._by_address.get(address, ()) if address else ()

    def candidates(self, row: ImportRow, keyed: Collection[UUID]) -> list[UUID]:
        """Who it could be, the likeliest first: of the same name anywhere, of the same email, of a name that may be the
        same, or of one that is alike in the place.

        Args:
            keyed: who has a row of their own in the file; a name that is only alike is not theirs.
        """
        named = [who for key in asked_keys(row.name) for who in self._by_name.get(key, ())]
        likeness = {who: max(name_likeness(row.name, name) for name in names_of(self.people[who])) for who in named}
        named = sorted(likeness, key=lambda who: -likeness[who])
        found = [who for who in named if likeness[who] >= NameLikeness.SAME]
        found += [one.id for one in self.at_address(row.address) if not one.is_shared_email]
        found += named
        here = dict[UUID, str]()
        for beginning in beginnings(row.plain):
            here |= self._in_organisation.get((row.organisation_id, beginning), {})
        found += [who for who in those_who_look_alike(row.plain, here) if who not in keyed]
        return list(dict.fromkeys(found))[:MOST_CANDIDATES]


def names_of(one: Person) -> Sequence[str]:
    return (one.name, *one.earlier_names)


@dataclass(frozen=True)
class Matched:
    """Whom a row is of."""

    person: Person | None
    """None: somebody new."""
    post: Post | None
    """Theirs, of the row's organisation; None: a new one."""


def by_key(row: ImportRow, register: Register) -> Matched | None:
    """By organisation and staff number, else by email and name; None where neither says it."""
    for post in register.numbered(row):
        holder = register.people[post.person_id]
        if _may_be(holder, row):
            return Matched(holder, post)
    likeness = {one.id: _likeness(row, one) for one in register.at_address(row.address)}
    most = max(likeness.values(), default=NameLikeness.NONE)
    called = [register.people[who] for who, degree in likeness.items() if degree == most >= NameLikeness.SAME]
    return Matched(called[0], _post_of(called[0], row, register)) if len(called) == 1 else None


def match(
    row: ImportRow, register: Register, answer: str | None, keyed: Collection[UUID]
) -> Matched | list[UUID] | None:
    """Whom it is of; or who it could be, for somebody to choose; None: it is left out.

    Args:
        answer: what was chosen before: the id of a person, `SOMEBODY_ELSE` or `LEFT_OUT`.
        keyed: who has a row of their own in the file.
    """
    if answer == LEFT_OUT:
        return None
    if (known := by_key(row, register)) is not None:
        return known
    if answer == SOMEBODY_ELSE:
        return Matched(None, None)
    chosen = register.people.get(UUID(answer)) if answer else None
    if chosen is not None:
        return Matched(chosen, _post_of(chosen, row, register))
    candidates = [post.person_id for post in register.numbered(row)] + register.candidates(row, keyed)
    return list(dict.fromkeys(candidates)) or Matched(None, None)


def _may_be(holder: Person, row: ImportRow) -> bool:
    """Whoever has the number has one of the row's names too; where both are others, the number was given again."""
    return (
        any(same_name(row.name, name) for name in names_of(holder))
        or same_name(holder.given_name, row.given_name)
        or same_name(holder.family_name, row.family_name)
        or looks_alike(plain_name(holder.name), row.plain)
    )


def _likeness(row: ImportRow, one: Person) -> NameLikeness:
    """Their name of today goes before an earlier one, which is known as a whole only."""
    earlier = (name_likeness(row.name, name) for name in one.earlier_names)
    return max(
        likeness_of_parts((row.given_name, row.family_name), (one.given_name, one.family_name)),
        min(NameLikeness.SAME, max(earlier, default=NameLikeness.NONE)),
    )


def _post_of(person: Person, row: ImportRow, register: Register) -> Post | None:
    """The job that the row speaks of: of its number, else of its profession, which has not ended or ended that day."""
    here = [one for one in register.posts.get(person.id, ()) if one.organisation_id == row.organisation_id]
    numbered = [one for one in here if row.staff_number and one.staff_number == row.staff_number]
    alike = [
        one
        for one in here
        if one.profession == row.profession
        and not (row.staff_number and one.staff_number)
        and (one.until_on is None or one.until_on == row.until_on)
    ]
    return (numbered or alike or [None])[-1]


def shared_addresses(rows: Sequence[ImportRow], register: Register) -> frozenset[str]:
    """Addresses that people of different names have in the file, as `by_key` tells them apart, or that are known to be
    shared.
    """
    names: Mapping[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        if row.address:
            names[row.address].add((row.given_name, row.family_name))
    return frozenset(
        address
        for address, several in names.items()
        if _are_different(several) or any(one.is_shared_email for one in register.at_address(address))
    )


def _are_different(names: Collection[tuple[str, str]]) -> bool:
    return any(likeness_of_parts(one, other) < NameLikeness.SAME for one, other in combinations(names, 2))
