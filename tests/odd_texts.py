"""Texts that no newspaper prints: composed of the words that rules look for and of signs that trip programs, or real
ones spoilt; and texts without end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

_NAMES = "Zhang Ming|Xi Jinping|N. Nazarbayev|Sh.Mirziyoyev|al-Assad|O'Brien|Ван И|王毅|Mr.|H.E.|Ⓐ|Sooronbay Jeenbekov"
_POSTS = (
    "Secretary-General|Deputy Minister of|Minister of Foreign Affairs of|President|the Prime Minister's|head of|acting"
    "|former|Chairman of the|First Deputy|Ambassador Extraordinary and Plenipotentiary to|ministers of|who|The latter"
)
_BODIES = (
    "SCO|Shanghai Cooperation Organization (SCO)|the Ministry of Culture and|Committee|Council of Heads of State|RATS"
    "|Kazakhstan|Kyrgyz Republic|China's|UN|Department for Trade, Industry and|of the|of|for|under|Ⓑ|in Samarkand"
)
_EVENTS = (
    "summit|the 24th meeting|forum|session of|on the sidelines of|round table|the opening ceremony|talks|visit to|Ⓔ"
    "|met with|attended|said that|signed|held|chaired|hosted|under the theme|titled|gathered|more than|people|1,200"
    "|three sub-forums on|respectively|including|was attended by|cancelled|will|not|according to"
)
_DATES = (
    "July 3-4, 2024|on Thursday|4 July|2024|31 February|last year|the same day|00.00.2024|2024-13-45|from May to|0"
    "|June 31, 2019 - July 1|next month|in 1999-2099|²|٣ July|9,999,999,999,999,999,999,999 people attended"
)
_MARKS = "“|”|\"|'|’|«|»|„|``|''|‘|(|)|[|]|{|<|,|;|:|.|!|?|…|-|–|—|/|\\|&|*|•|#|@|%|$|~|^|=|+|_|||'s|?s|...|,,|!?"
_SCRIPTS = (
    "Шанхайская организация|上海合作组织|منظمة شنغهاي|शंघाई सहयोग|상하이|ԱԲԳ|ไทย|İstanbul|ǅ|ß|ﬁ|𝐀𝐁|Ⅳ|ʼ|🇰🇿|👩‍👩‍👧|😀|🏳️‍🌈"
)
_INVISIBLE = [
    "\u200b",
    "\u200d",
    "\u00ad",
    "\ufeff",
    "\u2060",
    "\u202e",
    "e\u0301",
    "\u0301",
    "a" + "\u0308" * 40,
    "\u034f",
]
_SPACES = [
    " ",
    " ",
    " ",
    " ",
    " ",
    "",
    ", ",
    " and ",
    ". ",
    "\n",
    "\n\n",
    "\t",
    "  ",
    "\u00a0",
    "\u3000",
    "\r\n",
    "\r",
    "-",
]
_LINES = ["\n- ", "\n* ", "\n1. ", "\nPhoto: ", "\nBEIJING, July 3 (Xinhua) -- ", "\nRelated: ", "\n> ", ":\n"]

WORDS = [
    word for words in (_NAMES, _POSTS, _BODIES, _EVENTS, _DATES, _MARKS, _SCRIPTS) for word in words.split("|") if word
] + _INVISIBLE
DOCUMENTS = [
    path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[1] / "data" / "documents").glob("*.md"))
]

_word = st.one_of(st.sampled_from(WORDS), st.text(max_size=6))
_joint = st.sampled_from(_SPACES + _LINES)
_run = st.builds(lambda word, joint, times: (word + joint) * times, _word, _joint, st.integers(2, 40))
composed = st.lists(st.one_of(_word, _word, _joint, _joint, _run), max_size=50).map("".join)
"""Texts composed of what rules look for."""

_SPOILING: dict[str, Callable[[str, int, int, str], str]] = {
    "cut": lambda text, a, b, _: text[:a] + text[b:],
    "double": lambda text, a, b, _: text[:b] + text[a:],
    "swap": lambda text, a, b, _: text[b:] + text[a:b] + text[:a],
    "insert": lambda text, a, _, word: text[:a] + word + text[a:],
    "strip spaces": lambda text, a, b, _: text[:a] + text[a:b].replace(" ", "") + text[b:],
    "strip stops": lambda text, a, b, _: text[:a] + text[a:b].replace(".", "") + text[b:],
    "capitals": lambda text, a, b, _: text[:a] + text[a:b].upper() + text[b:],
    "small": lambda text, a, b, _: text[:a] + text[a:b].lower() + text[b:],
    "one line": lambda text, a, b, _: text[:a] + text[a:b].replace("\n", " ") + text[b:],
    "between all": lambda text, a, b, word: text[:a] + word.join(text[a : min(b, a + 60)].split(" ")) + text[b:],
    "backwards": lambda text, a, b, _: text[:a] + " ".join(reversed(text[a:b].split(" "))) + text[b:],
}
_change = st.tuples(
    st.sampled_from(sorted(_SPOILING)), st.integers(0, 1200), st.integers(0, 400), st.one_of(_word, _joint)
)


def _spoilt(document: str, start: float, changes: list[tuple[str, int, int, str]]) -> str:
    begin = int(start * len(document))
    text = document[begin : begin + 900]
    for change, at, length, word in changes:
        text = _SPOILING[change](text, at % (len(text) + 1), min(at % (len(text) + 1) + length, len(text)), word)
    return text[:4000]


spoilt = st.builds(_spoilt, st.sampled_from(DOCUMENTS), st.floats(0, 1), st.lists(_change, min_size=1, max_size=6))
"""Excerpts of real documents, spoilt."""


def _name(number: int) -> str:
    syllables = "ba de gi ko lu ma ne pi ro su ta ve zi cha she yo".split()
    return "".join(syllables[number // 16**place % 16] for place in range(3)).capitalize()


_UNITS = {
    "words": "word ",
    "one letter": "a",
    "capitals": "A. ",
    "digits": "1",
    "numbers": "1,",
    "brackets": "(",
    "commas": ",",
    "quotation marks": '"',
    "opened quotations": "“ He said. ",
    "emoji": "😀",
    "zero width": "a\u200b",
    "combining": "e\u0301\u0302",
    "Chinese": "上海合作组织成员国",
    "nested bodies": "Committee of the ",
    "bodies without a verb": "SCO ",
    "events": "SCO Summit, the forum of ",
    "dates": "on Thursday the summit of 2024 ",
    "one sentence": "Xi Jinping attended the SCO summit, met Vladimir Putin and said that ",
    "short lines": "A.\n",
    "the same": "The SCO summit was held in Astana on July 4, 2024. It was attended by Xi Jinping. ",
}


def endless(kind: str, length: int) -> str:
    """Return a text of some `length` characters, on one line if `kind` is not one of lines."""
    if kind == "a real document":
        text = " ".join(DOCUMENTS[0].split()) + " "
        return (text * (length // len(text) + 1))[:length]
    if kind == "names with titles":
        names = (
            f"{_name(n)} {_name(n * 5 + 1)}ov, Minister of Trade of {_name(n * 3)}stan, " for n in range(length // 45)
        )
        return "The forum was attended by " + "".join(names)
    if kind == "many events":
        return "".join(
            f"The {n}th SCO Forum on {_name(n)} Trade was held in {_name(n * 7)}. " for n in range(length // 55)
        )
    if kind == "one surname":
        return "".join(f"{_name(n)} Karimov met Karimov. The meeting was long. " for n in range(length // 45))
    return _UNITS[kind] * (length // len(_UNITS[kind]) + 1)


KINDS = (*_UNITS, "a real document", "names with titles", "many events", "one surname")
"""Of texts without end."""
