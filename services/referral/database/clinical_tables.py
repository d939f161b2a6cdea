"""The tables from assessment to discharge, for writing and reading; `migrations/` makes them."""

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, Table, Text, Uuid

from services.referral.metadata import metadata

assessment = Table(
    "assessment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("completed_on", Date, nullable=False),
    Column("story", Text, nullable=False),
    Column("strengths", Text, nullable=False),
    Column("needs", Text, nullable=False),
    Column("feeding", Text, nullable=False),
    Column("safety", Text, nullable=False),
    Column("infant_voice", Text, nullable=False),
    Column("without_baseline", Text),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)


formulation = Table(
    "formulation",
    metadata,
    Column("episode_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("presenting", Text, nullable=False),
    Column("predisposing", Text, nullable=False),
    Column("precipitating", Text, nullable=False),
    Column("perpetuating", Text, nullable=False),
    Column("protective", Text, nullable=False),
    Column("infant_voice", Text, nullable=False),
    Column("is_shared", Boolean, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)


goal = Table(
    "goal",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("words", Text, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("set_on", Date, nullable=False),
    Column("closed_on", Date),
)


goal_rating = Table(
    "goal_rating",
    metadata,
    Column("goal_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("rated_on", Date, nullable=False),
    Column("rating", Integer, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
)


plan = Table(
    "plan",
    metadata,
    Column("episode_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("agreed_on", Date, nullable=False),
    Column("agreed_with", Text, nullable=False),
    Column("preference", Text, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)


strand = Table(
    "strand",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("plan_number", Integer, nullable=False),
    Column("intervention", Text, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("practitioner_id", Uuid, nullable=False),
    Column("planned_sessions", Integer, nullable=False),
    Column("override_reason", Text, nullable=False),
    Column("started_on", Date),
    Column("ended_on", Date),
    Column("ending", Text),
)


review = Table(
    "review",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("episode_id", Uuid, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("was_due_on", Date),
    Column("infant_voice", Text, nullable=False),
    Column("family_view", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("next_review_on", Date, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)


colleague_training = Table(
    "colleague_training",
    metadata,
    Column("colleague_id", Uuid, primary_key=True),
    Column("course", Text, primary_key=True),
    Column("held_from", Date, primary_key=True),
    Column("until_on", Date),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)

colleague_capacity = Table(
    "colleague_capacity",
    metadata,
    Column("colleague_id", Uuid, primary_key=True),
    Column("families", Integer, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)
"""How many families a colleague can carry; no row: nobody said."""


pause = Table(
    "pause",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("reason", Text, nullable=False),
    Column("started_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("note", Text, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)


hand_over = Table(
    "hand_over",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("planned_for", Date, nullable=False),
    Column("service", Text, nullable=False),
    Column("needs_to_know", Text, nullable=False),
    Column("family_view", Text, nullable=False),
    Column("completed_on", Date),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)


discharge = Table(
    "discharge",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("ended_on", Date, nullable=False),
    Column("ending", Text, nullable=False),
    Column("what_changed", Text, nullable=False),
    Column("infant_voice", Text, nullable=False),
    Column("onward", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("without_measures", Text),
    Column("family_was_tried", Text, nullable=False),
    Column("others_were_told", Text, nullable=False),
    Column("safeguarding_considered", Text, nullable=False),
    Column("target_team", Text, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("undone_on", Date),
    Column("undone_by", Uuid),
    Column("undone_reason", Text),
)
