"""What belongs to one invented person or family only, given out once: telephone numbers, postcodes, names.

The numbers are those that Ofcom keeps free for drama, and no district of the postcodes exists: all belong to nobody.
"""

import random
from collections.abc import Iterator, Sequence
from itertools import chain

from services.referral.demonstration.words import STAFF
from shared.kernel.nhs_number import check_digit

_OUTWARD = {"blackpool": "FY0", "lancaster": "LA0"}
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""Of the second half of a postcode."""
_OF_STAFF = 200
"""Their numbers are 01632 960 200 and on."""
MOBILE, LANDLINES = "07700 900{:03d}", ("0161 496 0{:03d}", "0151 496 0{:03d}", "0113 496 0{:03d}", "0191 498 0{:03d}")
_OF_STORIES = 200
"""Mobile numbers below are for families whose story is told."""


def phone_of(professional: str) -> str:
    """The one at work, of someone in `STAFF`."""
    return f"01632 960{_OF_STAFF + STAFF.index(professional):03d}"


class FamilyRegister:
    """One team's.

    Args:
        taken: numbers and postcodes that someone has already.
    """

    def __init__(self, team: str, taken: frozenset[str] = frozenset()) -> None:
        chance = random.Random(f"register {team}")  # noqa: S311 - it is to be predictable
        mobiles = [MOBILE.format(number) for number in range(_OF_STORIES, 1000)]
        landlines = [kind.format(number) for kind in LANDLINES for number in range(1000)]
        self._phones = _free(chain(_mixed(chance, mobiles), _mixed(chance, landlines)), taken)
        self._postcodes = _free(_postcodes(chance, _OUTWARD.get(team, "FY0")), taken)
        self._names = set[str]()

    def phone(self) -> str:
        return next(self._phones)

    def postcode(self) -> str:
        return next(self._postcodes)

    def name(self, chance: random.Random, first: Sequence[str], last: str) -> str:
        """With that last name; of a whole name that someone has, a second first name is part."""
        name = f"{chance.choice(first)} {last}"
        while name in self._names:
            name = f"{chance.choice(first)} {chance.choice(first)} {last}"
        self._names.add(name)
        return name

    def nhs_number(self, chance: random.Random) -> str:
        """Of the range that is never given to anyone, with its right check digit."""
        while True:
            nine = f"999{chance.randrange(1_000_000):06d}"
            if (tenth := check_digit(nine)) is not None and len(set(nine)) > 1 and nine not in self._names:
                self._names.add(nine)
                return f"{nine}{tenth}"


def _free(all_of_them: Iterator[str], taken: frozenset[str]) -> Iterator[str]:
    return (one for one in all_of_them if one not in taken)


def _mixed(chance: random.Random, several: list[str]) -> list[str]:
    return chance.sample(several, len(several))


def _postcodes(chance: random.Random, outward: str) -> Iterator[str]:
    ends = [f"{number}{first}{second}" for number in range(1, 10) for first in _LETTERS for second in _LETTERS]
    return (f"{outward} {end}" for end in _mixed(chance, ends))
