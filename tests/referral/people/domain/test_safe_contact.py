"""Whether a number may be dialled with one press."""

import pytest

from services.referral.people.domain.safe_contact import ContactWay, SafeContact, WhenAnswered, may_call


@pytest.mark.parametrize(
    ("contact", "is_safe"),
    [
        (SafeContact(frozenset({ContactWay.CALL})), True),
        (SafeContact(frozenset(ContactWay), WhenAnswered.HANG_UP), True),
        (SafeContact(frozenset({ContactWay.TEXT})), False),
        (SafeContact(frozenset({ContactWay.TEXT, ContactWay.VOICEMAIL}), WhenAnswered.HANG_UP), False),
        (SafeContact(frozenset()), False),
        (SafeContact(frozenset(), contact_not_asked=True), False),
    ],
)
def test_a_number_dials_only_where_a_call_is_safe(contact: SafeContact, *, is_safe: bool) -> None:
    assert may_call(contact.in_words) is is_safe


@pytest.mark.parametrize(("typed", "is_safe"), [(None, True), ("", True), ("By text message only", False)])
def test_words_that_somebody_typed_are_read_before_anybody_dials(typed: str | None, *, is_safe: bool) -> None:
    assert may_call(typed) is is_safe
