"""The tables of the referral service, for writing and reading; `migrations/` makes them."""

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.referral.database.name_words import of_names
from services.referral.metadata import metadata
from shared.kernel.name_words import asked_keys, known_keys, name_words


def baby_asked_keys(baby_name: str | None) -> list[str]:
    """Of the baby alone: only whoever was born on the same day is compared by it."""
    return asked_keys(baby_name)


referral = Table(
    "referral",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("idempotency_key", Uuid, nullable=False),
    Column("reference", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("route", Text, nullable=False),
    Column("due_on", Date),
    Column("baby_name", Text),
    Column("born_on", Date),
    Column("caregiver_name", Text, nullable=False),
    Column("caregiver_relationship", Text, nullable=False),
    Column("caregiver_phone", Text),
    Column("no_other_caregiver", Text),
    Column("other_caregiver_name", Text),
    Column("other_caregiver_relationship", Text),
    Column("other_caregiver_phone", Text),
    Column("referrer_name", Text, nullable=False),
    Column("source_group", Text, nullable=False),
    Column("referrer_organisation", Text),
    Column("referrer_email", Text),
    Column("referrer_phone", Text),
    Column("postcode", Text, nullable=False),
    Column("nhs_number", Text),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("story", Text, nullable=False),
    Column("consent", Text),
    Column("in_danger", Boolean, nullable=False),
    Column("decided_on", Date),
    Column("decided_by", Uuid),
    Column("episode_id", Uuid),
    Column("family_id", Uuid),
    Column("urgency", Text),
    Column("outcome", Text),
    Column("decline_reason", Text),
    Column("explanation", Text),
    Column("told", ARRAY(Text), nullable=False),
    Column("target_service", Text),
    Column("safe_wait_plan", Text),
    Column("waiting_well_on", Date),
    Column("earlier_received_on", Date),
    Column("earlier_team", Text),
    Column("asked_for", Text),
    Column("asked_on", Date),
    Column("chase_on", Date),
    Column("chases", Integer),
    Column("safety_worry", Boolean),
    Column("supplied", Text),
    Column("supplied_on", Date),
    Column("reopened_on", Date),
    Column("reopening", Text),
    Column("contact_ways", ARRAY(Text)),
    Column("when_answered", Text),
    Column("contact_not_asked", Boolean),
    Column("interpreter", Text),
    Column("language", Text),
    Column("talk_times", ARRAY(Text)),
    Column("talking_help", Text),
    Column("against_will", Text),
    Column("safeguarding", Text),
    Column("safeguarding_note", Text),
    Column("gp", Text),
    Column("also_sent", Text),
    *(
        of_names(made, "baby_name", "caregiver_name", "other_caregiver_name")
        for made in (name_words, known_keys, asked_keys)
    ),
    of_names(baby_asked_keys, "baby_name"),
)
"""`asked_for` to `supplied_on` are what triage asked the referrer for; `earlier_…` is receipt by another team. From
`contact_ways` to `talking_help` is what was asked of whoever can be reached."""

episode = Table(
    "episode",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("referral_id", Uuid, nullable=False),
    Column("family_id", Uuid, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("level", Text, nullable=False),
    Column("risk_support", Boolean, nullable=False),
    Column("direct_work", Boolean, nullable=False),
    Column("support_from", Date, nullable=False),
    Column("review_on", Date),
    Column("lead_id", Uuid),
    Column("first_contact_on", Date),
    Column("assessed_on", Date),
    Column("baseline_on", Date),
    Column("formulated_on", Date),
    Column("plan_agreed_on", Date),
    Column("intervention_started_on", Date),
    Column("last_contact_on", Date),
    Column("next_contact_at", DateTime(timezone=True)),
    Column("contacts_attended", Integer, nullable=False),
    Column("ended_on", Date),
    Column("ending", Text),
)
"""The dates from `first_contact_on` to `contacts_attended` are folds that `milestones.py` keeps."""

tier_assignment = Table(
    "tier_assignment",
    metadata,
    Column("episode_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("level", Text, nullable=False),
    Column("risk_support", Boolean, nullable=False),
    Column("direct_work", Boolean, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("reason", Text),
    Column("family_agreement", Text),
    Column("review_on", Date),
    Column("mdt_on", Date),
    Column("note", Text, nullable=False),
    Column("decided_by", Uuid, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
)
"""Append-only. `number` 1 is the opening, which has no reason."""

reference_counter = Table(
    "reference_counter",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("last_number", Integer, nullable=False),
)

referral_draft = Table(
    "referral_draft",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("token_hash", Text),
    Column("answers", JSONB, nullable=False),
    Column("numbers", JSONB, nullable=False),
    Column("unsent", ARRAY(Text), nullable=False),
    Column("wrong", ARRAY(Text), nullable=False),
    Column("reference", Text),
    Column("sent_id", Uuid),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("link_hash", Text),
    Column("kept_until", DateTime(timezone=True)),
)
"""`token_hash` is the browser's, of none once it left; `link_hash` is of the link by which someone comes back to it,
who then has longer: until `kept_until`."""

api_client = Table(
    "api_client",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
    Column("may_read", Boolean, nullable=False),
)
"""A system that may send referrals. Its secrets are in `api_secret`."""

api_secret = Table(
    "api_secret",
    metadata,
    Column("secret_hash", LargeBinary, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("last_used_at", DateTime(timezone=True)),
)

api_token = Table(
    "api_token",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)

api_message = Table(
    "api_message",
    metadata,
    Column("client_id", Uuid, primary_key=True),
    Column("message_hash", LargeBinary, primary_key=True),
    Column("content_hash", LargeBinary, nullable=False),
    Column("referral_id", Uuid, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
)
"""What a client sent, as hashes: enough to know it again."""
