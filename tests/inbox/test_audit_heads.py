"""What a heartbeat says of the end of an audit trail that was heard before."""

import pytest

from shared.contracts.audit_head import AuditHead, TrailTold
from shared.inbox.audit_heads import Comparison, compare

KEPT = AuditHead(10, "a" * 64)


def at(number: int, digit: str) -> AuditHead:
    return AuditHead(number, digit * 64)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (TrailTold(KEPT), Comparison.HOLDS),
        (TrailTold(at(12, "b"), KEPT), Comparison.HOLDS),
        (TrailTold(at(12, "b")), Comparison.NOT_TOLD),
        (TrailTold(at(12, "b"), at(11, "c")), Comparison.NOT_TOLD),
        (TrailTold(at(9, "b")), Comparison.WENT_BACK),
        (TrailTold(at(9, "b"), KEPT), Comparison.WENT_BACK),
        (TrailTold(AuditHead(0, "")), Comparison.WENT_BACK),
        (TrailTold(at(10, "b")), Comparison.CHANGED),
        (TrailTold(at(12, "b"), at(10, "c")), Comparison.CHANGED),
        (TrailTold(at(12, "b"), AuditHead(10, "")), Comparison.CHANGED),
        (None, Comparison.VANISHED),
    ],
)
def test_a_trail_that_was_cut_off_written_anew_or_wiped_is_found(told: TrailTold, expected: Comparison) -> None:
    assert compare(KEPT, told) is expected


@pytest.mark.parametrize("text", ["0-", "1-" + "0" * 64, f"{2**63 - 1}-{'f' * 64}", "7-"])
def test_a_head_is_read_as_it_was_written(text: str) -> None:
    assert str(AuditHead.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "1", "-", "01-", f"{2**63}-", "1-Leonie", "Leonie-", "1-" + "F" * 64, "-1-", "1-" + "0" * 65, "１-"]
)
def test_what_is_no_number_and_hash_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="not the head"):
        AuditHead.parse(text)


@pytest.mark.parametrize("found", [None, "", "Leonie Example", "9990000018", "a" * 63])
def test_what_is_no_hash_is_not_told(found: str | None) -> None:
    assert str(AuditHead.of(3, found)) == "3-"
