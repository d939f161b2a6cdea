"""How one word of a name is spelled: as it is written, in Latin letters, and in the usual ways to write its sounds.

What begins with `SOUND` is how it sounds, what begins with `BONES` its consonants: neither meets anybody's word.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from anyascii import anyascii

SOUND, BONES = "~", "#"
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


@lru_cache(maxsize=10_000)
def spellings(word: str) -> tuple[str, ...]:
    """Each by which a word of a name is found; of one in plain Latin letters itself alone."""
    if word.isascii():
        return (word,) if word else ()
    return tuple({one for one in _spellings(word) if one})


def _spellings(word: str) -> Iterator[str]:
    yield word
    if _is_syllabic(word):
        yield from _syllables(word)
        return
    romanised = {latin(word), latin(word.translate(_OTHERWISE)), latin(_greek(word))}
    if word.startswith("ال"):
        romanised.add(latin(word.removeprefix("ال")))
    for one in romanised:
        yield one
        if not is_latin(word):
            yield SOUND + sound(one)
            yield from (BONES + bare for bare in [bones(one)] if bare)


def _syllables(word: str) -> Iterator[str]:
    """A family name and the given one stand together: the word from each of its letters on."""
    letters, usual, first = _romanised(word)
    for place in range(len(word)):
        yield word[place:]
        yield "".join(letters[place:])
        yield "".join(usual[place:])
        yield SOUND + sound("".join(letters[place:]))
    yield from first
    yield from (family + "".join(letters[1:]) for family in first)


def _romanised(word: str) -> tuple[list[str], list[str], set[str]]:
    """Each of its letters, as they are usually written too, and how the family name may be."""
    letters = [latin(letter) for letter in word]
    usual = [re.sub("^l", "r", _KOREAN.get(syllable, syllable)) for syllable in letters]
    return letters, usual, {letters[0], *_HANGUL.get(letters[0], ()), _CANTONESE.get(word[0], letters[0])}


def typed_alone(word: str) -> Iterator[str]:
    """What a whole name may be typed as, all together."""
    yield from (word, latin(word))
    if word.isascii():
        yield SOUND + sound(word)
        yield BONES + bones(word)


def held_alone(word: str) -> Iterator[str]:
    """What it is found by: of Chinese and Korean names not the family name alone, as a search has it."""
    if not _is_syllabic(word):
        yield from spellings(word)
        return
    letters, usual, first = _romanised(word)
    yield word
    for given in (letters[1:], usual[1:]):
        yield from (family + "".join(given) for family in (*first, letters[0], usual[0]))
    yield SOUND + sound("".join(letters))


@lru_cache(maxsize=10_000)
def usual(word: str) -> frozenset[str]:
    """How a whole name is written in the usual ways, in this order: nothing by its sound or consonants alone."""
    return frozenset(one for one in held_alone(word) if one and one[0] not in (SOUND, BONES))


def without_points(word: str) -> str:
    """Without what may be left out where it is written: points of Hebrew and Arabic, and what stands on a letter."""
    return "".join(one for one in unicodedata.normalize("NFD", word) if unicodedata.combining(one) not in _POINTS)


def latin(word: str) -> str:
    """In small letters and figures; empty where it has none."""
    if word.isascii() and word.isalnum():
        return word.lower()
    return re.sub("[^a-z0-9]", "", anyascii(word).lower())


def _greek(word: str) -> str:
    bare = "".join(one for one in unicodedata.normalize("NFD", word) if not unicodedata.combining(one))
    for greek, usual in _GREEK if any("\u0370" <= one <= "\u03ff" for one in bare) else ():
        bare = bare.replace(greek, usual)
    return bare


def is_latin(word: str) -> bool:
    """Whether each of its letters is one, with accents or without."""
    return all("LATIN" in unicodedata.name(one, "") for one in word if one.isalpha())


def _is_syllabic(word: str) -> bool:
    """Of Chinese characters or Korean syllables."""
    return all("\u3400" <= one <= "\u9fff" or "\uac00" <= one <= "\ud7a3" for one in word)


_POINTS = frozenset({*range(10, 36), 220, 230})
"""By their combining class; signs of vowels and voice, as Indian and Japanese scripts have them, are of others."""
_SOUNDS: Sequence[tuple[str, str]] = (
    ("ph", "f"), ("ck", "k"), ("kh", "h"), ("x", "ks"), ("q", "k"), ("w", "v"), ("th", "t"), ("eo", "u"), ("eu", "u"),
    ("oo", "u"), ("ou", "u"), ("ee", "i"), ("ie", "i"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("y", "i"), ("j", "i"),
    ("g", "k"), ("c", "k"),
)  # fmt: skip
_CONSONANTS: Sequence[tuple[str, str]] = (
    ("ph", "f"), ("ck", "k"), ("ch", "k"), ("x", "ks"), ("q", "k"), ("c", "k"), ("v", ""), ("w", ""), ("y", ""),
    ("h", ""),
)  # fmt: skip


def sound(word: str) -> str:
    """Of a word in Latin letters: vowels and doubled letters as they are written in the usual ways."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", word)


def bones(word: str) -> str:
    """Of a word in Latin letters: the consonants alone."""
    word = re.sub(r"(.)\1+", r"\1", word)
    for written, heard in _CONSONANTS:
        word = word.replace(written, heard)
    return re.sub("[aeiou]", "", word)
