from datetime import date

import pytest

from services.referral.governance.domain.extract import Report, check_team_type, month_of
from services.referral.governance.packs.mhsds import MHSDS
from services.referral.governance.queries.extract_rows import month_end
from shared.kernel.errors import RuleBroken

TABLES = {table.name: table for table in MHSDS.tables}


def test_a_row_gets_the_names_and_codes_of_the_data_set() -> None:
    report = Report()

    row = report.mapped(
        TABLES["MHS101Referral"],
        {
            "service_request_id": "r",
            "person_id": "p",
            "received_on": date(2026, 2, 3),
            "source_group": "primary_care",
            "urgency": "urgent",
            "reason": "bonding",
            "ended_on": None,
        },
    )

    assert row == ["r", "p", "2026-02-03", "A1", "2", "21", ""]
    assert report.lines([TABLES["MHS101Referral"]]) == [("MHS101Referral", "", "Rows", 1)]


def test_what_is_missing_or_has_no_code_is_counted() -> None:
    report = Report()
    for _ in range(2):
        report.mapped(TABLES["MHS001MPI"], {"person_id": "p", "nhs_number_status": "missing", "gender": "1"})
    report.mapped(TABLES["MHS202CareActivity"], {"activity_id": "a", "contact_id": "c", "activity": "vig"})

    lines = report.lines(MHSDS.tables)

    assert ("MHS001MPI", "NHSNumber", "Value missing", 2) in lines
    assert ("MHS202CareActivity", "CodeProcAndProcStatus", "No code in the mapping", 1) in lines
    assert not any(column == "GenderIDCode" for _, column, _, _ in lines)


def test_there_is_no_team_type_without_a_decision() -> None:
    with pytest.raises(RuleBroken):
        check_team_type("")
    check_team_type("Z01")


def test_a_month_is_a_month() -> None:
    assert month_of("2026-02") == date(2026, 2, 1)
    assert month_end(date(2026, 12, 1)) == date(2027, 1, 1)
    for words in ("", "2026-13", "February", "2026-02-01"):
        with pytest.raises(RuleBroken):
            month_of(words)


def test_reasons_have_the_codes_that_the_reference_verified() -> None:
    (reason,) = [column.codes for column in TABLES["MHS101Referral"].columns if column.part == "reason"]

    assert reason is not None
    assert set(reason.codes.values()) == {"13", "19", "21"}
