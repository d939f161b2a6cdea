import pytest

from shared.kernel.postcode import parse_postcode


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("fy1 9zz", "FY1 9ZZ"),
        ("FY19ZZ", "FY1 9ZZ"),
        (" f y 1 9 z z ", "FY1 9ZZ"),
        ("SW1A 1AA", "SW1A 1AA"),
        ("W1A0AX", "W1A 0AX"),
        ("GIR 0AA", "GIR 0AA"),
        ("BFPO 57", "BFPO 57"),
        ("bfpo1234", "BFPO 1234"),
        ("ZZ99 3VZ", "ZZ99 3VZ"),
        ("FY1-9ZZ", "FY1 9ZZ"),
        ("(fy1 9zz).", "FY1 9ZZ"),
        ("FY1\u00a09ZZ", "FY1 9ZZ"),
        ("\u202aFY1 9ZZ\u202c", "FY1 9ZZ"),
        ("ＦＹ1 9ZZ", "FY1 9ZZ"),
        ("FY1 OZZ", "FY1 0ZZ"),
        ("FY1 lZZ", "FY1 1ZZ"),
    ],
)
def test_a_postcode_is_kept_in_capitals_with_one_space(written: str, kept: str) -> None:
    assert parse_postcode(written) == kept


@pytest.mark.parametrize("written", ["", "AA1", "FY1", "FY1 9Z", "FY1 9CC", "1FY 9ZZ", "FY1 9ZZ FY1"])
def test_what_is_not_a_postcode_is_refused(written: str) -> None:
    assert parse_postcode(written) is None
