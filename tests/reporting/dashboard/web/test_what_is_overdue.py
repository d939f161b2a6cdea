"""What somebody should have done by now needs a word: it stands on the first screen of the region, with its owner."""

from datetime import UTC, date, datetime
from uuid import UUID

from services.reporting.dashboard.domain.action import Action, ActionKind
from services.reporting.dashboard.queries.action_list import ActionLine
from services.reporting.dashboard.queries.chart_remarks import ChartRemarks
from services.reporting.dashboard.queries.regional_figures import RegionalFigures
from services.reporting.dashboard.web.choice import Choice
from services.reporting.dashboard.web.panels.region_top import exceptions, exceptions_panel

NOW = datetime(2026, 3, 14, 15, 30, tzinfo=UTC)


def an_action(due_on: date, team: str = "preston", kind: ActionKind = ActionKind.ACTION) -> ActionLine:
    one = Action(UUID(int=1), 1, kind, team, 0, "Share the reminder.", UUID(int=4), due_on, UUID(int=4), NOW)
    return ActionLine(one, "Jo Marsh", one.state(NOW.date()))


def lines_of(*actions: ActionLine) -> list[tuple[str, str, str]]:
    figures = RegionalFigures([], [], ChartRemarks(), [], [], NOW, actions=actions)
    return [(one.who, one.says, one.aside) for one in exceptions(figures, Choice())]


def test_an_action_and_a_question_that_are_overdue_say_of_whom_and_since_when() -> None:
    late = date(2026, 3, 13)

    assert lines_of(an_action(late), an_action(late, "", ActionKind.QUESTION)) == [
        ("Preston", "Action: Share the reminder.", "Jo Marsh, due 13 March 2026, overdue"),
        ("Whole region", "Question to the team: Share the reminder.", "Jo Marsh, due 13 March 2026, overdue"),
    ]


def test_what_is_due_today_needs_no_word_yet() -> None:
    assert lines_of(an_action(NOW.date())) == []


def test_the_file_of_what_needs_a_word_has_it_too() -> None:
    figures = RegionalFigures([], [], ChartRemarks(), [], [], NOW, actions=[an_action(date(2026, 3, 1))])
    panel = exceptions_panel(exceptions(figures, Choice()))

    assert panel.title == "1 thing needs a word, in 1 place; none new this month"
    assert panel.lines == [["Preston", "Action: Share the reminder.", "Jo Marsh, due 1 March 2026, overdue", ""]]
