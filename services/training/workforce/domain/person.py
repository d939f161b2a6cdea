"""Somebody who works with babies and their families, of whichever organisation."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.errors import Conflict, RuleBroken

LONGEST_NAME = 60
LONGEST_EMAIL = 254
ERASED = "(erased)"
"""In the place of a name, where somebody is counted who was erased."""


class ErasedWhy(Code):
    """A closed list: a reason in words could name whoever is to be forgotten."""

    ASKED = "asked", "They asked us to"
    KEPT_LONG_ENOUGH = "kept_long_enough", "It was kept for as long as we keep it"
    NEVER_OURS = "never_ours", "They should not have been on the register"


@dataclass
class Person:
    id: UUID
    given_name: str
    family_name: str
    earlier_names: tuple[str, ...] = ()
    """Under which they are still found; nobody sees them beside the new one on a certificate."""
    email: str = ""
    is_shared_email: bool = False
    """Others read what is sent there: nothing that is only theirs goes to it."""
    colleague_id: UUID | None = None
    """Of their account, where they sign in with this team."""
    merged_into: UUID | None = None
    """Who they turned out to be."""
    erased_on: date | None = None
    erased_by: UUID | None = None
    erased_why: ErasedWhy | None = None
    version: int = 1

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def check(self) -> None:
        """Raises RuleBroken when a name is missing or too long, or the address is none."""
        for field, said in (("given_name", self.given_name), ("family_name", self.family_name)):
            if not said.strip():
                raise RuleBroken("person_name", "Enter both names.", field=field)
            if len(said) > LONGEST_NAME:
                raise RuleBroken("person_name", f"Use {LONGEST_NAME} characters or fewer.", field=field)
        if self.email and not is_email(self.email):
            raise RuleBroken("person_email", "Enter an email like name@example.org, or leave it empty.", field="email")

    def rename(self, given_name: str, family_name: str) -> None:
        """The name that they had stays among the earlier ones."""
        before = self.name
        self.given_name, self.family_name = given_name, family_name
        if self.name.casefold() != before.casefold() and before not in self.earlier_names:
            self.earlier_names = (*self.earlier_names, before)

    def erase(self, why: ErasedWhy, by: UUID, day: date) -> None:
        """Nothing of it says who it was. It cannot be undone."""
        self.given_name, self.family_name, self.earlier_names = "", ERASED, ()
        self.email, self.is_shared_email, self.colleague_id = "", False, None
        self.erased_on, self.erased_by, self.erased_why = day, by, why
        self.version += 1

    def check_seen(self, version: int) -> None:
        """Raises Conflict when it was changed since it was seen."""
        if version != self.version:
            raise Conflict("person_changed", "Someone has changed this person. Look at them again.")

    def changed(self, *, seen: int) -> None:
        """A change counts once, however many events there are about it."""
        self.version = max(self.version, seen + 1)


def is_email(text: str) -> bool:
    """It has one @ with something before it, and a domain with a dot after it."""
    before, at, domain = text.partition("@")
    is_plain = len(text) <= LONGEST_EMAIL and not any(sign.isspace() or sign in ",;<>@" for sign in before + domain)
    return bool(before and at and is_plain and "." in domain.strip(".") and not domain.startswith("."))
