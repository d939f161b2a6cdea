"""A walk through every form of a service, by the app's own index: what was wrong, as lines; empty is well.

walk = FormWalk(SERVICE, office, addresses, today, right={"/diary/new": {"day-year": "2030"}})
assert await walk.faults(wrongly_taken) == []      # what is wrong changes nothing, is told, and is still in the form
assert await walk.faults(sent_by_others) == []     # whoever may can send it, and whoever may not is told who may
assert await walk.faults(done_twice) == []         # one form is one record, whatever is pressed
assert await walk.faults(not_kept) == []           # what is typed is kept until it is stored
"""

import asyncio
import html
import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import httpx

from shared.kernel.capability import Capability
from shared.kernel.identifiers import new_id
from shared.manifest import Person, Service
from shared.staff.form_routes import FormEntry, forms_of
from shared.testing.forms_in_page import Fields, FormInPage, problem_in
from shared.testing.office import Files, Office, OpenForm, forms_on
from shared.testing.usual_answer import usual_answer
from shared.web.date_question import DateParts
from shared.web.permissions import PUBLIC
from shared.web.questions import Line, OneCode, Text, WholeNumber

UNREADABLE = ("a\x00b", "x" * 5000)
"""What is no answer to any question."""
ODD = ("9" * 30, "-1", "½", "<b>NaN’", *UNREADABLE)
"""What somebody might type, or paste, into anything that asks for more than words."""
STORY = "She looks away when it gets loud, “nobody” sees it. \U0001f476"
OTHER = "Other words than before"
_SIGNED_OUT = "You had been signed out when you pressed the button"


@dataclass(frozen=True)
class FormWalk:
    """The forms of one service, and what is known of them besides their questions."""

    service: Service
    office: Office
    addresses: Mapping[str, Sequence[str]]
    """Path of a page → addresses."""
    today: date
    right: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    """Path of a form → what is right besides the first answer that each question offers."""
    opened_at: Mapping[str, str] = field(default_factory=dict[str, str])
    """Path of a form → the page at which it can be sent, where the usual record has none."""
    files: Mapping[str, Files] = field(default_factory=dict[str, Files])
    needs: Mapping[str, Capability] = field(default_factory=dict[str, Capability])
    """Path → what the record takes that it is opened with, where that depends on the record."""
    seen_by: Mapping[str, Collection[Person]] = field(default_factory=dict[str, Collection[Person]])
    """Path of a page → whom its record is open to, where a role is not enough."""
    said_by: Mapping[str, Collection[Person]] = field(default_factory=dict[str, Collection[Person]])
    """Path of a form → of whom its right answer is right; for anyone else another is."""

    @property
    def forms(self) -> list[FormEntry]:
        return [form for page in self.service.pages() for form in forms_of(page.router.routes)]

    async def faults(self, check: Callable[["FormWalk", FormEntry], Awaitable[Sequence[str]]]) -> list[str]:
        """What a check finds wrong, form by form; each begins at the same moment."""
        found: list[str] = []
        for form in self.forms:
            await self.office.goes_back()
            found += [f"{form.path}: {one}" for one in await check(self, form)]
        return found

    def may_send(self, person: Person, form: FormEntry) -> bool:
        """Their role may see the page, and holds what the form needs."""
        if form.page.may is PUBLIC:
            return True
        needed = self.needs.get(form.path, form.page.capability)
        if needed is not None and not isinstance(needed, Capability):
            raise TypeError(f"say what {form.path} needs")
        roles = form.page.may.dependency.roles
        holds = needed is None or self.service.capabilities().holds(person.roles, needed)
        is_open = person in self.seen_by.get(form.stands_on, self.service.people)
        return holds and is_open and (not roles or bool(roles & person.roles))

    async def opens(self, form: FormEntry) -> OpenForm:
        """By the first colleague who may send it."""
        person = next(one for one in self.service.people if self.may_send(one, form))
        usual = {_plain(path): found for path, found in self.addresses.items()}[form.stands_on][0]
        page = self.opened_at.get(form.path, usual)
        return await self.office.opens_at(page, form, person, lambda found: self._fill(form, found), self._files(form))

    def _fill(self, form: FormEntry, found: FormInPage) -> Fields:
        besides = self.right.get(form.path, {}).items()
        return usual_answer(form, found, self.today) | {name: [str(value)] for name, value in besides}

    def _files(self, form: FormEntry) -> Files | None:
        return self.files.get(form.path)


async def wrongly_taken(walk: FormWalk, form: FormEntry) -> Sequence[str]:
    """Empty, out of date, half done or nonsense: nothing is stored, and a sentence says what to do."""
    opened, before = await walk.opens(form), await walk.office.stored()
    questions = form.page.form.questions()
    faults: list[str] = []
    tries = {"without its id": {name: said for name, said in opened.right.items() if name != "intention"}}
    if any(one.missing for one in questions.values()):
        tries["empty"] = opened.empty
        only_words = {name for name, one in questions.items() if one.missing} <= {*_lines(form)}
        tries |= {f"all {odd[:9]!r}": opened.empty | _all(form, odd) for odd in (UNREADABLE if only_words else ODD)}
    for what, fields in tries.items():
        answer = await opened.sends(fields | ({} if what == "without its id" else {"intention": [str(new_id())]}))
        if answer.status_code not in {403, 409, 422}:
            faults.append(f"{what} is answered with {answer.status_code}")
        elif form.page.template and "There is a problem" not in answer.text:
            faults.append(f"{what} is not told: {problem_in(answer.text)[:80]}")
    if await walk.office.stored() != before:
        faults.append("something was saved")
    return faults + await _lost(opened)


async def _lost(opened: OpenForm) -> list[str]:
    """The words that are gone from a form which was refused for something else."""
    typed = [name for name in _lines(opened.form) if name in opened.right]
    others = [name for name, one in opened.form.page.form.questions().items() if one.missing and name not in typed]
    gone = {part for name in others for part in opened.form.page.form.questions()[name].inputs(name)}
    if not (typed and gone and opened.form.page.template):
        return []
    fields = {name: said for name, said in opened.right.items() if name not in gone}
    fields |= {name: [OTHER] for name in typed} | {"intention": [str(new_id())]}
    answer = await opened.sends(fields)
    shown = [one for one in forms_on(answer, opened.form) if one.fields.get("intention") == fields["intention"]]
    if answer.status_code == 303:
        return []
    return [f"{name} is gone" for name in typed if not shown or shown[0].fields.get(name) != [OTHER]]


async def sent_by_others(walk: FormWalk, form: FormEntry) -> Sequence[str]:
    """Everyone tries: who may can send it, and for anyone else nothing is stored and the form is not shown."""
    opened, before = await walk.opens(form), await walk.office.stored()
    faults: list[str] = []
    for person, client in walk.office.clients.items():
        if person not in walk.said_by.get(form.path, walk.service.people):
            continue
        page = await client.get(opened.page, follow_redirects=True)
        answer = await opened.sends_as(client, page)
        if walk.may_send(person, form):
            if answer.status_code != 303:
                faults.append(f"{person.name} may, and is answered {answer.status_code}: {problem_in(answer.text)}")
            await walk.office.goes_back()
            continue
        is_there = person in walk.seen_by.get(form.stands_on, walk.service.people)
        refused = answer.status_code == 403 or (answer.status_code == 404 and not is_there)
        if not refused or await walk.office.stored() != before:
            faults.append(f"{person.name} may not, and is answered {answer.status_code}")
        if forms_on(page, form):
            faults.append(f"{person.name} may not, and is shown it")
    return faults


async def done_twice(walk: FormWalk, form: FormEntry) -> Sequence[str]:
    """Sent again it is the same answer, with other words it is refused, and three at once do one thing."""
    opened = await walk.opens(form)
    first = await opened.sends()
    if first.status_code != 303:
        return [f"the right answer is answered {first.status_code}: {problem_in(first.text)}"]
    stored, rows = await walk.office.stored(), await walk.office.rows()
    again, other = await opened.sends(), with_other_content(opened)
    refused = await opened.sends(other) if other else None
    faults: list[str] = []
    if again.headers.get("location") != first.headers["location"]:
        faults.append("sent again it leads elsewhere")
    if refused is not None and refused.status_code != 409:
        faults.append(f"sent with other words it is answered {refused.status_code}")
    if await walk.office.stored() != stored:
        faults.append("sent again it is saved again")
    await walk.office.goes_back()
    together = await asyncio.gather(*(opened.sends() for _ in range(3)))
    if {one.headers.get("location") for one in together} != {together[0].headers.get("location")}:
        faults.append(f"three at once are answered {[one.status_code for one in together]}")
    if await walk.office.rows() != rows:
        faults.append("three at once are saved more than once")
    return faults


async def not_kept(walk: FormWalk, form: FormEntry) -> Sequence[str]:
    """What is typed is there again: while it is typed, when it is put off, and until it is stored."""
    if not form.page.is_typed or form.page.may is PUBLIC:
        return []
    opened, before = await walk.opens(form), await walk.office.stored()
    fields = {**opened.empty, **{name: [STORY] for name in _texts(form) if name in opened.right}}
    faults: list[str] = []
    kept = await opened.sends({**fields, "keep_as": ["typing"], "keep_number": ["1"]})
    draft = kept.headers.get("content-location", opened.page)
    if not _shows(await opened.client.get(draft), opened, fields):
        faults.append("what was typed is not there again")
    later = await opened.sends({**fields, "keep_as": ["later"]})
    listed = await opened.client.get(later.headers.get("location", "/unfinished"))
    if not re.search(rf'href="[^"]*draft={fields["intention"][0]}"[^>]*>(?!A form<)', listed.text):
        faults.append("it is not among the unfinished")
    if await walk.office.stored() != before:
        faults.append("something was saved")
    stored = await opened.sends()
    if stored.status_code != 303 or "There is none." not in (await opened.client.get("/unfinished")).text:
        faults.append(f"once it is saved ({stored.status_code}) it is still unfinished")
    return faults


def with_other_content(opened: OpenForm) -> Fields | None:
    """The same form saying something else, in words where it has any; None when it asks nothing."""
    form = opened.form.page.form
    asked = {name: one for name, one in form.questions().items() if form.asks(name, opened.right)}
    for kind, said in ((Text, OTHER), (Line, OTHER), (WholeNumber, "77"), (DateParts, "1")):
        for name, question in asked.items():
            first = question.inputs(name)[0]
            if type(question) is kind and first in opened.right:
                was = "".join(opened.right[first]) if kind is Text else ""
                return opened.right | {first: [f"{was} {said}".strip()]}
    for name, question in asked.items():
        if isinstance(question, OneCode):
            return opened.right | {
                name: [next(one.value for one in question.of if [one.value] != opened.right.get(name))]
            }
    return None


def _plain(path: str) -> str:
    """Without what its parts are: `{meeting_id:uuid}` is `{meeting_id}`."""
    return re.sub(r":\w+}", "}", path)


def _all(form: FormEntry, odd: str) -> Fields:
    questions = form.page.form.questions().items()
    return {part: [odd] for name, one in questions if not one.is_hidden for part in one.inputs(name)}


def _lines(form: FormEntry) -> list[str]:
    """Where somebody types words."""
    return [name for name, one in form.page.form.questions().items() if type(one) in (Line, Text)]


def _texts(form: FormEntry) -> list[str]:
    return [name for name, one in form.page.form.questions().items() if isinstance(one, Text) and not one.is_hidden]


def _shows(page: httpx.Response, opened: OpenForm, fields: Fields) -> bool:
    shown = [one for one in forms_on(page, opened.form) if one.fields["intention"] == fields["intention"]]
    typed = [name for name in _texts(opened.form) if name in fields]
    return bool(shown) and all(_words(shown[0].fields, name) == _words(fields, name) for name in typed)


def _words(fields: Fields, name: str) -> list[str]:
    return html.unescape("".join(fields.get(name, []))).split()
