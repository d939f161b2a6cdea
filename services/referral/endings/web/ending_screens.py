"""Forms about reviews, pauses, who leads, the hand-over, and how the work ends."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from services.referral.endings.commands.complete_hand_over import CompleteHandOver, complete_hand_over
from services.referral.endings.commands.discharge_family import DischargeFamily, discharge_family
from services.referral.endings.commands.plan_hand_over import PlanHandOver, plan_hand_over
from services.referral.endings.commands.undo_discharge import UndoDischarge, undo_discharge
from services.referral.endings.web.forms import ending as forms
from services.referral.people.web.people_words import DAY
from services.referral.staff.domain.capabilities import LEAD_WORK, RECORD_SUPPORT
from services.referral.staff.web.forms.settling import SETTLING_ASKS, WHEN_OPEN, SettlingForm, not_asked
from services.referral.support.commands.assign_lead import AssignLead, assign_lead
from services.referral.support.commands.hold_review import HoldReview, hold_review
from services.referral.support.commands.pause_episode import PauseEpisode, pause_episode
from services.referral.support.commands.resume_episode import ResumeEpisode, resume_episode
from services.referral.support.domain.review import suggested_review
from services.referral.support.domain.tier import ends_support
from services.referral.support.web.plan_place import PlanPlace, PlanScreen
from services.referral.support.web.plan_screens import VOICE
from shared.kernel.calendar import date_words, moment_words
from shared.kernel.capability import Capability
from shared.staff.answer_words import Ask, Choice, Values, Words
from shared.staff.does import does
from shared.staff.screen import Zone


def _support_now(place: PlanPlace) -> Words:
    reviews = place.plan.reviews
    return [
        ("Support", place.episode.support.in_words()),
        ("Next review", date_words(place.episode.review_on) if place.episode.review_on else "None"),
        ("Last review", date_words(reviews[0].held_on) if reviews else "None"),
        ("Work ended", date_words(place.episode.ended_on) if place.episode.ended_on else "No"),
    ]


def _known_review(place: PlanPlace) -> Values:
    episode = place.episode
    return {
        "version": episode.version,
        "held_on": place.today,
        "next_review_on": suggested_review(episode.support, place.today),
    }


def _pauses_now(place: PlanPlace) -> Words:
    return [
        (
            one.reason.label,
            f"From {date_words(one.started_on)} to {date_words(one.ended_on) if one.ended_on else 'now'}",
        )
        for one in place.plan.pauses
    ]


def _known_lead(place: PlanPlace) -> Values:
    episode = place.episode
    return {"lead_id": episode.lead_id or place.actor_id}


def _known_hand_over(place: PlanPlace) -> Values:
    if (line := place.plan.hand_over) is None:
        return {"version": 0}
    return {name: value for name, value in asdict(line).items() if name != "completed_on"}


def _discharge_form(place: PlanPlace) -> type[forms.DischargeForm | forms.EndedByLossForm]:
    """After the death of every baby, nothing is asked but the day."""
    babies = place.record.family.babies
    return forms.EndedByLossForm if babies and all(baby.is_lost for baby in babies) else forms.DischargeForm


def _known_discharge(place: PlanPlace) -> Values:
    ending = forms.LossEnding.BABY_DIED if _discharge_form(place) is forms.EndedByLossForm else None
    return {"version": place.episode.version, "ended_on": place.today, "ending": ending}


def _what_ends(place: PlanPlace) -> str:
    """What is cancelled and ended with the work, so that nothing happens silently."""
    strands = [line.strand.details.intervention.label for line in place.plan.strands if line.strand.ended_on is None]
    booked = [moment_words(one) for one in place.plan.booked]
    ends = f" These interventions end: {'; '.join(strands)}." if strands else ""
    cancelled = f" These appointments are cancelled by us: {'; '.join(booked)}." if booked else ""
    return f"The support ends with the work.{ends}{cancelled}"


def _ends(place: PlanPlace) -> Capability:
    is_after_loss = _discharge_form(place) is forms.EndedByLossForm
    return RECORD_SUPPORT if is_after_loss else ends_support(place.episode.support)


def _not_asked(place: PlanPlace) -> frozenset[str]:
    """After a death only what is about someone's safety."""
    is_after_loss = _discharge_form(place) is forms.EndedByLossForm
    return not_asked(place.still_open) | ({"is_seen"} if is_after_loss else set[str]())


def _colleagues(place: PlanPlace) -> Mapping[str, Sequence[Choice]]:
    return {"safety_to": place.practitioners}


def _shown(place: PlanPlace) -> Mapping[str, Any]:
    return {"still_open": place.still_open}


ENDING_SCREENS = (
    PlanScreen(
        path="/plan/review",
        capability=RECORD_SUPPORT,
        title="Review",
        form=forms.HoldReviewForm,
        suggested=_known_review,
        asks={
            "held_on": Ask("Held on", DAY),
            "infant_voice": VOICE,
            "family_view": Ask("What the parents or carers think of how it goes"),
            "decision": Ask("How it goes on, and why"),
            "next_review_on": Ask("Next review", "Usual after 12 weeks, after 6 with risk support"),
        },
        intro=("This confirms the support as it is. To change it, store the review and then change the support.",),
        sentence=lambda place: f"Support now: {place.episode.support.in_words()}.",
        stored=_support_now,
        store=does(
            hold_review,
            lambda sent: HoldReview(sent.form.version, sent.form.review(sent.intention, sent.place.episode.episode_id)),
        ),
        done="Saved: the review.",
    ),
    PlanScreen(
        path="/plan/pause",
        capability=RECORD_SUPPORT,
        title="Pause the work",
        form=forms.PauseForm,
        suggested=lambda place: {"paused_on": place.today},
        asks={
            "reason": Ask("Why"),
            "paused_on": Ask("From", DAY),
            "note": Ask("Note", "This stays in the team"),
        },
        intro=("The wait is always shown with paused days too.",),
        stored=_pauses_now,
        store=does(
            pause_episode,
            lambda sent: PauseEpisode(
                sent.place.episode.episode_id, sent.form.reason, sent.form.paused_on, sent.form.note or ""
            ),
        ),
        button="Pause the work",
        done="The work is paused.",
    ),
    PlanScreen(
        path="/plan/resume",
        capability=RECORD_SUPPORT,
        title="Go on with the work",
        form=forms.ResumeForm,
        suggested=lambda place: {"resumed_on": place.today},
        asks={"resumed_on": Ask("From", DAY)},
        stored=_pauses_now,
        store=does(resume_episode, lambda sent: ResumeEpisode(sent.place.episode.episode_id, sent.form.resumed_on)),
        button="Go on",
        done="The work goes on.",
    ),
    PlanScreen(
        path="/plan/lead",
        capability=RECORD_SUPPORT,
        title="Who leads the work",
        form=forms.LeadForm,
        suggested=_known_lead,
        choices=lambda place: {"lead_id": place.practitioners},
        asks={"lead_id": Ask("Practitioner", "Specialist support is led by a therapist")},
        store=does(assign_lead, lambda sent: AssignLead(sent.place.episode.episode_id, sent.form.lead_id)),
        done="Saved: who leads.",
    ),
    PlanScreen(
        path="/plan/hand-over",
        capability=RECORD_SUPPORT,
        title="Plan the hand-over",
        form=forms.HandOverForm,
        suggested=_known_hand_over,
        asks={
            "planned_for": Ask("When", DAY),
            "service": Ask("Which service takes over"),
            "needs_to_know": Ask("What it needs to know", "So that the family tells its story once"),
            "family_view": Ask("What the family thinks of it"),
        },
        zones=(Zone("When and who", ("planned_for", "service")), Zone("In words", ("needs_to_know", "family_view"))),
        intro=("A hand-over is planned from 18 months, well before the second birthday.",),
        store=does(
            plan_hand_over,
            lambda sent: PlanHandOver(sent.place.episode.episode_id, sent.form.version, sent.form.details),
        ),
        done="The hand-over is planned.",
    ),
    PlanScreen(
        path="/plan/hand-over-complete",
        capability=RECORD_SUPPORT,
        title="Complete the hand-over",
        form=SettlingForm,
        asks=SETTLING_ASKS,
        choices=_colleagues,
        above=WHEN_OPEN,
        shows=_shown,
        leaves_out=lambda place: not_asked(place.still_open),
        intro=("Save this when the other service has met the family or confirmed that it takes over.",),
        store=does(
            complete_hand_over, lambda sent: CompleteHandOver(sent.place.episode.episode_id, sent.form.settling)
        ),
        button="The other service has taken over",
        done="The hand-over is complete.",
    ),
    PlanScreen(
        path="/discharge",
        capability=RECORD_SUPPORT,
        needs_more=_ends,
        title="Discharge",
        form=forms.DischargeForm,
        form_at=_discharge_form,
        suggested=_known_discharge,
        choices=_colleagues,
        above=WHEN_OPEN,
        shows=_shown,
        leaves_out=_not_asked,
        asks={
            **SETTLING_ASKS,
            "ended_on": Ask("Discharged on", DAY),
            "ending": Ask("How it ended"),
            "family_agreement": Ask("Was the family told?"),
            "what_changed": Ask("What has changed for the family"),
            "infant_voice": Ask("What the baby shows now", VOICE.hint),
            "onward": Ask("Ongoing support and who to contact"),
            "quote": Ask(
                "In their own words (optional)", "Shown outside the team only with their consent, under People"
            ),
            "without_measures": Ask(
                "Why there is no measure from both start and end", "Leave this out when there is a pair"
            ),
            "target_team": Ask("Which team"),
            "family_was_tried": Ask("How you tried to reach them", "The team lead discharges the family in this case"),
            "others_were_told": Ask("Who you told", "The referrer, the health visitor"),
            "safeguarding_considered": Ask("What you considered about safeguarding"),
        },
        zones=(
            Zone(
                "How it ended",
                (
                    *("ended_on", "ending", "target_team", "family_agreement", "without_measures"),
                    *("safety_to", "is_seen"),
                ),
            ),
            Zone(
                "In words",
                (
                    *("what_changed", "infant_voice", "family_was_tried", "others_were_told"),
                    *("safeguarding_considered", "onward", "quote"),
                ),
            ),
        ),
        sentence=_what_ends,
        stored=_support_now,
        store=does(
            discharge_family,
            lambda sent: DischargeFamily(
                sent.place.episode.episode_id,
                sent.form.version,
                sent.form.told,
                sent.form.details,
                sent.form.settling,
            ),
        ),
        button="Discharge",
        done="Discharged.",
    ),
    PlanScreen(
        path="/plan/undo-discharge",
        capability=LEAD_WORK,
        title="Undo the discharge",
        form=forms.UndoDischargeForm,
        asks={"reason": Ask("Why the work goes on", "This stays in the team")},
        intro=(
            "The same work goes on with the support that the family had.",
            "Interventions and appointments that ended with it are agreed and booked again.",
        ),
        needs=lambda _: None,
        stored=_support_now,
        store=does(undo_discharge, lambda sent: UndoDischarge(sent.place.episode.episode_id, sent.form.reason)),
        button="Undo the discharge",
        done="The discharge is undone. The work goes on.",
    ),
)
