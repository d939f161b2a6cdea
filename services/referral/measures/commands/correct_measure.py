"""Correct a measure that was entered wrongly: the new entry takes its place, and the old one stays on record."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.referral.measures.commands.keep_measure import KeepMeasure, keep_measure
from services.referral.measures.commands.tell_change import TellChange, tell_change
from services.referral.measures.database.measures import Measures, Stored
from services.referral.measures.domain.administration import (
    Administration,
    Correction,
    MeasureEntry,
    check_entry,
    score_entry,
)
from services.referral.people.database.families import Families
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from services.referral.support.database.episodes import Episodes
from services.referral.team.database.team_work import TeamWork
from shared.kernel.errors import Conflict, RuleBroken


@dataclass(frozen=True)
class CorrectMeasure:
    administration_id: UUID
    """Of the new entry."""
    supersedes: UUID
    """The entry on the page that the actor corrected."""
    entry: MeasureEntry
    reason: str
    """Why, in the team's own words."""


async def correct_measure(command: CorrectMeasure, work: TeamWork) -> None:
    """Store the new entry, and publish what it says.

    Raises:
        NotFound: this team has no such measure, or nobody in the family has that id.
        NotAllowed: the actor does not work in the team.
        Conflict: it was corrected after the page was opened.
        RuleBroken: an answer, a day or a person cannot be right, or nobody says why.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    before = await Measures(work).get_to_correct(command.supersedes)
    check_stands(before)
    check_reason(command.reason)
    episode = await Episodes(work).get_to_change(before.episode_id)
    family = await Families(work).get(before.family_id)
    entry = replace(command.entry, contact_id=before.contact_id, request_id=before.request_id)
    entry = check_entry(entry, family, episode.opened_on, work.today)
    correction = Correction(before.id, before.first_id, command.reason)
    given = Administration(command.administration_id, family.id, episode.id, entry, score_entry(entry), correction)
    await keep_measure(KeepMeasure(given, episode), work)
    if before.series != given.taken.series:
        await tell_change(TellChange(episode.id, before.series, entry.definition), work)


def check_stands(before: Stored) -> None:
    """Raises Conflict when something took its place already."""
    if before.is_superseded or before.withdrawn:
        raise Conflict(
            "measure_corrected",
            "Someone corrected this measure while you had the page open. Nothing that you entered was saved.",
        )


def check_reason(reason: str) -> None:
    """Raises RuleBroken when nobody could learn why."""
    if not reason.strip():
        raise RuleBroken("measure_reason", "Write why it is corrected.", field="reason")
