"""Where forms about the plan are opened, and what such a form is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.referral.people.queries.family_banner import EpisodeLine
from services.referral.people.web.family_page import episode_of, in_family, open_episode_of
from services.referral.people.web.people_place import PeoplePlace, people_of
from services.referral.people.web.people_words import ASKS
from services.referral.staff.domain.still_open import OpenThing
from services.referral.staff.queries.practitioner_list import practitioner_list
from services.referral.staff.queries.still_open import still_open
from services.referral.staff.web.access import STAFF
from services.referral.support.queries.plan_record import PlanRecord, plan_record
from shared.kernel.errors import NotFound
from shared.staff.answer_words import Ask, Offered
from shared.staff.colleagues import Colleague
from shared.staff.form_page import AForm, Site, Work
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PlanPlace(PeoplePlace):
    """The work with a family: what goes on, else the last."""

    plan: PlanRecord
    episode: EpisodeLine
    practitioners: Sequence[Colleague]
    actor_id: UUID
    still_open: Sequence[OpenThing]

    @property
    def living(self) -> list[Offered]:
        """Everyone of the family, as someone chooses them."""
        members = [one for one in self.record.family.members if not one.person.is_lost]
        return [Offered(str(one.person.id), self.record.name(one.person.id)) for one in members]


@dataclass(frozen=True)
class PlanEntry(PlanPlace):
    """Opened for one goal or intervention."""

    id: UUID


async def read_plan(work: UnitOfWork, family_id: UUID) -> PlanPlace:
    people = await people_of(work, family_id, "plan.read")
    episode = episode_of(people.banner)
    return PlanPlace(
        **vars(people),
        plan=await plan_record(work, episode.episode_id, work.now),
        episode=episode,
        practitioners=await practitioner_list(work.session),
        actor_id=work.actor.id,
        still_open=await still_open(work, family_id),
    )


async def read_entry(work: UnitOfWork, family_id: UUID, subject_id: UUID) -> PlanEntry:
    plan = await read_plan(work, family_id)
    return PlanEntry(**vars(plan), id=subject_id)


def no_entry() -> NotFound:
    return NotFound("plan_entry", "This family has no such entry. Look at the family's plan.")


PLAN = Site(read_plan, in_family("plan", "/plan"))
ENTRY = Site(read_entry, in_family("plan", "/plan"))


@dataclass(frozen=True, kw_only=True)
class PlanScreen(Screen[PlanPlace, AForm, Work]):
    """A form about the work with a family."""

    may: Any = STAFF
    site: Site[PlanPlace] = PLAN
    needs: Callable[[PlanPlace], object] = lambda place: open_episode_of(place.banner)

    def asks_on(self, place: PlanPlace) -> Mapping[str, Ask]:
        return {**ASKS, **super().asks_on(place)}


@dataclass(frozen=True, kw_only=True)
class EntryScreen(Screen[PlanEntry, AForm]):
    """A form about one goal or intervention."""

    may: Any = STAFF
    site: Site[PlanEntry] = ENTRY
    needs: Callable[[PlanEntry], object] = lambda place: open_episode_of(place.banner)
