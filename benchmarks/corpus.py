"""Documents of realistic length, made by a seeded generator that varies wording, names and structure.

They have the forms of press releases and agency news: a dateline, posts before and after names, lists of who took part,
speech with its cue in several places, dates in several forms, a caption or a byline here and there. People's names are
made of syllables, so that nobody is meant; states and their adjectives are real, since extraction knows them.
The same number and seed give the same bytes. Names are drawn by Zipf's law from a population that grows with the
number of documents, so that entities recur as they do in news.
"""

from __future__ import annotations

import datetime
import random
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

STATES = {
    "China": ("Chinese", "Beijing"),
    "India": ("Indian", "New Delhi"),
    "Iran": ("Iranian", "Tehran"),
    "Kazakhstan": ("Kazakh", "Astana"),
    "Kyrgyzstan": ("Kyrgyz", "Bishkek"),
    "Pakistan": ("Pakistani", "Islamabad"),
    "Russia": ("Russian", "Moscow"),
    "Tajikistan": ("Tajik", "Dushanbe"),
    "Uzbekistan": ("Uzbek", "Tashkent"),
    "Belarus": ("Belarusian", "Minsk"),
}
_SYLLABLES = [c + v for c in "b d g k l m n r s t v z sh kh".split() for v in ("a", "e", "i", "o", "u")]
_FIELDS = "transport trade culture agriculture energy education health tourism customs finance science youth".split()
_TOPICS = [
    "the development of transit corridors",
    "cooperation between regions",
    "the fight against drug trafficking",
    "the digital economy",
    "food security",
    "exchanges between universities",
    "the protection of cultural heritage",
    "relief after natural disasters",
]
_KINDS = "Forum Conference Exhibition Seminar".split()
_CUES = "said noted stressed added recalled".split()
_OUTLETS = ["Press service", "Daily news", "Agency", "Observer"]
_SPEECHES = [
    "We attach great importance to {topic}",
    "The member states have agreed to continue the work on {topic}",
    "{Topic} remains a priority for our country",
    "A joint plan on {topic} will be drawn up before the end of the year",
]


class _Cast:
    """The people, bodies and events of one corpus, and draws from them."""

    def __init__(self, documents: int, draw: random.Random) -> None:
        self.draw = draw
        self.people = [self._person() for _ in range(max(40, documents))]
        self.events = [self._event() for _ in range(max(20, documents // 3))]
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self.people) + 1)))
        self._event_weights = list(accumulate(1 / rank for rank in range(1, len(self.events) + 1)))

    def person(self) -> tuple[str, str, str]:
        """Return a name, the title before it and the post behind it."""
        return self.draw.choices(self.people, cum_weights=self._weights)[0]

    def event(self) -> tuple[str, str, datetime.date]:
        """Return an event, its place and its day."""
        return self.draw.choices(self.events, cum_weights=self._event_weights)[0]

    def _person(self) -> tuple[str, str, str]:
        name = " ".join("".join(self.draw.choices(_SYLLABLES, k=n)).capitalize() for n in (2, 3))
        state = self.draw.choice(list(STATES))
        field = self.draw.choice(_FIELDS)
        rank = self.draw.choice(["Minister", "Deputy Minister"])
        title = f"{STATES[state][0]} {field.capitalize()} {rank}"
        return name, title, f"{rank} of {field.capitalize()} of {state}"

    def _event(self) -> tuple[str, str, datetime.date]:
        day = datetime.date(2005, 1, 1) + datetime.timedelta(self.draw.randrange(7000))
        place = self.draw.choice([city for _, city in STATES.values()])
        number = self.draw.randrange(2, 25)
        ordinal = f"{number}{'th' if 10 < number < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
        field = self.draw.choice(_FIELDS).capitalize()
        return f"{ordinal} SCO {field} {self.draw.choice(_KINDS)}", place, day


def documents(number: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield (file name, Markdown with front matter) of `number` documents, about 3,500 characters each."""
    draw = random.Random(seed)
    cast = _Cast(number, draw)
    for at in range(number):
        yield f"g{at:06}.md", _document(cast, draw)


def write(folder: Path, number: int, seed: int = 1) -> None:
    """Write the documents into `folder`, which must exist, a thousand to a directory."""
    for at, (name, text) in enumerate(documents(number, seed)):
        directory = folder / f"{at // 1000:03}"
        directory.mkdir(exist_ok=True)
        (directory / name).write_text(text, encoding="utf-8")


def _document(cast: _Cast, draw: random.Random) -> str:
    event, place, day = cast.event()
    published = day + datetime.timedelta(draw.randrange(3))
    outlet = draw.choice(_OUTLETS)
    head = f"---\ntitle: {event} held in {place}\npublished: {published}\npublisher: {outlet}\n---\n"
    paragraphs = [_lead(cast, draw, event, place, day, outlet)]
    makers = (_speech, _list, _meeting, _background, _programme)
    paragraphs += [draw.choice(makers)(cast, draw, place, day) for _ in range(draw.randrange(7, 14))]
    if draw.random() < 0.3:
        paragraphs.append(f"Photo: {cast.person()[0]} at the {event}")
    return head + "\n\n".join(paragraphs) + "\n"


def _day(draw: random.Random, day: datetime.date) -> str:
    forms = ("on %B {d}, %Y", "on {d} %B %Y", "on %B {d}", "on %A")
    return day.strftime(draw.choice(forms)).format(d=day.day)


def _lead(cast: _Cast, draw: random.Random, event: str, place: str, day: datetime.date, outlet: str) -> str:
    name, title, _ = cast.person()
    line = f"{place.upper()}, {day.strftime('%B')} {day.day} ({outlet}) - " if draw.random() < 0.5 else ""
    verb = draw.choice(["was held", "took place", "opened"])
    return (
        f"{line}The {event} {verb} in {place} {_day(draw, day)}. {title} {name} opened it and spoke about "
        f"{draw.choice(_TOPICS)}. It was organized by the SCO Secretariat and the "
        f"Ministry of {draw.choice(_FIELDS).capitalize()} of {draw.choice(list(STATES))}."
    )


def _speech(cast: _Cast, draw: random.Random, place: str, day: datetime.date) -> str:
    name, title, post = cast.person()
    topic = draw.choice(_TOPICS)
    said = draw.choice(_SPEECHES).format(topic=topic, Topic=topic.capitalize())
    cue = draw.choice(_CUES)
    family = name.split()[1]
    forms = (
        f'"{said}," {cue} {title} {name}. {family} also thanked the hosts for the arrangements and the warm welcome.',
        f"{name}, {post}, {cue} that {said[0].lower()}{said[1:]}. The minister called for closer ties.",
        f'According to {name}, {post}, much has been done in the last years. "{said}," he {cue}.',
    )
    return draw.choice(forms)


def _list(cast: _Cast, draw: random.Random, place: str, day: datetime.date) -> str:
    people = [cast.person() for _ in range(draw.randrange(3, 7))]
    if draw.random() < 0.5:
        return "The event was attended by:\n\n" + "\n".join(f"- {name}, {post};" for name, _, post in people)
    told = ", ".join(f"{title} {name}" for name, title, _ in people[:-1])
    return f"Among the participants were {told} and {people[-1][1]} {people[-1][0]}, as well as experts and students."


def _meeting(cast: _Cast, draw: random.Random, place: str, day: datetime.date) -> str:
    (one, title, _), (other, other_title, _) = cast.person(), cast.person()
    return (
        f"On the sidelines {title} {one} met with {other_title} {other} {_day(draw, day)}. The sides discussed "
        f"{draw.choice(_TOPICS)} and agreed to hold the next round of consultations in {place}."
    )


def _background(cast: _Cast, draw: random.Random, place: str, day: datetime.date) -> str:
    state, (adjective, city) = draw.choice(list(STATES.items()))
    return (
        f"The trade of {state} with the other member states grew by {draw.randrange(2, 30)} percent in "
        f"{day.year - 1}. {adjective} companies are building a logistics centre near {city}, and two more are planned. "
        f"Analysts see in this a sign that {draw.choice(_TOPICS)} is bearing fruit, though much remains to be done."
    )


def _programme(cast: _Cast, draw: random.Random, place: str, day: datetime.date) -> str:
    name, title, _ = cast.person()
    return (
        f"The programme included a round table on {draw.choice(_TOPICS)}, which was moderated by {title} {name}, and "
        f"an exhibition of {draw.randrange(20, 200)} companies. A joint statement was signed at the end of the day."
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
