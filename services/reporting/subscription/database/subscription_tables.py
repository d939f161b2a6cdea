"""What somebody wants to hear of, what is known of each cell, what ran, and what left."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Identity,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY

from services.reporting.metadata import metadata
from shared.staff.tables import message_table

subscription = Table(
    "subscription",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("condition", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("indicators", ARRAY(Integer), nullable=False),
    Column("teams", ARRAY(Text), nullable=False),
    Column("webhook", Text, nullable=False),
    Column("key_number", Integer, nullable=False),
    Column("earlier_number", Integer, nullable=False),
    Column("keyed_at", DateTime(timezone=True)),
    Column("keyed_by", Uuid),
    Column("earlier_until", DateTime(timezone=True)),
    Column("owned_by", Uuid, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("looked_at", DateTime(timezone=True), nullable=False),
    Column("snapshot", BigInteger, nullable=False),
    Column("paused_until", Date),
    Column("asleep_since", DateTime(timezone=True)),
    Column("counted_from", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("ended_at", DateTime(timezone=True)),
    Column("why_ended", Text, nullable=False),
    Column("not_before", DateTime(timezone=True)),
    Column("audience", Text, nullable=False),
    Column("localities", ARRAY(Text)),
)
"""`audience` and `localities` are the remit of its owner when it began anew last: its cells are of that.

`counted_from`: since when it is known that its owner signs in or does not, where no sign-in of theirs is kept.

`not_before`: it could not be looked at, and is put off so that the others are."""

subscriber = Table(
    "subscriber",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("subscription", Uuid, nullable=False),
    Column("address", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("left_at", DateTime(timezone=True)),
)
"""Whom a digest is sent to or, of a webhook, who is told when it fails. `secret` is in the link that stops it; who left
has no address any more."""

watched_cell = Table(
    "watched_cell",
    metadata,
    Column("subscription", Uuid, primary_key=True),
    Column("indicator", Integer, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("is_in", Boolean, nullable=False),
    Column("since", Date),
    Column("muted_until", Date),
    Column("ended_untold", Boolean, nullable=False),
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", BigInteger, Identity(always=True), nullable=False),
    Column("subscription", Uuid, nullable=False),
    Column("channel", Text, nullable=False),
    Column("localities", ARRAY(Text)),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("body", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("position", BigInteger),
    Column("tries", Integer, nullable=False),
    Column("next_try_at", DateTime(timezone=True)),
    Column("taken_at", DateTime(timezone=True)),
    Column("failed_at", DateTime(timezone=True)),
)
"""What was told at one time, to the byte: `body` for programs, `html` for a mail. `position` is that on the stream;
`next_try_at` is there while a webhook has not taken it."""

delivery_picture = Table(
    "delivery_picture",
    metadata,
    Column("delivery", Uuid, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

delivery_try = Table(
    "delivery_try",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("delivery", Uuid, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("number", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("status", Integer),
    Column("took_ms", Integer, nullable=False),
)

stream_epoch = Table(
    "stream_epoch",
    metadata,
    Column("is_it", Boolean, primary_key=True),
    Column("epoch", BigInteger, nullable=False),
)
"""In which epoch the stream is; one row."""

subscription_run = Table(
    "subscription_run",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("subscription", Uuid, nullable=False),
    Column("ran_at", DateTime(timezone=True), nullable=False),
    Column("month", Date),
    Column("outcome", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("delivery", Uuid),
    Column("audience", Text, nullable=False),
    Column("localities", ARRAY(Text)),
)
"""`audience` and `localities`, as those of a delivery: of what somebody may see of the region it speaks."""

message = message_table(metadata, Column("delivery_id", Uuid))
"""Emails with a digest, and those that say that a webhook fails."""
