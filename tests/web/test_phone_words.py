"""Telephone numbers as people read them."""

import pytest

from shared.web.phone_words import phone_dialled, phone_link, phone_words

LINK = '<a class="nhsuk-link pairs-nowrap" href="tel:{}">{}</a>'


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("07700900123", "07700 900 123"),
        ("01632960140", "01632 960 140"),
        ("ask at the desk", "ask at the desk"),
        ("01632960140 ext 234 or 07700900123", "01632 960 140 ext 234 or 07700 900 123"),
    ],
)
def test_a_number_is_read_in_groups(written: str, shown: str) -> None:
    assert phone_words(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "01632 960 140, Monday to Friday, 9am to 5pm",
            LINK.format("01632960140", "01632 960 140") + ", Monday to Friday, 9am to 5pm",
        ),
        ("Ring +44 1632 960140 & ask", "Ring " + LINK.format("+441632960140", "+44 1632 960140") + " &amp; ask"),
        ("9am to 5pm", "9am to 5pm"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_a_teams_number_is_a_link_in_one_piece(written: str, shown: str) -> None:
    assert phone_link(written) == shown


def test_each_of_two_numbers_is_a_link_of_its_own() -> None:
    link = '<a class="pairs-nowrap" href="tel:{}">{}</a>'
    both = " or ".join(
        [link.format("01632960140;ext=2", "01632 960 140 ext 2"), link.format("07700900123", "07700 900 123")]
    )
    assert phone_dialled("01632960140 ext 2 or 07700900123") == both
