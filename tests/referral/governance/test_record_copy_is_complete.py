"""No table of a family's record is forgotten when someone asks for a copy of it."""

import pkgutil
from importlib import import_module

import services.referral.database
from services.referral.governance.queries.subject_access_copy import FAMILY_COLUMNS, tables_of_record
from services.referral.metadata import metadata
from services.referral.people.domain.disclosure import EXPORTED, NOT_EXPORTED

for module in pkgutil.iter_modules(services.referral.database.__path__):
    if module.name.endswith("tables"):
        import_module(f"services.referral.database.{module.name}")

OURS = {name: table for name, table in metadata.tables.items() if {one.name for one in table.columns} & FAMILY_COLUMNS}


def test_every_table_of_a_familys_record_is_in_the_copy_or_there_is_a_reason() -> None:
    assert OURS.keys() - EXPORTED.keys() - NOT_EXPORTED.keys() == set()


def test_the_rules_name_tables_and_columns_that_there_are() -> None:
    wrong = [
        f"{name}.{column}"
        for name, rule in EXPORTED.items()
        for column in (rule.key, *rule.person_columns, *rule.other_people)
        if name not in tables_of_record() or column not in tables_of_record()[name].c
    ]

    assert wrong == []
    assert NOT_EXPORTED.keys() <= metadata.tables.keys()
    assert all(reason.endswith(".") for reason in NOT_EXPORTED.values())
