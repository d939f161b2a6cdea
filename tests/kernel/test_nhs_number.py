import pytest

from shared.kernel.nhs_number import check_digit, is_invented, parse_nhs_number, spaced


@pytest.mark.parametrize(
    ("first_nine", "check"),
    [
        ("999000001", 8),
        ("999000002", 6),
        ("999000005", 0),
        ("999000010", 7),
        ("999222333", 2),
        ("999456789", 6),
        ("943476591", 9),
    ],
)
def test_the_tenth_digit_checks_the_first_nine(first_nine: str, check: int) -> None:
    assert check_digit(first_nine) == check
    assert parse_nhs_number(f"{first_nine}{check}") == f"{first_nine}{check}"


@pytest.mark.parametrize("first_nine", ["999000000", "999000014", "999000028", "999000031"])
def test_some_numbers_can_never_exist(first_nine: str) -> None:
    assert check_digit(first_nine) is None
    assert not any(parse_nhs_number(f"{first_nine}{last}") for last in range(10))


@pytest.mark.parametrize("written", ["999 000 0018", "999-000-0018", " 9990000018 ", "9 9 9 0 0 0 0 0 1 8"])
def test_spaces_and_hyphens_do_not_matter(written: str) -> None:
    assert parse_nhs_number(written) == "9990000018"


@pytest.mark.parametrize(
    "written",
    [
        "9990000019",  # wrong check digit
        "999000001",  # nine digits
        "99900000181",  # eleven
        "9999999999",  # the check digit is right, but nobody has it
        "0000000000",
        "９９９００００１８８",  # full-width digits
        "٩٩٩٠٠٠٠٠١٨",  # Arabic digits
        "999000001８",
        "",
        "nine nine nine",
    ],
)
def test_what_is_not_an_nhs_number_is_refused(written: str) -> None:
    assert parse_nhs_number(written) is None


def test_999_numbers_are_invented_and_others_are_not() -> None:
    assert is_invented("9990000018")
    assert not is_invented("9434765919")


def test_people_read_it_in_three_groups() -> None:
    assert spaced("9990000018") == "999 000 0018"
