"""Figures as people type and paste them, in any script."""

import unicodedata


def plain_figures(text: str) -> str:
    """With digits of any script as ours, dashes of any length as hyphens, and without what cannot be seen."""
    return "".join(_plain(letter) for letter in unicodedata.normalize("NFKC", text))


def _plain(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    return "-" if kind == "Pd" else "" if kind == "Cf" else " " if kind in {"Zs", "Zl"} else letter
