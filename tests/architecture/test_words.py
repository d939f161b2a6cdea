"""What people read is in words that they use: templates, and every sentence in the code, are held to one list.

A docstring is for programmers and may say what it likes.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("services", "shared")
NOT_SAID = re.compile(r"\b([Ss]omebody|[Aa]nybody|[Ee]verybody|[Ee]-mails?|[Ss]tored|Store the|Take the filter off)\b")
"""Someone, anyone, everyone, email, saved, Save, Clear filter."""


def sentences_in(source: str) -> Iterator[str]:
    """Its texts of more than one word, without docstrings."""
    tree = ast.parse(source)
    bodies = [getattr(node, "body", None) for node in ast.walk(tree)]
    loose = [one for body in bodies if isinstance(body, list) for one in body if isinstance(one, ast.Expr)]
    docstrings = {id(one.value) for one in loose}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(said)) if " " in said and id(node) not in docstrings:
                yield said
            case _:
                pass


def words_in(template: str) -> str:
    """What it says: without comments, and of its tags only the texts."""
    said = re.sub(r"\{#.*?#\}", " ", template, flags=re.DOTALL)
    return re.sub(r"\{[{%].*?[}%]\}", lambda tag: " ".join(re.findall(r'"([^"]*)"', tag[0])), said, flags=re.DOTALL)


def test_no_sentence_and_no_template_has_a_word_that_people_do_not_use() -> None:
    sources = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    found = [
        f"{path.name}: {one}" for path in sources for one in sentences_in(path.read_text()) if NOT_SAID.search(one)
    ]
    templates = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.html")]
    found += [f"{path.name}: {one[0]}" for path in templates if (one := NOT_SAID.search(words_in(path.read_text())))]

    assert found == []


def test_the_search_finds_what_it_looks_for() -> None:
    assert [one for one in sentences_in('"""Stored."""\nsaid = "It is stored."') if NOT_SAID.search(one)] == [
        "It is stored."
    ]
    assert NOT_SAID.search(words_in("{# stored #}<p>Ask somebody</p>"))
    assert not NOT_SAID.search(words_in("{# stored #}{% if stored %}<p>Ask someone</p>"))
