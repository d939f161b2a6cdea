"""Forms about what was understood, the family's goals, and the plan agreed with them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from services.referral.people.web.forms.person import ConfirmForm
from services.referral.people.web.people_screen import Choice, Place, Values
from services.referral.people.web.people_words import DAY, Ask
from services.referral.support.commands.agree_plan import AgreePlan, agree_plan
from services.referral.support.commands.close_goal import CloseGoal, close_goal
from services.referral.support.commands.complete_assessment import CompleteAssessment, complete_assessment
from services.referral.support.commands.end_strand import EndStrand, end_strand
from services.referral.support.commands.rate_goal import RateGoal, rate_goal
from services.referral.support.commands.record_formulation import RecordFormulation, record_formulation
from services.referral.support.commands.set_goal import SetGoal, set_goal
from services.referral.support.domain.goal import Goal
from services.referral.support.domain.plan import Strand
from services.referral.support.web.forms import understanding as forms
from services.referral.support.web.plan_place import PlanScreen, Words, asks, at, colleagues, no_entry, people
from services.referral.team.database.team_work import TeamWork
from shared.kernel.calendar import date_words
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork

VOICE = Ask("What this baby is telling us", "What you saw the baby do, and what it may mean. Not what somebody thinks")
RATING = Ask("Where they see themselves now", "From 0, not at all there yet, to 10, reached")


async def _assess(form: forms.AssessmentForm, place: Place, work: TeamWork) -> None:
    here = at(place)
    await complete_assessment(CompleteAssessment(here.episode.episode_id, form.version, form.details), work)


def _known_assessment(place: Place) -> Values:
    line = at(place).plan.assessment
    if line is None:
        return {"version": 0, "completed_on": place.today}
    return {"version": line.version, **asdict(line.details)}


async def _formulate(form: forms.FormulationForm, place: Place, work: TeamWork) -> None:
    await record_formulation(RecordFormulation(at(place).episode.episode_id, form.version, form.formulation), work)


def _known_formulation(place: Place) -> Values:
    lines = at(place).plan.formulations
    return {"version": lines[0].number, **asdict(lines[0].written)} if lines else {"version": 0}


async def _set_goal(form: forms.GoalForm, place: Place, work: UnitOfWork) -> None:
    episode_id = at(place).episode.episode_id
    await set_goal(SetGoal(form.goal_id, episode_id, form.person_id, form.words, form.set_on, form.rating), work)


def _goal(place: Place) -> Goal:
    if (goal := at(place).plan.goal(place.id)) is None:
        raise no_entry()
    return goal


def _goal_words(place: Place) -> str:
    return _goal(place).words


def _goal_ratings(place: Place) -> Words:
    return [(date_words(one.rated_on), str(one.rating)) for one in _goal(place).ratings]


async def _rate(form: forms.RateForm, place: Place, work: UnitOfWork) -> None:
    await rate_goal(RateGoal(_goal(place).id, form.version, form.rated_on, form.rating), work)


async def _close_goal(_form: ConfirmForm, place: Place, work: UnitOfWork) -> None:
    await close_goal(CloseGoal(_goal(place).id), work)


async def _agree(form: forms.PlanForm, place: Place, work: TeamWork) -> None:
    here = at(place)
    command = AgreePlan(
        here.episode.episode_id,
        form.version,
        form.agreed_on,
        form.agreed_with,
        form.preference,
        form.strands,
    )
    await agree_plan(command, work)


def _known_plan(place: Place) -> Values:
    here = at(place)
    lead = here.episode.lead_id or here.actor_id
    number = here.plan.plans[0].number if here.plan.plans else 0
    return {"version": number, "agreed_on": place.today, "practitioner_id": lead}


def _plan_choices(place: Place) -> Mapping[str, Sequence[Choice]]:
    return {
        "person_id": people(place),
        "practitioner_id": colleagues(place),
        "second_person_id": people(place),
        "second_practitioner_id": colleagues(place),
    }


def _strands_now(place: Place) -> Words:
    return [
        (line.strand.details.intervention.label, place.record.name(line.strand.details.person_id))
        for line in at(place).plan.strands
    ]


def _strand(place: Place) -> Strand:
    if (line := at(place).plan.strand(place.id)) is None:
        raise no_entry()
    return line.strand


def _strand_name(place: Place) -> str:
    details = _strand(place).details
    return f"{details.intervention.label}, for {place.record.name(details.person_id)}"


def _strand_now(place: Place) -> Words:
    strand = _strand(place)
    return [("How it ended", strand.ending.label if strand.ending else "It goes on")]


async def _end_strand(form: forms.EndStrandForm, place: Place, work: UnitOfWork) -> None:
    await end_strand(EndStrand(_strand(place).id, form.version, form.ending), work)


PLAN_SCREENS: Mapping[str, PlanScreen] = {
    "assessment": PlanScreen(
        "Assessment",
        lambda _: forms.AssessmentForm,
        _assess,
        "The assessment is stored.",
        known=_known_assessment,
        asks=asks(
            {
                "completed_on": Ask("Completed on", DAY),
                "story": Ask("Their story", "What has happened, in the family's own account"),
                "strengths": Ask("What goes well", "What they and the baby already do for one another"),
                "needs": Ask(
                    "What they need", "On the parent or carer's side, the baby's, between them, and around them"
                ),
                "feeding": Ask("Feeding", "How feeding and the relationship touch one another"),
                "safety": Ask("Safety", "What you considered, even if there is no worry"),
                "infant_voice": VOICE,
                "without_baseline": Ask(
                    "If there is no measure from the start: why", "Leave this out when there is one. Care never waits"
                ),
            }
        ),
        intro=("A change keeps the version before it.",),
    ),
    "formulation": PlanScreen(
        "Formulation",
        lambda _: forms.FormulationForm,
        _formulate,
        "The formulation is stored as a new version.",
        button="Save as a new version",
        known=_known_formulation,
        asks=asks(
            {
                "presenting": Ask("What is hard now"),
                "predisposing": Ask("What came before that may make it harder"),
                "precipitating": Ask("What set it off"),
                "perpetuating": Ask("What keeps it going"),
                "protective": Ask("What helps"),
                "infant_voice": VOICE,
                "is_shared": Ask("Was it talked through with the family?"),
            }
        ),
        intro=("It is tentative: a way of making sense together, which can change. Earlier versions stay.",),
    ),
    "add-goal": PlanScreen(
        "Set a goal",
        lambda _: forms.GoalForm,
        _set_goal,
        "The goal is set.",
        button="Set the goal",
        known=lambda place: {"goal_id": new_id(), "set_on": place.today},
        choices=lambda place: {"person_id": people(place)},
        asks=asks(
            {
                "words": Ask("The goal", "In the family's own words"),
                "person_id": Ask("Whose goal it is", "A parent or carer may speak for the baby"),
                "set_on": Ask("When", DAY),
                "rating": RATING,
            }
        ),
    ),
    "rate-goal": PlanScreen(
        "Rate a goal",
        lambda _: forms.RateForm,
        _rate,
        "The rating is stored.",
        button="Store the rating",
        about=_goal_words,
        known=lambda place: {"version": len(_goal(place).ratings), "rated_on": place.today},
        asks=asks({"rated_on": Ask("When", DAY), "rating": RATING}),
        stored=_goal_ratings,
    ),
    "close-goal": PlanScreen(
        "Close a goal",
        lambda _: ConfirmForm,
        _close_goal,
        "The goal is closed.",
        button="Close the goal",
        about=_goal_words,
        intro=("Its ratings stay on record.",),
        stored=_goal_ratings,
    ),
    "agree": PlanScreen(
        "Agree a plan",
        lambda _: forms.PlanForm,
        _agree,
        "The plan is stored.",
        known=_known_plan,
        choices=_plan_choices,
        asks=asks(
            {
                "agreed_on": Ask("Agreed on", DAY),
                "agreed_with": Ask("Agreed with", "For example, Leonie and Dan"),
                "preference": Ask("Does it meet what the family prefers?"),
                "intervention": Ask("Intervention"),
                "person_id": Ask("Whom it is for", "The baby, when it is for a baby and a parent or carer together"),
                "practitioner_id": Ask("Who gives it"),
                "planned_sessions": Ask("Sessions planned"),
                "override_reason": Ask(
                    "If their training is not on record: why it goes on", "Leave this empty when it is on record"
                ),
                "second_intervention": Ask("A second intervention, if there is one"),
                "second_person_id": Ask("Whom the second is for"),
                "second_practitioner_id": Ask("Who gives the second"),
                "second_planned_sessions": Ask("Sessions planned of the second"),
                "second_override_reason": Ask("If training for the second is not on record: why it goes on"),
            }
        ),
        intro=("What goes on already stays. Interventions that film need the family’s consent to filming first.",),
        stored=_strands_now,
    ),
    "end-strand": PlanScreen(
        "End an intervention",
        lambda _: forms.EndStrandForm,
        _end_strand,
        "The intervention has ended.",
        button="End it",
        about=_strand_name,
        known=lambda place: {"version": _strand(place).version},
        asks=asks({"ending": Ask("How it ended")}),
        stored=_strand_now,
    ),
}
"""By the last part of the address."""
