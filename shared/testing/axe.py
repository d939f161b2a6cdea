"""What axe finds wrong with a page, and whether the page fits into its window: in one visit for every width.

    assert await axe_faults(page) == []             # in the window as it is
    assert await faults_at_every_width(page) == []  # on a desk and on a telephone

Nothing is judged twice in a run that was found sound once, by whichever worker. Axe's rules other than contrast follow
from the shape of the page: its elements with their attributes and what is visible, small, crowded or too large for its
box, and where words stand, but not which. Those are kept for each child of the body, beside the outline of the whole.
Contrast follows from the colours of words and of what is around them, large or small, with the place of what else lies
behind or over them; whether a target is large enough, from its size and where others are near. Whether a page is too
wide follows from every word, and is asked each time.

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
    parts, colours, targets = (_sound.doubtful(seen[name]) for name in ("parts", "colours", "targets"))
    found = ["too wide"] if seen["isTooWide"] else []
    if parts or colours or targets:
        judged = await _judge(page, [bool(parts), list(colours), list(targets)])
        found += judged["faults"]
        _sound.add({*judged["colours"], *(() if judged["faults"] else parts | targets)})
    return [f"{page.url}: {fault}" for fault in found]


async def faults_at_every_width(page: Page) -> list[str]:
    """The same in a wide and in a narrow window, which then stays."""
    found: list[str] = []
    for width in (WIDE, NARROW):
        await page.set_viewport_size({"width": width, "height": 900})
        await page.evaluate(_IS_DRAWN)
        found += [f"{fault} ({width} pixels)" for fault in await axe_faults(page)]
    return found


async def _judge(page: Page, doubts: list[Any]) -> Any:
    judged = await page.evaluate(_JUDGE, doubts)
    if judged is None:
        await page.add_init_script(AXE_SCRIPT)
        await page.evaluate(AXE_SCRIPT)
        judged = await page.evaluate(_JUDGE, doubts)
    return judged


_JUDGE = """async ([shape, colours, targets]) => {
  if (!window.axe) return null;
  const rules = {'color-contrast': {enabled: false}, 'target-size': {enabled: false}};
  const run = (context, options) => axe.run(context, {preload: false, ...options});
  const settle = window.standStill();
  const found = shape ? (await run(document, {rules, resultTypes: ['violations']})).violations : [];
  const those = (all, doubtful) => [...all].filter(([, what]) => doubtful.includes(what)).map(([one]) => one);
  const crowded = those(window.crowdedTargets, targets);
  if (crowded.length) {
    found.push(...(await run({include: crowded}, {runOnly: ['target-size'], resultTypes: ['violations']})).violations);
  }
  const colourOf = window.colourOfWords;
  const doubtful = those(colourOf, colours);
  const sound = new Set();
  if (doubtful.length) {
    const seen = await run({include: doubtful}, {runOnly: ['color-contrast'], elementRef: true});
    const coloursOf = (results) => results.flatMap(({nodes}) => nodes).map(({element}) => colourOf.get(element));
    coloursOf([...seen.passes, ...seen.incomplete]).forEach((colour) => sound.add(colour));
    coloursOf(seen.violations).forEach((colour) => sound.delete(colour));
    found.push(...seen.violations);
  }
  settle();
  return {faults: found.map((one) => `${one.id} at ${one.nodes[0].target}`), colours: [...sound]};
}"""

_IS_DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
"""Once the window has another width."""
