from datetime import date

import pytest

from services.referral.measures.packs.measures import MEASURES
from services.referral.measures.web.forms.measure import ItemAnswer
from shared.web.questions import Circumstances, WrongAnswer

CIRCUMSTANCES = Circumstances(date(2026, 3, 2), is_demonstration=True)


@pytest.mark.parametrize("odd", ["4", "-1", "0000000001234", "1e0", "1.0", "٣", "³", "9" * 100])
def test_an_answer_that_the_measure_does_not_have_is_refused(odd: str) -> None:
    item = MEASURES["PHQ9"].items[0]

    with pytest.raises(WrongAnswer, match=""):
        ItemAnswer(item=item).read("item_1", {"item_1": [odd]}, CIRCUMSTANCES)
