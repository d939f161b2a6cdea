"""Forms about what was understood, the family's goals, and the plan agreed with them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from services.referral.people.web.people_words import DAY
from services.referral.staff.domain.capabilities import RECORD_SUPPORT
from services.referral.staff.domain.still_open import safety_in
from services.referral.staff.web.forms.settling import SETTLING_ASKS, WHEN_OPEN, not_asked
from services.referral.support.commands.agree_plan import AgreePlan, agree_plan
from services.referral.support.commands.close_goal import CloseGoal, close_goal
from services.referral.support.commands.complete_assessment import CompleteAssessment, complete_assessment
from services.referral.support.commands.end_strand import EndStrand, end_strand
from services.referral.support.commands.rate_goal import RateGoal, rate_goal
from services.referral.support.commands.record_formulation import RecordFormulation, record_formulation
from services.referral.support.commands.set_goal import SetGoal, set_goal
from services.referral.support.domain.goal import Goal
from services.referral.support.domain.plan import Strand
from services.referral.support.queries.plan_record import plan_record
from services.referral.support.web.forms import understanding as forms
from services.referral.support.web.plan_place import EntryScreen, PlanEntry, PlanPlace, PlanScreen, no_entry
from shared.kernel.calendar import date_words
from shared.staff.answer_words import Ask, Choice, Values, Words
from shared.staff.does import does
from shared.staff.form_page import Sent
from shared.staff.screen import ConfirmForm, Zone

VOICE = Ask("What this baby is telling us", "What you saw the baby do, and what it may mean. Not what someone thinks")
RATING = Ask("Where they see themselves now", "From 0, not at all there yet, to 10, reached")


def _known_assessment(place: PlanPlace) -> Values:
    line = place.plan.assessment
    if line is None:
        return {"version": 0, "completed_on": place.today}
    return {"version": line.version, **asdict(line.details)}


def _known_formulation(place: PlanPlace) -> Values:
    lines = place.plan.formulations
    return {"version": lines[0].number, **asdict(lines[0].written)} if lines else {"version": 0}


async def _set_goal(sent: Sent[PlanPlace, forms.GoalForm]) -> None:
    episode_id = sent.place.episode.episode_id
    await set_goal(
        SetGoal(sent.intention, episode_id, sent.form.person_id, sent.form.words, sent.form.set_on, sent.form.rating),
        sent.work,
    )


async def _alike_goal(sent: Sent[PlanPlace, forms.GoalForm]) -> Words:
    """An open goal of the same person in the same words."""
    said = (sent.form.person_id, sent.form.words.casefold())
    lines = (await plan_record(sent.work, sent.place.episode.episode_id, sent.work.now)).goals
    goals = [one.goal for one in lines]
    same = [one for one in goals if one.closed_on is None and (one.person_id, one.words.casefold()) == said]
    return [("Goal", same[0].words), ("Set", date_words(same[0].set_on))] if same else []


def _goal(place: PlanEntry) -> Goal:
    if (goal := place.plan.goal(place.id)) is None:
        raise no_entry()
    return goal


def _goal_words(place: PlanEntry) -> str:
    return _goal(place).words


def _goal_ratings(place: PlanEntry) -> Words:
    return [(date_words(one.rated_on), str(one.rating)) for one in _goal(place).ratings]


def _known_plan(place: PlanPlace) -> Values:
    lead = place.episode.lead_id or place.actor_id
    number = place.plan.plans[0].number if place.plan.plans else 0
    return {"version": number, "agreed_on": place.today, "practitioner_id": lead}


def _plan_choices(place: PlanPlace) -> Mapping[str, Sequence[Choice]]:
    return {
        "person_id": place.living,
        "practitioner_id": place.practitioners,
        "second_person_id": place.living,
        "second_practitioner_id": place.practitioners,
    }


def _strands_now(place: PlanPlace) -> Words:
    return [
        (line.strand.details.intervention.label, place.record.name(line.strand.details.person_id))
        for line in place.plan.strands
    ]


def _strand(place: PlanEntry) -> Strand:
    if (line := place.plan.strand(place.id)) is None:
        raise no_entry()
    return line.strand


def _strand_name(place: PlanEntry) -> str:
    details = _strand(place).details
    return f"{details.intervention.label}, for {place.record.name(details.person_id)}"


def _strand_now(place: PlanEntry) -> Words:
    strand = _strand(place)
    return [("How it ended", strand.ending.label if strand.ending else "It goes on")]


PLAN_SCREENS = (
    PlanScreen(
        path="/plan/assessment",
        capability=RECORD_SUPPORT,
        title="Assessment",
        form=forms.AssessmentForm,
        suggested=_known_assessment,
        asks={
            "completed_on": Ask("Completed on", DAY),
            "story": Ask("Their story", "What has happened, in the family's own account"),
            "strengths": Ask("What goes well", "What they and the baby already do for one another"),
            "needs": Ask("What they need", "On the parent or carer's side, the baby's, between them, and around them"),
            "feeding": Ask("Feeding", "How feeding and the relationship touch one another"),
            "safety": Ask("Safety", "What you considered, even if there is no worry"),
            "infant_voice": VOICE,
            "without_baseline": Ask(
                "If there is no measure from the start: why", "Leave this out when there is one. Care never waits"
            ),
        },
        zones=(
            Zone("The family", ("completed_on", "story", "strengths", "needs")),
            Zone("The baby, and safety", ("infant_voice", "feeding", "safety", "without_baseline")),
        ),
        intro=("A change keeps the version before it.",),
        store=does(
            complete_assessment,
            lambda sent: CompleteAssessment(sent.place.episode.episode_id, sent.form.version, sent.form.details),
        ),
        done="Saved: the assessment.",
    ),
    PlanScreen(
        path="/plan/formulation",
        capability=RECORD_SUPPORT,
        title="Formulation",
        form=forms.FormulationForm,
        suggested=_known_formulation,
        asks={
            "presenting": Ask("What is hard now"),
            "predisposing": Ask("What came before that may make it harder"),
            "precipitating": Ask("What set it off"),
            "perpetuating": Ask("What keeps it going"),
            "protective": Ask("What helps"),
            "infant_voice": VOICE,
            "is_shared": Ask("Was it talked through with the family?"),
        },
        zones=(
            Zone("Now, and before", ("presenting", "predisposing", "precipitating")),
            Zone("What keeps it, what helps", ("perpetuating", "protective", "infant_voice", "is_shared")),
        ),
        intro=("It is tentative: a way of making sense together, which can change. Earlier versions stay.",),
        store=does(
            record_formulation,
            lambda sent: RecordFormulation(sent.place.episode.episode_id, sent.form.version, sent.form.formulation),
        ),
        button="Save as a new version",
        done="Saved: a new version of the formulation.",
    ),
    PlanScreen(
        path="/plan/add-goal",
        capability=RECORD_SUPPORT,
        title="Set a goal",
        form=forms.GoalForm,
        suggested=lambda place: {"set_on": place.today},
        choices=lambda place: {"person_id": place.living},
        asks={
            "words": Ask("The goal", "In the family's own words"),
            "person_id": Ask("Whose goal it is", "A parent or carer may speak for the baby"),
            "set_on": Ask("When", DAY),
            "rating": RATING,
        },
        store=_set_goal,
        alike=_alike_goal,
        button="Set the goal",
        done="The goal is set.",
    ),
    EntryScreen(
        path="/plan/{subject_id}/rate-goal",
        capability=RECORD_SUPPORT,
        title="Rate a goal",
        form=forms.RateForm,
        about=_goal_words,
        suggested=lambda place: {"version": len(_goal(place).ratings), "rated_on": place.today},
        asks={"rated_on": Ask("When", DAY), "rating": RATING},
        stored=_goal_ratings,
        store=does(
            rate_goal,
            lambda sent: RateGoal(_goal(sent.place).id, sent.form.version, sent.form.rated_on, sent.form.rating),
        ),
        button="Save the rating",
        done="Saved: the rating.",
    ),
    EntryScreen(
        path="/plan/{subject_id}/close-goal",
        capability=RECORD_SUPPORT,
        title="Close a goal",
        form=ConfirmForm,
        about=_goal_words,
        intro=("Its ratings stay on record.",),
        stored=_goal_ratings,
        store=does(close_goal, lambda sent: CloseGoal(_goal(sent.place).id)),
        button="Close the goal",
        done="The goal is closed.",
    ),
    PlanScreen(
        path="/plan/agree",
        capability=RECORD_SUPPORT,
        title="Agree a plan",
        form=forms.PlanForm,
        suggested=_known_plan,
        choices=_plan_choices,
        asks={
            "agreed_on": Ask("Agreed on", DAY),
            "agreed_with": Ask("Agreed with", "For example, Leonie and Dan"),
            "preference": Ask("Does it meet what the family prefers?"),
            "intervention": Ask("Intervention"),
            "person_id": Ask("Whom it is for", "The baby, when it is for a baby and a parent or carer together"),
            "practitioner_id": Ask("Who gives it"),
            "planned_sessions": Ask("Sessions planned"),
            "override_reason": Ask(
                "If their training is not on record: why they can go on", "Leave this empty when it is on record"
            ),
            "second_intervention": Ask("A second intervention, if there is one"),
            "second_person_id": Ask("Whom the second is for"),
            "second_practitioner_id": Ask("Who gives the second"),
            "second_planned_sessions": Ask("Sessions planned of the second"),
            "second_override_reason": Ask("If training for the second is not on record: why it goes on"),
        },
        zones=(
            Zone("The plan", ("agreed_on", "agreed_with", "preference")),
            Zone(
                "Interventions",
                (
                    *("intervention", "person_id", "practitioner_id", "planned_sessions", "override_reason"),
                    "second_intervention",
                ),
            ),
        ),
        intro=("What goes on already stays. Interventions that film need the family’s consent to filming first.",),
        stored=_strands_now,
        store=does(
            agree_plan,
            lambda sent: AgreePlan(
                sent.place.episode.episode_id,
                sent.form.version,
                sent.form.agreed_on,
                sent.form.agreed_with,
                sent.form.preference,
                sent.form.strands,
            ),
        ),
        done="Saved: the plan.",
    ),
    EntryScreen(
        path="/plan/{subject_id}/end-strand",
        capability=RECORD_SUPPORT,
        title="End an intervention",
        form=forms.EndStrandForm,
        about=_strand_name,
        suggested=lambda place: {"version": _strand(place).version},
        asks={**SETTLING_ASKS, "ending": Ask("How it ended")},
        choices=lambda place: {"safety_to": place.practitioners},
        above=WHEN_OPEN,
        shows=lambda place: {"still_open": safety_in(place.still_open)},
        leaves_out=lambda place: not_asked(safety_in(place.still_open)),
        stored=_strand_now,
        store=does(
            end_strand,
            lambda sent: EndStrand(_strand(sent.place).id, sent.form.version, sent.form.ending, sent.form.safety_to),
        ),
        button="End it",
        done="The intervention has ended.",
    ),
)
