"""Where a form about the plan was opened, and what such a form is: as those of a family's people, with more to show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.referral.people.queries.family_banner import EpisodeLine
from services.referral.people.web.people_screen import Choice, Place, Screen
from services.referral.people.web.people_words import Ask
from services.referral.staff.database.colleagues import Practitioner
from services.referral.support.queries.plan_record import PlanRecord
from shared.kernel.errors import NotFound

Words = list[tuple[str, str]]
"""Question and answer."""

HIDDEN = frozenset({"version", "goal_id", "review_id"})
"""Questions that a page asks without showing them."""


@dataclass(frozen=True)
class PlanPlace(Place):
    """A family whose work goes on, or has ended."""

    plan: PlanRecord
    episode: EpisodeLine
    practitioners: Sequence[Practitioner]
    actor_id: UUID


def _nothing(place: Place) -> Words:  # noqa: ARG001
    return []


@dataclass(frozen=True)
class PlanScreen(Screen):
    """One form about the work with a family."""

    stored: Callable[[Place], Words] = _nothing
    """What somebody else stored meanwhile, for the page that shows both versions."""
    needs_open_work: bool = True


def at(place: Place) -> PlanPlace:
    """The place as a form about the plan knows it."""
    assert isinstance(place, PlanPlace)  # noqa: S101 - the pages of the plan open no other
    return place


def people(place: Place) -> list[Choice]:
    """Everybody of the family, as somebody chooses them."""
    members = place.record.family.members
    return [Choice(str(one.person.id), place.record.name(one.person.id)) for one in members if not one.person.is_lost]


def colleagues(place: Place) -> list[Choice]:
    return [Choice(one.value, one.label) for one in at(place).practitioners]


def asks(words: Mapping[str, Ask]) -> Callable[[Place], Mapping[str, Ask]]:
    """The words of a form's questions, wherever it is opened."""
    return lambda _place: {**{name: Ask(name) for name in HIDDEN}, **words}


def no_entry() -> NotFound:
    return NotFound("plan_entry", "This family has no such entry. Look at the family's plan.")
