"""Forms about reviews, pauses, who leads, the hand-over, and how the work ends."""

from collections.abc import Mapping
from dataclasses import asdict

from services.referral.endings.commands.complete_hand_over import CompleteHandOver, complete_hand_over
from services.referral.endings.commands.discharge_family import DischargeFamily, discharge_family
from services.referral.endings.commands.plan_hand_over import PlanHandOver, plan_hand_over
from services.referral.endings.commands.undo_discharge import UndoDischarge, undo_discharge
from services.referral.endings.web.forms import ending as forms
from services.referral.people.web.forms.person import ConfirmForm
from services.referral.people.web.people_screen import Place, Values
from services.referral.people.web.people_words import DAY, Ask
from services.referral.support.commands.assign_lead import AssignLead, assign_lead
from services.referral.support.commands.hold_review import HoldReview, hold_review
from services.referral.support.commands.pause_episode import PauseEpisode, pause_episode
from services.referral.support.commands.resume_episode import ResumeEpisode, resume_episode
from services.referral.support.domain.review import suggested_review
from services.referral.support.web.plan_place import PlanScreen, Words, asks, at, colleagues
from services.referral.support.web.plan_screens import VOICE
from services.referral.team.database.team_work import TeamWork
from shared.kernel.calendar import date_words, moment_words
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Form


def _support_now(place: Place) -> Words:
    here = at(place)
    reviews = here.plan.reviews
    return [
        ("Support", here.episode.support.in_words()),
        ("Next review", date_words(here.episode.review_on) if here.episode.review_on else "None"),
        ("Last review", date_words(reviews[0].held_on) if reviews else "None"),
        ("Work ended", date_words(here.episode.ended_on) if here.episode.ended_on else "No"),
    ]


async def _review(form: forms.ReviewForm, place: Place, work: UnitOfWork) -> None:
    await hold_review(HoldReview(form.version, form.review(at(place).episode.episode_id)), work)


def _known_review(place: Place) -> Values:
    episode = at(place).episode
    return {
        "version": episode.version,
        "review_id": new_id(),
        "held_on": place.today,
        "next_review_on": suggested_review(episode.support, place.today),
    }


async def _pause(form: forms.PauseForm, place: Place, work: UnitOfWork) -> None:
    await pause_episode(PauseEpisode(at(place).episode.episode_id, form.reason, form.paused_on, form.note or ""), work)


async def _resume(form: forms.ResumeForm, place: Place, work: UnitOfWork) -> None:
    await resume_episode(ResumeEpisode(at(place).episode.episode_id, form.resumed_on), work)


def _pauses_now(place: Place) -> Words:
    return [
        (
            one.reason.label,
            f"From {date_words(one.started_on)} to {date_words(one.ended_on) if one.ended_on else 'now'}",
        )
        for one in at(place).plan.pauses
    ]


async def _lead(form: forms.LeadForm, place: Place, work: UnitOfWork) -> None:
    await assign_lead(AssignLead(at(place).episode.episode_id, form.lead_id), work)


def _known_lead(place: Place) -> Values:
    episode = at(place).episode
    return {"lead_id": episode.lead_id or at(place).actor_id}


async def _hand_over(form: forms.HandOverForm, place: Place, work: UnitOfWork) -> None:
    await plan_hand_over(PlanHandOver(at(place).episode.episode_id, form.version, form.details), work)


def _known_hand_over(place: Place) -> Values:
    if (line := at(place).plan.hand_over) is None:
        return {"version": 0}
    return {name: value for name, value in asdict(line).items() if name != "completed_on"}


async def _complete_hand_over(_form: ConfirmForm, place: Place, work: UnitOfWork) -> None:
    await complete_hand_over(CompleteHandOver(at(place).episode.episode_id), work)


def _discharge_form(place: Place) -> type[Form]:
    """After the death of every baby, nothing is asked but the day."""
    babies = place.record.family.babies
    return forms.LossForm if babies and all(baby.is_lost for baby in babies) else forms.DischargeForm


async def _discharge(form: forms.DischargeForm | forms.LossForm, place: Place, work: TeamWork) -> None:
    await discharge_family(DischargeFamily(at(place).episode.episode_id, form.version, form.told, form.details), work)


def _known_discharge(place: Place) -> Values:
    known: Values = {"version": at(place).episode.version, "ended_on": place.today}
    if _discharge_form(place) is forms.LossForm:
        known["ending"] = forms.LossEnding.BABY_DIED
    return known


def _what_ends(place: Place) -> str:
    """What is cancelled and ended with the work, so that nothing happens silently."""
    here = at(place)
    strands = [line.strand.details.intervention.label for line in here.plan.strands if line.strand.ended_on is None]
    booked = [moment_words(one) for one in here.plan.booked]
    ends = f" These interventions end: {'; '.join(strands)}." if strands else ""
    cancelled = f" These appointments are cancelled by us: {'; '.join(booked)}." if booked else ""
    return f"The support ends with the work.{ends}{cancelled}"


async def _undo(form: forms.UndoDischargeForm, place: Place, work: UnitOfWork) -> None:
    await undo_discharge(UndoDischarge(at(place).episode.episode_id, form.reason), work)


ENDING_SCREENS: Mapping[str, PlanScreen] = {
    "review": PlanScreen(
        "Review",
        lambda _: forms.ReviewForm,
        _review,
        "The review is stored.",
        known=_known_review,
        asks=asks(
            {
                "held_on": Ask("Held on", DAY),
                "infant_voice": VOICE,
                "family_view": Ask("What the parents or carers think of how it goes"),
                "decision": Ask("How it goes on, and why"),
                "next_review_on": Ask("Next review", "Usual after 12 weeks, after 6 with risk support"),
            }
        ),
        intro=("This confirms the support as it is. To change it, store the review and then change the support.",),
        intro_of=lambda place: f"Support now: {at(place).episode.support.in_words()}.",
        stored=_support_now,
    ),
    "pause": PlanScreen(
        "Pause the work",
        lambda _: forms.PauseForm,
        _pause,
        "The work is paused.",
        button="Pause the work",
        known=lambda place: {"paused_on": place.today},
        asks=asks(
            {
                "reason": Ask("Why"),
                "paused_on": Ask("From", DAY),
                "note": Ask("Note", "This stays in the team"),
            }
        ),
        intro=("The wait is always shown with paused days too.",),
        stored=_pauses_now,
    ),
    "resume": PlanScreen(
        "Go on with the work",
        lambda _: forms.ResumeForm,
        _resume,
        "The work goes on.",
        button="Go on",
        known=lambda place: {"resumed_on": place.today},
        asks=asks({"resumed_on": Ask("From", DAY)}),
        stored=_pauses_now,
    ),
    "lead": PlanScreen(
        "Who leads the work",
        lambda _: forms.LeadForm,
        _lead,
        "It is stored who leads the work.",
        known=_known_lead,
        choices=lambda place: {"lead_id": colleagues(place)},
        asks=asks({"lead_id": Ask("Practitioner", "Specialist support is led by a therapist")}),
    ),
    "hand-over": PlanScreen(
        "Plan the hand-over",
        lambda _: forms.HandOverForm,
        _hand_over,
        "The hand-over is planned.",
        known=_known_hand_over,
        asks=asks(
            {
                "planned_for": Ask("When", DAY),
                "service": Ask("Which service takes over"),
                "needs_to_know": Ask("What it needs to know", "So that the family tells its story once"),
                "family_view": Ask("What the family thinks of it"),
            }
        ),
        intro=("A hand-over is planned from 18 months, well before the second birthday.",),
    ),
    "hand-over-complete": PlanScreen(
        "Complete the hand-over",
        lambda _: ConfirmForm,
        _complete_hand_over,
        "The hand-over is complete.",
        button="The other service has taken over",
        intro=("Save this when the other service has met the family or confirmed that it takes over.",),
    ),
    "discharge": PlanScreen(
        "End the work",
        _discharge_form,
        _discharge,
        "The work with this family has ended.",
        button="End the work",
        known=_known_discharge,
        asks=asks(
            {
                "ended_on": Ask("Ended on", DAY),
                "ending": Ask("How it ended"),
                "family_agreement": Ask("Was the family told?"),
                "what_changed": Ask("What has changed for the family"),
                "infant_voice": Ask("What the baby shows now", VOICE.hint),
                "onward": Ask("What goes on, and to whom they can turn"),
                "quote": Ask("In their own words", "Shown outside the team only with their consent, under People"),
                "without_measures": Ask(
                    "If there is no measure from both start and end: why", "Leave this out when there is a pair"
                ),
                "target_team": Ask("Which team, if they go to another one"),
                "family_was_tried": Ask(
                    "If they stopped coming: how you tried to reach them", "The team lead ends the work in this case"
                ),
                "others_were_told": Ask("If they stopped coming: whom you told", "The referrer, the health visitor"),
                "safeguarding_considered": Ask("If they stopped coming: what you considered about safeguarding"),
            }
        ),
        intro_of=_what_ends,
        stored=_support_now,
    ),
    "undo-discharge": PlanScreen(
        "Undo the discharge",
        lambda _: forms.UndoDischargeForm,
        _undo,
        "The discharge is undone. The work goes on.",
        button="Undo the discharge",
        asks=asks({"reason": Ask("Why the work goes on", "This stays in the team")}),
        intro=(
            "The same work goes on with the support that the family had.",
            "Interventions and appointments that ended with it are agreed and booked again.",
        ),
        needs_open_work=False,
        stored=_support_now,
    ),
}
"""By the last part of the address."""
