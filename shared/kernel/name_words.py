"""The words by which a name is found: as it is written, and as somebody without that keyboard would type it.

An index holds, for each word of a name, the word itself, what it is without its accents or in Latin letters (anyascii),
and, where it is not plain Latin already, two looser keys: how it sounds when vowels and doubled letters are written
in the usual ways, and its consonants alone, for scripts that do not write vowels or that are romanised in many ways.
A search asks for any of these of each typed word. Plain Latin names have no loose keys, so `Lee` does not find `Lea`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from anyascii import anyascii

_SOUND, _BONES = "~", "#"
"""What the two loose keys begin with, so that they meet nobody's word."""
_MOST_TOGETHER = 6
"""Typed words of which two may be one; who types more has said enough."""
_LONGEST = 300
"""Letters of a name that count: the parts of one word make as many words as there are pairs of them."""
_PARTICLE = 4
"""Letters of a word that people write together with the next one: O', Mac, Abd, de."""
_FEWEST_SOUNDS, _WHOLE_BONES = 3, 3
_OTHERWISE = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ø": "oe",
        "å": "aa",
        "æ": "ae",
        "ё": "е",
        "г": "h",
        "ة": "ه",
        "ъ": "",
        "ь": "",
        "ச": "s",
        "ח": "ch",
    }
    | dict.fromkeys("ंংਂੰંంಂം", "n")
)
"""The other usual way to write a letter: Mueller, Soeren, Aase; and Serhii, Pyotr and Petr; Sandeep and Singh."""
_GREEK = (
    ("γι", "yi"),
    ("γγ", "ng"),
    ("γκ", "g"),
    ("μπ", "b"),
    ("ντ", "nt"),
    ("ευ", "ev"),
    ("αυ", "av"),
    ("ου", "ou"),
    ("υ", "y"),
)
_HANGUL = {
    "gim": ("kim",), "i": ("lee", "yi"), "bag": ("park", "pak", "bak"), "bak": ("park", "pak"), "choe": ("choi",),
    "jeong": ("jung", "chung"),
    "gang": ("kang",), "jo": ("cho",), "yun": ("yoon",), "im": ("lim",), "o": ("oh",), "seo": ("suh",),
    "sin": ("shin",),
    "gwon": ("kwon",), "an": ("ahn",), "yu": ("yoo",), "no": ("noh", "roh"), "jeon": ("jun",), "u": ("woo",),
}  # fmt: skip
"""Family names whose usual spelling is not that of the rule."""
_KOREAN = {
    "hui": "hee", "u": "woo", "jeong": "jung", "hyeon": "hyun", "seong": "sung", "yeong": "young", "gyeong": "kyung",
    "su": "soo", "jun": "joon", "gi": "ki", "geon": "gun", "yeon": "yeon", "hyeok": "hyuk", "sik": "shik",
}  # fmt: skip
"""Syllables of given names, likewise."""
_CANTONESE = {
    "陳": "chan", "李": "lee", "黃": "wong", "黄": "wong", "張": "cheung", "梁": "leung", "林": "lam", "王": "wong",
    "吳": "ng", "劉": "lau", "何": "ho", "楊": "yeung", "葉": "yip", "鄭": "cheng", "周": "chow", "謝": "tse",
    "馬": "ma", "羅": "law", "郭": "kwok", "蔡": "choi", "曾": "tsang", "許": "hui", "鄧": "tang", "馮": "fung",
    "趙": "chiu", "徐": "tsui", "朱": "chu", "余": "yu", "蘇": "so", "譚": "tam", "胡": "wu", "關": "kwan",
    "潘": "poon",
    "盧": "lo", "莫": "mok", "龍": "lung", "江": "kong", "鍾": "chung", "袁": "yuen", "洪": "hung", "蕭": "siu",
}  # fmt: skip
"""Family names as they are spelled in Hong Kong."""


def name_words(*names: str | None) -> list[str]:
    """The words of names, for an index; sorted, each once."""
    found: set[str] = set()
    for name in names:
        outer = _outer((name or "")[:_LONGEST])
        for parts in outer:
            for word in _runs(parts):
                found |= set(_indexed(word))
        for together in _with_particles(["".join(parts) for parts in outer]):
            found |= set(_indexed(together))
    return sorted(found)


def sought_words(text: str) -> list[list[str]]:
    """The words that someone typed, in each way in which they may stand together; empty where there is none."""
    words = [part for parts in _outer(text[:_LONGEST]) for part in parts]
    pairs = range(len(words) - 1) if len(words) <= _MOST_TOGETHER else ()
    joined = [[*words[:place], words[place] + words[place + 1], *words[place + 2 :]] for place in pairs]
    return [words, *joined] if words else []


def begins_with(text: str) -> tuple[str, ...]:
    """The searches, one of which finds a name, for what someone typed, as PostgreSQL's `tsquery` writes them.

    Each is asked by itself, since an index answers words that must all be there far quicker than a choice of such.
    """
    return tuple(" & ".join(f"({_alternatives(word)})" for word in words) for words in sought_words(text))


def plain_name(name: str) -> str:
    """`Zoë O'Brien-Ñí` → `zoe obrien ni`: what two spellings of one name have in common."""
    return " ".join(_latin("".join(parts)) for parts in _outer(name.replace("-", " ")))


def _alternatives(word: str) -> str:
    asked = {f"{_quoted(one)}:*" for one in (word, _latin(word)) if one}
    if word.isascii():
        if len(sound := _sound(word)) >= _FEWEST_SOUNDS:
            asked.add(f"{_quoted(_SOUND + sound)}:*")
        if bones := _bones(word):
            asked.add(_quoted(_BONES + bones) + (":*" if len(bones) > _WHOLE_BONES else ""))
    return " | ".join(sorted(asked))


def _quoted(word: str) -> str:
    """Letters, marks and figures only are in a word; what quotes is not."""
    return f"'{word}'"


@lru_cache(maxsize=10_000)
def _indexed(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (word,) if word else ()
    return tuple({one for one in _spellings(word) if one})


def _spellings(word: str) -> Iterator[str]:
    yield word
    if _is_syllabic(word):
        yield from _syllables(word)
        return
    romanised = {_latin(word), _latin(word.translate(_OTHERWISE)), _latin(_greek(word))}
    if word.startswith("ال"):
        romanised.add(_latin(word.removeprefix("ال")))
    for one in romanised:
        yield one
        yield _SOUND + _sound(one)
        if not _is_latin(word) and (bones := _bones(one)):
            yield _BONES + bones


def _syllables(word: str) -> Iterator[str]:
    """A family name and the given one stand together: the word from each of its letters on."""
    latin = [_latin(letter) for letter in word]
    usual = [re.sub("^l", "r", _KOREAN.get(syllable, syllable)) for syllable in latin]
    first = {latin[0], *_HANGUL.get(latin[0], ()), _CANTONESE.get(word[0], latin[0])}
    for place in range(len(word)):
        yield word[place:]
        yield "".join(latin[place:])
        yield "".join(usual[place:])
        yield _SOUND + _sound("".join(latin[place:]))
    yield from first
    yield from (family + "".join(latin[1:]) for family in first)


def _with_particles(words: list[str]) -> Iterator[str]:
    """`van`, `der`, `berg` → `vander`, `vanderberg`, `derberg`."""
    for first in range(len(words)):
        together = words[first]
        for before, word in pairwise(words[first:]):
            if len(before) > _PARTICLE:
                break
            together += word
            yield together


def _runs(parts: list[str]) -> Iterator[str]:
    """Each part, and parts that stand together: `o`, `flaherty`, `smith`, `oflaherty`, `flahertysmith` …"""
    for first in range(len(parts)):
        yield from ("".join(parts[first:last]) for last in range(first + 1, len(parts) + 1))


def _outer(text: str) -> list[list[str]]:
    """Words as spaces divide them, each in its parts: `St.John` → `st`, `john`."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    composed = unicodedata.normalize("NFC", composed.replace("i̇", "i"))
    found = [[part for part in _cut(word) if part] for word in composed.split()]
    return [parts for parts in found if parts]


def _cut(word: str) -> list[str]:
    kept = "".join(letter for letter in word if unicodedata.category(letter) != "Cf")
    return "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in kept).split()


def _latin(word: str) -> str:
    return re.sub("[^a-z0-9]", "", anyascii(word).lower())


def _greek(word: str) -> str:
    bare = "".join(one for one in unicodedata.normalize("NFD", word) if not unicodedata.combining(one))
    for greek, latin in _GREEK if any("\u0370" <= one <= "\u03ff" for one in bare) else ():
        bare = bare.replace(greek, latin)
    return bare


def _is_latin(word: str) -> bool:
    return all("LATIN" in unicodedata.name(one, "") for one in word if one.isalpha())


def _is_syllabic(word: str) -> bool:
    """Of Chinese characters or Korean syllables."""
    return all("\u3400" <= one <= "\u9fff" or "\uac00" <= one <= "\ud7a3" for one in word)


_SOUNDS: Sequence[tuple[str, str]] = (
    ("ph", "f"), ("ck", "k"), ("kh", "h"), ("x", "ks"), ("q", "k"), ("w", "v"), ("th", "t"), ("eo", "u"), ("eu", "u"),
    ("oo", "u"), ("ou", "u"), ("ee", "i"), ("ie", "i"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("y", "i"), ("j", "i"),
    ("g", "k"), ("c", "k"),
)  # fmt: skip
_CONSONANTS: Sequence[tuple[str, str]] = (
    ("ph", "f"), ("ck", "k"), ("ch", "k"), ("x", "ks"), ("q", "k"), ("c", "k"), ("v", ""), ("w", ""), ("y", ""),
    ("h", ""),
)  # fmt: skip


def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", word)


def _bones(word: str) -> str:
    word = re.sub(r"(.)\1+", r"\1", word)
    for written, heard in _CONSONANTS:
        word = word.replace(written, heard)
    return re.sub("[aeiou]", "", word)
