"""When a question of a form applies."""

from shared.web.form_body import Fields

YES, NO = "yes", "no"


class When:
    """The answers to an earlier question that make another one apply."""

    def __init__(self, question: str, *answers: str) -> None:
        """Args: answers: as inputs hold them, and a code is its own; none: any answer."""
        self.question = question
        self.answers = tuple(str(one) for one in answers)

    def is_met(self, posted: Fields) -> bool:
        given = [value for value in posted.get(self.question, []) if value]
        return not set(self.answers).isdisjoint(given) if self.answers else bool(given)
