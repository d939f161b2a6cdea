"""The facts of work with families: one row for each event of a kind, by team and month, and of nobody in particular."""

from sqlalchemy import Boolean, Column, Date, Integer, Text

from services.reporting.facts.database.fact_table import corrected_fact_table, fact_table

wait_stopped = corrected_fact_table(
    "wait_stopped",
    Column("clock", Text, nullable=False),
    Column("days", Integer, nullable=False),
    Column("tier", Text),
)
contact_recorded = corrected_fact_table(
    "contact_recorded",
    Column("kind", Text, nullable=False),
    Column("attendance", Text, nullable=False),
    Column("venue", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("is_with_lead", Boolean, nullable=False),
    Column("has_interpreter", Boolean),
    Column("tier", Text),
)
episode_discharged = corrected_fact_table(
    "episode_discharged",
    Column("ending", Text, nullable=False),
    Column("length", Integer, nullable=False),
    Column("has_two_contacts", Boolean, nullable=False),
    Column("has_paired_measure", Boolean, nullable=False),
    Column("has_infant_voice", Boolean),
    Column("tier", Text),
)
family_rereferred = corrected_fact_table(
    "family_rereferred",
    Column("months_since_accepted", Integer, nullable=False),
    Column("discharged", Date),
    Column("gap", Text),
)
referral_incomplete = fact_table(
    "referral_incomplete",
)
assessment_completed = corrected_fact_table(
    "assessment_completed",
    Column("had_baseline", Boolean, nullable=False),
    Column("has_infant_voice", Boolean, nullable=False),
)
review_completed = fact_table(
    "review_completed",
    Column("is_in_time", Boolean, nullable=False),
    Column("has_infant_voice", Boolean, nullable=False),
)
plan_agreed = fact_table(
    "plan_agreed",
    Column("is_preference_met", Boolean, nullable=False),
)
intervention_started = fact_table(
    "intervention_started",
    Column("intervention", Text, nullable=False),
    Column("is_practitioner_trained", Boolean, nullable=False),
)
intervention_ended = fact_table(
    "intervention_ended",
    Column("started", Date, nullable=False),
    Column("intervention", Text, nullable=False),
    Column("is_completed", Boolean, nullable=False),
)
change_measured = corrected_fact_table(
    "change_measured",
    Column("measure", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("was_clinical", Boolean),
)
goal_moved = corrected_fact_table(
    "goal_moved",
    Column("move", Text, nullable=False),
)
caseload_reckoned = fact_table(
    "caseload_reckoned",
    Column("waiting", Integer, nullable=False),
    Column("waiting_over_28_days", Integer, nullable=False),
    Column("longest_wait", Text),
    Column("open_universal", Integer, nullable=False),
    Column("open_targeted", Integer, nullable=False),
    Column("open_specialist", Integer, nullable=False),
    Column("open_risk", Integer, nullable=False),
    Column("reviews_overdue", Integer, nullable=False),
    Column("with_dad", Integer, nullable=False),
    Column("dads_invited", Integer, nullable=False),
    Column("dads_met", Integer, nullable=False),
    Column("looked_after", Integer, nullable=False),
    Column("fields_required", Integer, nullable=False),
    Column("fields_complete", Integer, nullable=False),
)
experience_reckoned = fact_table(
    "experience_reckoned",
    Column("asked", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("certainly_true", Integer),
)
followed_up = corrected_fact_table("followed_up", Column("became", Text, nullable=False))
"""`became` is `discharged`, or how soon after it the family was referred again (a ReferralGap, or `not_known`)."""
