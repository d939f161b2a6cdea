"""The facts of consultation, supervision and training: one row for each event of a kind, by team and month."""

from sqlalchemy import Boolean, Column, Integer, Text

from services.reporting.facts.database.fact_table import corrected_fact_table, fact_table

consultation_held = corrected_fact_table(
    "consultation_held",
    Column("kind", Text, nullable=False),
    Column("profession", Text, nullable=False),
    Column("tier", Text),
    Column("minutes", Integer, nullable=False),
    Column("sector", Text),
)
consultation_converted = corrected_fact_table(
    "consultation_converted",
    Column("is_within_90_days", Boolean, nullable=False),
)
consultation_evaluated = fact_table(
    "consultation_evaluated",
    Column("useful", Integer, nullable=False),
    Column("before", Integer, nullable=False),
    Column("now", Integer, nullable=False),
)
supervision_reckoned = fact_table(
    "supervision_reckoned",
    Column("owed_minutes", Integer, nullable=False),
    Column("given_minutes", Integer, nullable=False),
)
posts_reckoned = fact_table(
    "posts_reckoned",
    Column("people", Integer, nullable=False),
    Column("hundredths", Integer, nullable=False),
)
place_booked = corrected_fact_table(
    "place_booked",
    Column("course", Text, nullable=False),
    Column("sector", Text, nullable=False),
    Column("profession", Text, nullable=False),
)
place_ended = fact_table(
    "place_ended",
    Column("course", Text, nullable=False),
    Column("sector", Text, nullable=False),
    Column("profession", Text, nullable=False),
    Column("how", Text, nullable=False),
)
training_completed = corrected_fact_table(
    "training_completed",
    Column("course", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("sector", Text, nullable=False),
    Column("profession", Text, nullable=False),
    Column("home_team", Text),
)
coverage_reckoned = fact_table(
    "coverage_reckoned",
    Column("course", Text, nullable=False),
    Column("sector", Text, nullable=False),
    Column("profession", Text, nullable=False),
    Column("in_date", Integer, nullable=False),
    Column("headcount", Integer),
)
champions_reckoned = fact_table(
    "champions_reckoned",
    Column("champions", Integer, nullable=False),
    Column("active", Integer, nullable=False),
)
confidence_reckoned = fact_table(
    "confidence_reckoned",
    Column("subject", Text, nullable=False),
    Column("course", Text, nullable=False),
    Column("pairs", Integer, nullable=False),
    Column("gain_tenths", Integer, nullable=False),
    Column("improved", Integer, nullable=False),
)
course_day_held = fact_table(
    "course_day_held",
    Column("course", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
)
