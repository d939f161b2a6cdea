"""The forms of a page, with what a browser would send of them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

Fields = dict[str, list[str]]


@dataclass
class FormInPage:
    """One form, as it is when nobody touched it."""

    action: str
    """Empty: the page's own address."""
    fields: Fields = field(default_factory=dict[str, list[str]])
    offers: Fields = field(default_factory=dict[str, list[str]])
    """What can be chosen."""

    def chooses(self, name: str, value: str) -> None:
        self.offers.setdefault(name, []).append(value)

    def holds(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def forms_in(page: str) -> list[FormInPage]:
    """Those that are sent by POST."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def problem_in(page: str) -> str:
    """What the page says is wrong, without its tags."""
    main = page.partition("<main")[2].partition("</main>")[0]
    said = re.search(r"error-summary__list\">(.*?)</ul>", main, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", said[1] if said else main).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FormInPage] = []
        self._open: FormInPage | None = None
        self._select = ""
        self._textarea: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form" and about.get("method") == "post":
            self._open = FormInPage(about.get("action", ""))
            self.forms.append(self._open)
        elif self._open is not None:
            self._take(self._open, tag, about)

    def _take(self, form: FormInPage, tag: str, about: dict[str, str]) -> None:
        name, value = about.get("name", ""), about.get("value", "")
        is_choice = about.get("type") in {"radio", "checkbox"}
        if is_choice or (tag == "button" and name):
            form.chooses(name, value)
        if tag == "input" and name and (not is_choice or "checked" in about):
            form.holds(name, value)
        elif tag == "select":
            self._select = name
            form.fields[name] = [""]
        elif tag == "option":
            form.chooses(self._select, value)
            if "selected" in about:
                form.fields[self._select] = [value]
        elif tag == "textarea":
            self._textarea, self._text = name, ""

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._open is not None and self._textarea:
            self._open.holds(self._textarea, self._text.removeprefix("\n"))
            self._textarea = None
        elif tag == "form":
            self._open = None
