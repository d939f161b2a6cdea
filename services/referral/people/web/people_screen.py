"""A form about a family's people: how it is reached, and the usual words of its questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.referral.people.web.people_place import ONE, PEOPLE, OneOfTheFamily, PeoplePlace
from services.referral.people.web.people_words import ASKS
from services.referral.staff.web.access import STAFF
from shared.staff.answer_words import Ask
from shared.staff.form_page import AForm, Site
from shared.staff.screen import Screen


@dataclass(frozen=True, kw_only=True)
class PeopleScreen(Screen[PeoplePlace, AForm]):
    """About the whole family."""

    may: Any = STAFF
    site: Site[PeoplePlace] = PEOPLE

    def asks_on(self, place: PeoplePlace) -> Mapping[str, Ask]:
        return {**ASKS, **super().asks_on(place)}


@dataclass(frozen=True, kw_only=True)
class PersonScreen(Screen[OneOfTheFamily, AForm]):
    """About one person, dyad, flag or consent of it."""

    may: Any = STAFF
    site: Site[OneOfTheFamily] = ONE

    def asks_on(self, place: OneOfTheFamily) -> Mapping[str, Ask]:
        return {**ASKS, **super().asks_on(place)}
