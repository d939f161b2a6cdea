"""Births in a year, by team: what need is reckoned from. Source: reference 1.7 and 3.3.

Only Blackpool's number is the strategy's. The others are of the right size and no more, and every page says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Births:
    """Live births of a year to mothers who live there."""

    number: int
    source: str


_NOT_VERIFIED = "about; for demonstrations, not verified"

BIRTHS: Mapping[str, Births] = {
    "blackpool": Births(1480, "the strategy, for Blackpool CCG"),
    "blackburn-with-darwen": Births(1900, _NOT_VERIFIED),
    "lancaster": Births(1250, _NOT_VERIFIED),
    "preston": Births(1750, _NOT_VERIFIED),
    "south-cumbria": Births(1100, _NOT_VERIFIED),
    "liverpool": Births(5200, _NOT_VERIFIED),
    "warrington": Births(1900, _NOT_VERIFIED),
    "cheshire-west-and-chester": Births(3000, _NOT_VERIFIED),
}
