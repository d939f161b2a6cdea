"""The team's rules of supervision as stored."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.consultation.database.supervision_tables import supervision_rule as table
from services.consultation.supervision.domain.supervision_rules import SupervisionRule, SupervisionRules
from shared.database.mapping import columns_of, read_row
from shared.unit_of_work import UnitOfWork


async def supervision_rules(work: UnitOfWork) -> SupervisionRules:
    rows = await work.session.execute(select(table).order_by(table.c.from_on))
    return SupervisionRules([read_row(SupervisionRule, row) for row in rows])


async def keep_rule(rule: SupervisionRule, work: UnitOfWork) -> None:
    """The newest that is said of a day counts."""
    values = columns_of(rule)
    changed = insert(table).values(values).on_conflict_do_update(index_elements=["from_on"], set_=values)
    await work.session.execute(changed)
