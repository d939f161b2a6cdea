"""How many families need a team, how many may be expected to come, and how many came. Source: reference 7.2.

Need is not demand: of those in need only a part accepts help before the child is two, and later help is another matter.
All is of one year's births and one year's families. Numbers are rounded when they are shown, halves up, never before.
"""

from dataclasses import dataclass
from fractions import Fraction

LOCAL_NEED, NATIONAL_NEED = Fraction(1, 2), Fraction(2, 5)
"""Of babies, how many are in need: as the strategy estimates for Blackpool, and the national estimate."""
ACCESS = Fraction(1, 3)
"""Of families in need, how many at most seek help before the second birthday."""
NEEDS = (Fraction(2, 5), Fraction(1, 2), Fraction(3, 5))
ACCESSES = (Fraction(1, 10), Fraction(1, 5), Fraction(1, 3))
"""What the table of assumptions goes through."""
CONTACTS_FOR_EACH, CONTACTS_A_YEAR = 12, 380
"""Contacts that a family has, and that a full-time practitioner can have in a year: a planning figure."""


@dataclass(frozen=True)
class Need:
    """What is expected of so many births."""

    births: int
    need_share: Fraction = LOCAL_NEED
    access: Fraction = ACCESS

    @property
    def in_need(self) -> Fraction:
        return self.births * self.need_share

    @property
    def expected(self) -> Fraction:
        """By the second birthday."""
        return self.in_need * self.access

    @property
    def later(self) -> Fraction:
        return self.in_need - self.expected

    @property
    def posts(self) -> Fraction:
        """Full-time practitioners whom the expected families keep busy."""
        return self.expected * CONTACTS_FOR_EACH / CONTACTS_A_YEAR

    def reach(self, accepted: int) -> Fraction:
        """Of those expected, how many were accepted, in per cent."""
        return Fraction(100 * accepted) / self.expected

    def reach_of_need(self, accepted: int) -> Fraction:
        """Of those in need, in per cent."""
        return Fraction(100 * accepted) / self.in_need


def sensitivity(births: int) -> list[Need]:
    """Every pair of assumptions, by how many are in need and then by how many seek help."""
    return [Need(births, share, access) for share in NEEDS for access in ACCESSES]


def rounded(value: Fraction) -> int:
    """To a whole number, halves up."""
    return int(value + Fraction(1, 2))
