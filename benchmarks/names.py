"""Generated names: made of syllables, and drawn with Zipf's law, as names in documents are."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import accumulate

SYLLABLES = [c + v for c in "b d g h k l m n r s t v z sh j kh".split() for v in "a e i o u ai".split()]
BODIES = "Institute Ministry Council Agency Committee Fund University Centre".split()


class Population:
    """Names, the n-th of which is drawn in proportion to 1/(n + flat); one draw in twenty is `respell`ed."""

    def __init__(
        self,
        random_: random.Random,
        size: int,
        make: Callable[[], str],
        respell: Callable[[str], str] | None = None,
        flat: float = 0,
    ) -> None:
        self._random = random_
        self.names = list(dict.fromkeys(make() for _ in range(size)))
        self._weights = list(accumulate(1 / (n + flat) for n in range(1, len(self.names) + 1)))
        self._respell = respell

    def draw(self, number: int) -> list[str]:
        """Return at most `number` names, each once."""
        drawn = self._random.choices(self.names, cum_weights=self._weights, k=number)
        if self._respell:
            drawn = [self._respell(n) if self._random.random() < 0.05 else n for n in drawn]
        return list(dict.fromkeys(drawn))


def word(random_: random.Random, syllables: int) -> str:
    """Return a word of so many syllables."""
    return "".join(random_.choice(SYLLABLES) for _ in range(syllables)).capitalize()


def body(random_: random.Random) -> str:
    """Return the name of a body."""
    return f"{word(random_, 2)} {random_.choice(BODIES)} of {word(random_, 2)}"


def event(random_: random.Random) -> str:
    """Return the name of an event."""
    return f"{random_.randrange(1, 30)}th {word(random_, 2)} {random_.choice(('Forum', 'Conference', 'Dialogue'))}"
