"""The public form is read by tired people at night: its sentences are short, and nobody has to read one twice.

Reading age is that of Flesch and Kincaid (grade plus five). Source: NHS digital service manual, "how to write":
a reading age of 9 to 11.
"""

import html
import re

import pytest

from tests.referral.a_team import ATeam
from tests.referral.web.visitor import PARENT, PROFESSIONAL, Answers, Visitor, client_of, pages_of

OLDEST = 11
LINKED = re.compile(r"\b(?:which|whom|whoever|whose)\b")
FOREIGN = re.compile(r"\b(?:[Ss]omebody|[Aa]nybody|[Ee]verybody|[Ee]-mail|telephone)\b")


def sentences_in(page: str) -> list[str]:
    """Of the page itself: what it asks and says, each block of words by itself."""
    main = page.partition("<main")[2].partition("</main>")[0]
    blocks = re.sub(
        r"</?(?:h\d|p|li|ul|dd|dt|dl|label|legend|div|button|fieldset|form|section|summary)\b[^>]*>", "\n", main
    )
    words = html.unescape(re.sub(r"<[^>]+>", "", blocks))
    lines = [" ".join(line.split()) for line in words.split("\n")]
    return [one for line in lines if line for one in re.split(r"(?<=[.?!:])\s", line) if re.search("[a-z]{2}", one)]


def syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    is_silent = word.lower().endswith(("e", "es", "ed")) and not word.lower().endswith(("le", "ted", "ded"))
    return max(1, groups - is_silent)


def reading_age(sentences: list[str]) -> float:
    """In years."""
    words = [word for one in sentences for word in re.findall(r"[A-Za-z’']+", one)]
    sounds = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * sounds / len(words) - 15.59 + 5


@pytest.mark.parametrize("answers", [PARENT, PROFESSIONAL], ids=["a parent", "a professional"])
async def test_every_page_of_the_public_form_can_be_read_at_eleven(team: ATeam, answers: Answers) -> None:
    found: list[str] = []
    async with client_of(pages_of(team)) as client:
        visitor = Visitor(client)
        pages = {"start": (await client.get("/refer")).text}
        await visitor.starts()
        for name, fields in answers.items():
            pages[name] = (await visitor.opens(name)).text
            await visitor.answers(name, fields)
        pages["check"] = (await visitor.opens("check")).text
    for name, page in pages.items():
        sentences = sentences_in(page)
        if (age := reading_age(sentences)) > OLDEST:
            found.append(f"{name}: reading age {age:.1f}")
        found += [f"{name}: {one}" for one in sentences if LINKED.search(one) or FOREIGN.search(one)]

    assert "\n".join(found) == ""
