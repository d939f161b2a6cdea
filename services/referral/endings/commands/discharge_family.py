"""Discharge with a family: the support, the interventions and the appointments end in the same moment."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.contacts.commands.cancel_appointment import CancelAppointment, cancel_appointment
from services.referral.staff.commands.settle_open_work import SettleOpenWork, settle_open_work
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_SUPPORT
from services.referral.staff.domain.still_open import NOTHING_SAID, Settling, safety_in
from services.referral.staff.queries.still_open import still_open
from services.referral.support.commands.tell_rereferrals import TellRereferrals, tell_rereferrals
from services.referral.support.database.endings import Endings
from services.referral.support.database.episodes import Decided, Episodes
from services.referral.support.database.plans import Plans
from services.referral.support.database.progress import booked_appointments, read_end_of_work
from services.referral.support.domain.clinical_rule import check_seen
from services.referral.support.domain.ending import DEATHS, Discharge, DischargeDetails
from services.referral.support.domain.plan import ending_of
from services.referral.team.database.team_work import TeamWork
from shared.contracts.pathway_codes import Attendance
from shared.contracts.vocabulary import FamilyAgreement
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class DischargeFamily:
    episode_id: UUID
    seen: int
    """Version of the episode on the page."""
    told: FamilyAgreement
    details: DischargeDetails
    settling: Settling = NOTHING_SAID
    """What becomes of all that is still open."""


async def discharge_family(command: DischargeFamily, work: TeamWork) -> None:
    """Publish TierChanged and EpisodeDischarged, and what ends with them. Appointments are cancelled by the team.

    Raises:
        NotFound: this team has no such episode.
        NotAllowed: the actor may not end the work in this way.
        Conflict: it ended, or was changed, after the page was opened.
        RuleBroken: something that this ending needs is not written, or something about safety is open and nobody's;
            after a death nothing else that is open is asked about.
    """
    CAPABILITIES.check(work.actor.roles, RECORD_SUPPORT)
    await _settle(command, work)
    await _end_strands(command.episode_id, work)
    await _cancel_appointments(command.episode_id, work)
    episodes = Episodes(work)
    episode = await episodes.get_to_change(command.episode_id)
    check_seen(episode.version, command.seen)
    end_of_work = await read_end_of_work(work, episode.id, work.now)
    move, tier_changed, discharged = episode.discharge(
        command.details, command.told, end_of_work, work.actor.roles, work.today
    )
    work.publish(tier_changed, about=episode)
    await episodes.save(episode, move, Decided(work.actor.id, work.now))
    work.publish(discharged, about=episode)
    await episodes.save_review(episode)
    await Endings(work).add_discharge(Discharge(new_id(), episode.id, command.details), work)
    await tell_rereferrals(TellRereferrals(frozenset({episode.family_id})), work)
    work.record("family.discharge", episode.family_id)


async def _settle(command: DischargeFamily, work: TeamWork) -> None:
    family_id = (await Episodes(work).get(command.episode_id)).family_id
    things = await still_open(work, family_id)
    asked = safety_in(things) if command.details.ending in DEATHS else things
    await settle_open_work(SettleOpenWork(frozenset({family_id}), asked, command.settling), work)


async def _end_strands(episode_id: UUID, work: UnitOfWork) -> None:
    plans = Plans(work)
    for strand in await plans.open_strands_to_change(episode_id):
        sessions = await plans.sessions_held(strand.id)
        ending = ending_of(strand, sessions)
        ended = strand.end(ending, sessions, work.actor.roles, work.today, seen=strand.version)
        work.publish(ended, about=strand)
        await plans.save_strand(strand)


async def _cancel_appointments(episode_id: UUID, work: TeamWork) -> None:
    for contact_id, version in await booked_appointments(work, episode_id, work.now):
        command = CancelAppointment(contact_id, episode_id, version, Attendance.CANCELLED_BY_SERVICE)
        await cancel_appointment(command, work)
