"""What a command prints for people can be read, and copied, in a narrow window."""

import pytest

from shared.cli.listing import show

STREAM = "pairs:{blackburn-with-darwen}:referral:region"
ROWS = [
    {"check": STREAM, "result": "NOT WELL", "behind": 17, "what_to_do": "Entries are missing and were asked for. " * 3},
    {"check": f"{STREAM}: heartbeat", "result": "well", "behind": None, "what_to_do": ""},
]


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_name_and_no_word_is_broken(
    columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))

    show(ROWS, as_json=False, empty="")

    said = capsys.readouterr().out
    assert said.split()[:2] == ["Check", "Result"]
    assert said.count(f"{STREAM}:") == 1
    assert said.count(STREAM) == 2
    assert said.count("missing") == 3
