"""What axe finds wrong with a page, and whether the page fits into its window: in one visit for every width.

    assert await axe_faults(page) == []             # in the window as it is
    assert await faults_at_every_width(page) == []  # on a desk and on a telephone

Nothing is judged twice in a run that was found sound once, by whichever worker; and of what is alike in one page three
are judged. What the rules say of a page as a whole follows from its outline (its head, its landmarks and whatever
stands in none) and from its headings. Most others follow from the shape of a part, such as a form, a table or a
paragraph: its elements with their attributes, what is visible, and where words stand, but not which. Whether a box can
be scrolled by a key follows from the shape of a box whose content is larger; contrast from the colours of words and of
what is around them, large or small, with the place of what else lies behind or over them; whether a target is large
enough from its size and where others are near. Whether a page is too wide follows from every word, and is asked each
time.

A bar that stays in sight covers one target after the other while the page is scrolled: axe judges with every such bar
where it stands in the page.

Axe is in a page before its own scripts once another page of the same tab was judged, which takes a twentieth of the
time.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page

WIDE, NARROW = 1200, 320
"""Pixels of a desk's window, and of a telephone's."""

_LOOK = Path(__file__).with_suffix(".js").read_text(encoding="utf-8").split("\n", 1)[1]


class Sound:
    """Parts of pages, colours of words, and places of targets in which axe found no fault, each as a digest.

    Args:
        file: where the workers of a run tell each other; none for one that is alone.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._known: set[str] = set()
        self._file = file
        self._read = 0

    def doubtful(self, those: Iterable[str]) -> set[str]:
        """Which of them nobody has found sound."""
        self._hear()
        return {one for one in those if _digest(one) not in self._known}

    def add(self, those: Iterable[str]) -> None:
        new = {_digest(one) for one in those} - self._known
        self._known |= new
        if self._file and new:
            with self._file.open("a", encoding="ascii") as file:
                file.write("".join(f"{one}\n" for one in new))

    def _hear(self) -> None:
        """What the others have found since; a line that is still being written is read the next time."""
        if self._file is None or not self._file.exists():
            return
        with self._file.open("rb") as file:
            file.seek(self._read)
            whole, _, _ = file.read().rpartition(b"\n")
        if whole:
            self._read += len(whole) + 1
            self._known.update(whole.decode("ascii").split("\n"))


def _digest(what: str) -> str:
    return hashlib.blake2b(what.encode(), digest_size=12).hexdigest()


_sound = Sound()


def share_what_is_sound(file: Path) -> None:
    """With the other workers of this run."""
    global _sound  # noqa: PLW0603 - a worker is told once, before its first page
    _sound = Sound(file)


async def axe_faults(page: Page) -> list[str]:
    """Each rule that is broken and where first, and `too wide` when the page is wider than its window."""
    seen: Any = await page.evaluate(_LOOK)
    doubts = {name: list(_sound.doubtful(seen[name])) for name in _JUDGED}
    found = ["too wide"] if seen["isTooWide"] else []
    if any(doubts.values()):
        judged = await _judge(page, doubts)
        found += judged["faults"]
        if not judged["faults"]:
            _sound.add(one for name in _JUDGED if name != "colours" for one in doubts[name])
        _sound.add(judged["colours"])
    return [f"{page.url}: {fault}" for fault in found]


async def faults_at_every_width(page: Page) -> list[str]:
    """The same in a wide and in a narrow window, which then stays."""
    found: list[str] = []
    for width in (WIDE, NARROW):
        await page.set_viewport_size({"width": width, "height": 900})
        await page.evaluate(_IS_DRAWN)
        found += [f"{fault} ({width} pixels)" for fault in await axe_faults(page)]
    return found


async def _judge(page: Page, doubts: dict[str, list[str]]) -> Any:
    judged = await page.evaluate(_JUDGE, doubts)
    if judged is None:
        await page.add_init_script(AXE_SCRIPT)
        await page.evaluate(AXE_SCRIPT)
        judged = await page.evaluate(_JUDGE, doubts)
    return judged


_JUDGED = ("page", "headings", "parts", "boxes", "targets", "colours")

_JUDGE = """async (doubts) => {
  if (!window.axe) return null;
  const OF_HEADINGS = ['heading-order', 'page-has-heading-one'];
  const OF_A_PAGE = /^(accesskeys|aria-hidden-body|bypass|document-title|html|landmark|meta|region)/;
  const NOT_MEANT = new Set(['experimental', 'deprecated', 'obsolete', 'wcag2aaa']);
  const isMeant = ({tags}) => !tags.some((one) => NOT_MEANT.has(one));
  const ofPage = axe.getRules().filter(isMeant).map(({ruleId}) => ruleId).filter((id) => OF_A_PAGE.test(id));
  const apart = [...ofPage, ...OF_HEADINGS, 'scrollable-region-focusable', 'target-size', 'color-contrast'];
  const rules = Object.fromEntries(apart.map((id) => [id, {enabled: false}]));
  const run = (context, options) => axe.run(context, {preload: false, resultTypes: ['violations'], ...options});
  const some = (all, doubtful) => doubtful.flatMap((what) =>
    [...all].filter(([, its]) => its === what).slice(0, 3).map(([one]) => one));
  const found = [];
  const look = async (include, options) => {
    if (include.length) found.push(...(await run({include}, options)).violations);
  };
  const settle = window.standStill();
  const whole = [...(doubts.page.length ? ofPage : []), ...(doubts.headings.length ? OF_HEADINGS : [])];
  if (whole.length) found.push(...(await run(document, {runOnly: whole})).violations);
  await look(some(window.shapesOfParts, doubts.parts), {rules});
  await look(some(window.boxesThatScroll, doubts.boxes), {runOnly: ['scrollable-region-focusable']});
  const colourOf = window.colourOfWords;
  const drawn = [...some(colourOf, doubts.colours), ...some(window.crowdedTargets, doubts.targets)];
  const sound = new Set();
  if (drawn.length) {
    const resultTypes = ['passes', 'incomplete', 'violations'];
    const runOnly = ['color-contrast', 'target-size'];
    const seen = await run({include: drawn}, {runOnly, resultTypes, elementRef: true});
    const coloursOf = (results) => results.filter(({id}) => id === 'color-contrast').flatMap(({nodes}) => nodes)
      .map(({element}) => colourOf.get(element));
    coloursOf([...seen.passes, ...seen.incomplete]).forEach((colour) => sound.add(colour));
    coloursOf(seen.violations).forEach((colour) => sound.delete(colour));
    found.push(...seen.violations);
  }
  settle();
  return {faults: found.map((one) => `${one.id} at ${one.nodes[0].target}`), colours: [...sound]};
}"""

_IS_DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
"""Once the window has another width."""
