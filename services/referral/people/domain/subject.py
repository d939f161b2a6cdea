"""Whom a referral is about: a baby, or one who is not born yet."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Unborn:
    """A baby who is expected."""

    due_on: date


@dataclass(frozen=True)
class Baby:
    """A baby who is born; in an extended remit, a child of up to four years."""

    name: str
    born_on: date


Subject = Unborn | Baby
