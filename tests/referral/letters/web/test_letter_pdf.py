"""A letter on paper: what a screen reader finds in it, and that it says what the page says."""

import html
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser
from pypdf import PdfReader

import services.referral.letters.web
from services.referral.letters.domain.letter import Letter, Letterhead, parse_letter
from services.referral.letters.domain.letter_facts import Appointment
from services.referral.letters.domain.letter_kind import Audience, LetterKind, SafetyNet
from services.referral.letters.domain.letter_template import fill, fill_passage
from services.referral.letters.packs.letters import shipped_template
from services.referral.letters.web.letter_pdf import letter_pdf
from services.referral.letters.web.letter_words import about_lines
from shared.kernel.errors import RuleBroken
from shared.testing.axe import faults_at_every_width
from shared.web.pages import _environment
from tests.referral.builders import NOW, TODAY
from tests.referral.letters.domain.test_letter import facts_for

TEMPLATES = Path(services.referral.letters.web.__file__).with_name("templates")


def a_letter(text: str, *, recipient: tuple[str, ...] = ("Leonie Example", "FY1 9ZZ"), **changes: Any) -> Letter:
    head = Letterhead("Blackpool parent-infant team", "01632 960 001", recipient, TODAY, "BLK-2026-000012-L1")
    return Letter(head, parse_letter(text), **changes)


def shipped_letter(kind: LetterKind) -> Letter:
    """The letter as it leaves us, with every fact there is."""
    net = SafetyNet.FAMILY if kind.audience is Audience.FAMILY else SafetyNet.PROFESSIONAL
    passage = fill_passage(
        shipped_template(net), baby_name="Shannon", team_name="Blackpool parent-infant team", team_phone="01632 960 001"
    )
    draft = fill(shipped_template(kind), facts_for(kind.audience, safety_net=passage, **FACTS[kind.audience]))
    return a_letter(draft)


ENDING = {
    "outcome": "The work is complete, as we planned.",
    "work_done": "We met twelve times.\n- Video Interaction Guidance\n- Circle of Security",
    "onward_plan": "The health visitor sees the family in May.",
}
FACTS: dict[Audience, dict[str, Any]] = {
    Audience.FAMILY: {
        **ENDING,
        "goals": "To enjoy bath time.",
        "what_changed": "Bath time is fun.",
        "voice_of_the_infant": "“When you look at me, I am calm.”",
        "explanation": "Your health visitor already helps with this.",
        "next_contact_on": TODAY,
        "appointment": Appointment(NOW, "Talbot Family Hub", "Priya Sample", frozenset()),
    },
    Audience.REFERRER: {
        **ENDING,
        "decision": "We accept the referral.",
        "explanation": "We can help.",
        "next_contact_on": TODAY,
    },
    Audience.PROFESSIONAL: {
        **ENDING,
        "goals": "To enjoy bath time.",
        "what_changed": "Bath time is fun.",
        "voice_of_the_infant": "“When you look at me, I am calm.”",
        "carer_name": "Leonie Example",
        "born_on": TODAY,
        "nhs_number": "9990000018",
        "formulation": "Shannon was in an incubator for her first weeks, and Leonie was afraid to lose her.",
        "plan": "Twelve visits.",
    },
}


async def read(letter: Letter) -> PdfReader:
    return PdfReader(BytesIO(await letter_pdf(letter)))


def page_of(letter: Letter) -> str:
    template = _environment((("letters", TEMPLATES),)).get_template("letters/letter.html")
    return template.render(letter=letter, about=about_lines(letter.letterhead))


def words_of_page(page: str) -> list[str]:
    body = page[page.index("<main") : page.index("</main")]
    return html.unescape(re.sub(r"<[^>]+>", " ", body)).split()


def words_of_pdf(reader: PdfReader, letter: Letter) -> list[str]:
    count = len(reader.pages)
    text = "\n".join(page.extract_text() for page in reader.pages)
    for number in range(1, count + 1):
        text = re.sub(rf"{re.escape(letter.letterhead.reference)}\s*Page {number} of {count}", "", text)
    return [word for word in text.split() if word != "•"]


def tags_of(reader: PdfReader) -> list[str]:
    """The structure tree's tags, in reading order."""

    def walk(node: Any) -> list[str]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            return [tag for child in node for tag in walk(child)]
        if not isinstance(node, dict):
            return []
        own = [str(node["/S"])] if "/S" in node else []
        return own + (walk(node["/K"]) if "/K" in node else [])

    return walk(reader.trailer["/Root"]["/StructTreeRoot"])


async def test_a_screen_reader_finds_the_title_the_language_and_the_structure() -> None:
    reader = await read(a_letter("# Hello\n\nDear Leonie\n\n## What we did\n\n- once\n- twice\n\nGoodbye"))
    root: Any = reader.trailer["/Root"]

    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - an object of the reader
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata is not None
    assert reader.metadata.title == "Hello"
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()
    tags = tags_of(reader)
    assert [tag for tag in tags if tag in {"/H1", "/H2", "/L"}] == ["/H1", "/H2", "/L"]
    assert tags.count("/LI") == 2


async def test_every_font_is_inside_the_file() -> None:
    reader = await read(shipped_letter(LetterKind.FAMILY_DISCHARGED))

    fonts: dict[str, Any] = {}
    for page in reader.pages:
        resources: Any = page["/Resources"]
        fonts |= {str(font.get_object()["/BaseFont"]): font.get_object() for font in resources["/Font"].values()}
    assert fonts
    for name, font in fonts.items():
        assert "AtkinsonHyperlegibleNext" in name
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


@pytest.mark.parametrize("kind", list(LetterKind), ids=str)
async def test_paper_and_page_say_the_same_words(kind: LetterKind) -> None:
    letter = shipped_letter(kind)

    reader = await read(letter)

    assert words_of_pdf(reader, letter) == words_of_page(page_of(letter))
    assert len(reader.pages) <= 2


async def test_what_somebody_typed_is_never_run_as_markup() -> None:
    text = '# *Hi* _you_ #sys.version $x$\n\n#pagebreak() "quoted" <b>bold</b> @ref `code` \\ // gone?\n- [link]#(1+1)'
    letter = a_letter(text)

    reader = await read(letter)

    assert "".join(words_of_pdf(reader, letter)) == "".join(words_of_page(page_of(letter)))
    assert "#pagebreak()" in reader.pages[0].extract_text()
    assert "&lt;b&gt;bold" in page_of(letter)


async def test_a_draft_and_an_invented_letter_say_so_on_both() -> None:
    letter = a_letter("# Hello\n\nText", notices=("Draft: not sent.", "Invented data."))

    reader = await read(letter)

    assert reader.pages[0].extract_text().startswith("Draft: not sent.\nInvented data.")
    assert words_of_page(page_of(letter))[:5] == ["Draft:", "not", "sent.", "Invented", "data."]


async def test_names_of_many_languages_are_printed() -> None:
    names = ("Zoë Łukaszewicz", "Nguyễn Thị Hoa", "Ясмин")

    reader = await read(a_letter("# Hello\n\nText", recipient=names))

    assert all(name in reader.pages[0].extract_text() for name in names)


async def test_a_character_without_a_font_is_refused_with_what_to_do() -> None:
    with pytest.raises(RuleBroken) as refusal:
        await letter_pdf(a_letter("# Hello\n\n\U0010f0f0"))

    assert refusal.value.code == "letter_character"
    assert "(U+10F0F0)" in refusal.value.sentence


async def test_the_same_letter_gives_the_same_file() -> None:
    letter = shipped_letter(LetterKind.PROFESSIONAL_DISCHARGED)

    assert await letter_pdf(letter) == await letter_pdf(letter)


async def test_a_long_letter_has_its_number_and_its_pages_counted_below() -> None:
    reader = await read(a_letter("# Hello\n\n" + "\n\n".join(f"Paragraph {number}." for number in range(90))))

    assert len(reader.pages) == 4
    assert "BLK-2026-000012-L1" in reader.pages[3].extract_text()
    assert "Page 4 of 4" in reader.pages[3].extract_text()


async def test_the_page_of_each_letter_is_accessible(browser: Browser) -> None:
    page = await browser.new_page()
    for kind in LetterKind:
        await page.set_content(page_of(shipped_letter(kind)))
        assert await faults_at_every_width(page) == [], kind
