"""How the domain says no.

    Refusal                     what was asked is not done, and nothing was changed
    ├── RuleBroken              the care pathway, or the data itself, forbids it
    ├── NotAllowed              this person may not decide it
    │   └── NotSeen             nor look at what it is about
    ├── NotFound                this team has no such thing
    └── Conflict                someone else changed it first

A refusal carries a stable code for programs and a sentence that tells a person what to do next. It never carries
a name, a number or a word that someone typed. `shared.web.problems` is the only place that knows about HTTP.
"""


class Refusal(Exception):
    """What was asked is not done, and nothing was changed.

    Args:
        code: stable, in snake_case, e.g. `tier_move_review`.
        sentence: what the reader can do next, in plain words.
        field: the form field that the sentence is about, if it is about one.
    """

    others: "tuple[Refusal, ...]" = ()
    """What else is wrong with the same request, where all of it is told at once."""

    def __init__(self, code: str, sentence: str, *, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.field = field


class RuleBroken(Refusal):
    """The care pathway, or the data itself, forbids it."""


class NotAllowed(Refusal):
    """This person may not decide it."""


class NotSeen(NotAllowed):
    """This person may not look at what it is about, so no page of it is shown around the refusal."""


class NotFound(Refusal):
    """This team has no such thing; the same answer as for a thing of another team."""


class Conflict(Refusal):
    """Someone else changed it first."""


def changed_meanwhile(code: str, what: str, *, then: str = "save it again") -> Conflict:
    """Someone else was quicker: `what` says what they did."""
    sentence = f"{what} while you had the page open. Nothing that you entered was saved: compare, and {then}."
    return Conflict(code, sentence)
