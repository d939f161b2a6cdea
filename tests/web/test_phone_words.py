"""Telephone numbers as people read them."""

import pytest

from shared.web.phone_words import phone_link, phone_words

LINK = '<a class="nhsuk-link pairs-nowrap" href="tel:{}">{}</a>'


@pytest.mark.parametrize(
    ("written", "shown"),
    [("07700900123", "07700 900 123"), ("01632960140", "01632 960 140"), ("ask at the desk", "ask at the desk")],
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
