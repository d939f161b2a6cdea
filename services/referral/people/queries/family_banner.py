"""Whose record is this? What stands at the head of every page of a family."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.referral.people.database.families import family_not_found
from services.referral.people.database.safety_sources import read_open_safety
from services.referral.people.domain.access_need import Language
from services.referral.people.domain.age import age_in_words, corrected_age_in_words
from services.referral.people.domain.family import MemberKind, shown_name
from services.referral.people.domain.legal_status import CareStatus
from services.referral.people.domain.merged_record import MergedRecord
from services.referral.people.domain.open_safety import OpenSafety
from services.referral.people.domain.people import NoOtherCaregiver, Relationship
from services.referral.people.domain.person import LEFT_THE_FAMILY, Gender, told_apart
from services.referral.people.domain.safe_contact import may_call
from services.referral.people.domain.safety_flag import CONTACT_FLAGS, FlagKind
from services.referral.people.domain.subject import Baby, Unborn
from services.referral.people.domain.support import Support
from services.referral.people.queries.banner_statements import EPISODES, FLAGS, NEEDS, PEOPLE, THE_FAMILY
from services.referral.staff.database.record_access import check_family
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from shared.contracts.pathway_codes import Venue
from shared.database.mapping import read_row
from shared.unit_of_work import UnitOfWork

_NOT_A_MOTHER = frozenset({Gender.MALE, Gender.NON_BINARY, Gender.OTHER})
_NOT_ASKED = frozenset({NoOtherCaregiver.NOT_ASKED, NoOtherCaregiver.NOT_KNOWN})


@dataclass(frozen=True)
class MemberLine:
    """One person of the family."""

    person_id: UUID
    kind: MemberKind
    name: str | None
    born_on: date | None
    due_on: date | None
    birth_order: int | None
    """1, 2 … for twins and more; None for a single baby."""
    nhs_number: str | None
    died_on: date | None
    is_lost: bool
    """Died, or was not born alive."""
    age: str
    """In words, today; empty when no date is known."""
    days_of_pregnancy: int | None = None
    """At birth; None: not known, or not born."""
    relationship: Relationship | None = None
    """Of a carer, to the baby."""
    gender: Gender | None = None
    corrected_age: str | None = None
    """Counted from the due date, of a baby who was born before 37 weeks."""
    legal_status: CareStatus | None = None
    """None: nobody asked."""
    interpreter: Language | None = None
    needs: Sequence[str] = ()
    """What else they need so that they can take part, in the words that were recorded."""
    phone: str | None = None
    may_call: bool = True
    """Their number may be dialled with one press."""
    contact_unsafe: bool = False
    """By what is noted of them, or of them and a baby."""
    contact_note: str = ""
    """What to mind when someone calls, texts or writes."""
    has_namesake: bool = False
    """A baby of another family has the same name and nearly the same date of birth."""

    @property
    def is_to_baby(self) -> str:
        """What a carer is to the baby, beside their name; empty where nobody said."""
        if self.relationship is Relationship.BIRTH_PARENT and self.gender not in _NOT_A_MOTHER:
            return "mother"
        return self.relationship.in_short if self.relationship else ""

    @property
    def shown_name(self) -> str:
        """Never empty."""
        return shown_name(self.name, self.birth_order)


@dataclass(frozen=True)
class FlagLine:
    """One safety flag that counts."""

    flag_id: UUID
    kind: FlagKind
    about: str
    """Whom; empty: the whole family."""
    source: str
    review_on: date
    is_overdue: bool
    """Its review date has passed."""


@dataclass(frozen=True)
class EpisodeLine:
    """One piece of work with the family."""

    episode_id: UUID
    version: int
    referral_id: UUID
    reference: str
    opened_on: date
    ended_on: date | None
    support: Support
    review_on: date | None
    lead_id: UUID | None
    lead_name: str | None
    no_other_caregiver: NoOtherCaregiver | None
    """Why the referral names no second carer; None: it names one."""
    says_more: bool
    """Another system sent what stands on the referral's own page alone, such as alerts and consent."""
    paused_since: date | None
    visit_id: UUID | None
    """The next appointment."""
    visit_at: datetime | None
    """UTC."""
    venue: Venue | None
    """Where it is."""


@dataclass(frozen=True)
class FamilyBanner:
    """The people of a family, and the work with them."""

    family_id: UUID
    version: int
    restricted: bool
    messages_stopped_at: datetime | None
    """When a loss stopped every message; UTC."""
    members: Sequence[MemberLine]
    episodes: Sequence[EpisodeLine]
    """The newest first."""
    safety: OpenSafety
    may_record: bool
    """The reader works with families: what they do here, others ask for."""
    entries: int = 0
    """Of the timeline."""
    sessions: int = 0
    """With those that are booked."""
    flags: Sequence[FlagLine] = ()

    @property
    def contact_rules(self) -> list[str]:
        """What to mind before anyone calls, visits or writes to this family."""
        kinds = {flag.kind for flag in self.flags}
        return [kind.label for kind in FlagKind if kind in kinds & CONTACT_FLAGS]

    @property
    def babies(self) -> list[MemberLine]:
        return [member for member in self.members if member.kind is MemberKind.BABY]

    @property
    def carers(self) -> list[MemberLine]:
        return [member for member in self.members if member.kind is MemberKind.CARER]

    @property
    def lacks_other_carer(self) -> bool:
        """One carer is on record, and nobody has asked whether there is a dad or someone else."""
        return (
            len(self.carers) == 1
            and self.open_episode is not None
            and self.open_episode.no_other_caregiver in _NOT_ASKED
        )

    @property
    def heading(self) -> str:
        """The record is titled by its babies."""
        return " and ".join(baby.shown_name for baby in self.babies) or "Family without a baby on record"

    def name(self, person_id: UUID) -> str:
        """As it is shown, with the birth order of twins; of someone who left: `Someone who left the family`."""
        found = next((one for one in self.members if one.person_id == person_id), None)
        return told_apart(found.name, found.birth_order) if found else LEFT_THE_FAMILY

    @property
    def is_bereaved(self) -> bool:
        """No baby of the family lives, or is to come."""
        return bool(self.babies) and all(baby.is_lost for baby in self.babies)

    @property
    def is_multiple(self) -> bool:
        """Twins or more: a page must say which baby it means."""
        return len(self.babies) > 1

    @property
    def says_more(self) -> bool:
        """A referral of theirs has words that another system sent."""
        return any(one.says_more for one in self.episodes)

    @property
    def episode(self) -> EpisodeLine | None:
        """The newest episode, open or ended; None for a family that was never accepted."""
        return self.episodes[0] if self.episodes else None

    @property
    def open_episode(self) -> EpisodeLine | None:
        """The one that goes on; a family has at most one."""
        return next((one for one in self.episodes if one.ended_on is None), None)


async def family_banner(work: UnitOfWork, family_id: UUID, today: date) -> FamilyBanner:
    """Five statements, however many people, flags or episodes.

    Raises:
        NotFound: this team has no such family.
        MergedRecord: it is part of another family's record now.
        RestrictedRecord: only named colleagues may see it, and the actor is none of them.
    """
    of = {"banner_of": family_id}
    row = (await work.session.execute(THE_FAMILY, of)).one_or_none()
    if row is None:
        raise family_not_found()
    if row.merged_into is not None:
        raise MergedRecord(family_id, row.merged_into)
    await check_family(work, family_id)
    people = await work.session.execute(PEOPLE, of)
    flags = await work.session.execute(FLAGS, of)
    episodes = await work.session.execute(EPISODES, {**of, "now": work.now, "today": today})
    lines = [read_row(EpisodeLine, one, episode_id=one.id) for one in episodes]
    work.seen.update(line.episode_id for line in lines)
    return read_row(
        FamilyBanner,
        row,
        family_id=family_id,
        members=[_member(one, today, says_more=any(line.says_more for line in lines)) for one in people],
        episodes=lines,
        safety=await read_open_safety(work, family_id, row.safety_asked_on),
        may_record=CAPABILITIES.holds(work.actor.roles, RECORD_CONTACT),
        flags=[_flag(one, today) for one in flags],
    )


def _flag(one: Any, today: date) -> FlagLine:
    about = shown_name(one.name, one.birth_order) if one.person_id else ""
    return read_row(FlagLine, one, flag_id=one.id, about=about, is_overdue=one.review_on < today)


def _member(one: Any, today: date, *, says_more: bool) -> MemberLine:
    is_lost = one.died_on is not None or one.pregnancy_outcome not in (None, "live_birth")
    subject = Baby("", one.born_on) if one.born_on else Unborn(one.due_on) if one.due_on else None
    corrected = None if one.born_on is None else corrected_age_in_words(one.born_on, one.days_of_pregnancy, today)
    return read_row(
        MemberLine,
        one,
        person_id=one.id,
        is_lost=is_lost,
        needs=[words for name in NEEDS if (words := getattr(one, name))],
        may_call=may_call(one.contact_method, says_more=says_more),
        contact_unsafe=one.is_unsafe,
        age="" if subject is None or is_lost else age_in_words(subject, today),
        corrected_age=corrected,
    )
