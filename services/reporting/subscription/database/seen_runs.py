"""Whose what ran is to see: it says what was told, and so is seen by whoever sees that."""

from sqlalchemy import ColumnElement, true

from services.reporting.publication.domain.published_point import Audience
from services.reporting.publication.domain.reach import Remit
from services.reporting.subscription.database.subscription_tables import subscription_run
from shared.database.mapping import columns_of


def is_run_seen(remit: Remit) -> ColumnElement[bool]:
    """As SQL: a row of `subscription_run` speaks of nothing beyond the remit."""
    seen: ColumnElement[bool] = true()
    if remit.audience is Audience.OUTSIDE:
        seen &= subscription_run.c.audience == Audience.OUTSIDE.value
    if remit.localities is not None:
        seen &= subscription_run.c.localities == columns_of(remit)["localities"]
    return seen
