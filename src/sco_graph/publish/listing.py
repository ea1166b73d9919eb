"""Lists as pages show them: what is in one, what it can be narrowed to, and where each link leads.

A server narrows a list by any facets. A published site has lists narrowed by one value of a facet whose values are
few: there are as many more pages as such values, however large the graph is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from sco_graph.catalogue.index import Catalogue, Item
from sco_graph.catalogue.kinds import FACETS, KINDS, SORTS
from sco_graph.catalogue.selecting import Choice, Facet, Listing, Selection, choices, listing
from sco_graph.publish.addresses import Links

PAGE = 100
"""How many things stand on one page of a list, unless more or fewer are asked for."""

PUBLISHED: Mapping[str, tuple[str, ...]] = {
    "person": ("state",),
    "organization": ("type", "state"),
    "place": ("state",),
    "event": ("year", "type", "state"),
    "document": ("year", "type"),
}
"""The facets by which the lists of a published site are narrowed."""

# What comes from documents names a file only if it cannot lead elsewhere.
_SAFE = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,199}(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,199})?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A page of a list: `number` from 1, `size` things a page; of the facet `whole` all values are shown."""

    selection: Selection
    number: int = 1
    size: int = PAGE
    whole: str = ""

    def parameters(self) -> list[tuple[str, str]]:
        """Return the parameters of its address in their one order, without those that say what is so anyway."""
        chosen = self.selection
        found = [
            (facet, key) for facet in KINDS[chosen.kind].facets for key in sorted(set(chosen.values.get(facet, ())))
        ]
        rest = {
            "q": chosen.words,
            "sort": "" if chosen.order == KINDS[chosen.kind].sorts[0] else chosen.order,
            "size": "" if self.size == PAGE else f"{self.size}",
            "all": self.whole,
            "page": "" if self.number == 1 else f"{self.number}",
        }
        return found + [(name, value) for name, value in rest.items() if value]

    def query(self) -> str:
        """Return the parameters as an address has them, with the "?", or nothing."""
        given = self.parameters()
        return "?" + urlencode(given, safe="/") if given else ""

    def path(self) -> str | None:
        """Return the path of its page on a published site, or None if it has none there."""
        chosen = [(facet, key) for facet, keys in self.selection.values.items() for key in keys]
        plain = Asked(Selection(self.selection.kind), self.number)
        if len(chosen) > 1 or replace(self, selection=replace(self.selection, values={})) != plain:
            return None
        parts = [f"browse/{self.selection.kind}"]
        for facet, key in chosen:
            if facet not in PUBLISHED.get(self.selection.kind, ()) or not _SAFE.fullmatch(key):
                return None
            parts += [facet, key]
        return "/".join([*parts, f"{self.number}"] if self.number > 1 else parts)


@dataclass(frozen=True, slots=True)
class Link:
    """A link; `href` is None where it would lead to what one sees."""

    label: str
    href: str | None


@dataclass(frozen=True, slots=True)
class ChoiceLink:
    """A value of a facet, and where choosing it leads; see `Choice`. `href` is None where it leads nowhere."""

    choice: Choice
    href: str | None


@dataclass(frozen=True, slots=True)
class FacetLinks:
    """A facet; `whole` leads to all its values if there are `more`."""

    facet: Facet
    choices: tuple[ChoiceLink, ...]
    whole: str | None


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list.

    `chips` are the chosen values, each with the link that drops it, and `clear` drops all. `kept` are the parameters
    that a form has to keep. `canonical` is the query of the address under which this page is known.
    """

    asked: Asked
    heading: str
    listing: Listing
    facets: tuple[FacetLinks, ...]
    chips: tuple[Link, ...]
    clear: str | None
    sorts: tuple[Link, ...]
    previous: str | None
    next: str | None
    kept: tuple[tuple[str, str], ...]
    canonical: str


class _Live:
    """Where the lists of a server are."""

    def __init__(self, links: Links) -> None:
        self._links = links

    def of(self, asked: Asked) -> str | None:
        return self._links.page(f"browse/{asked.selection.kind}") + asked.query()


class _Published:
    """Where the lists of a published site are."""

    def __init__(self, links: Links) -> None:
        self._links = links

    def of(self, asked: Asked) -> str | None:
        path = asked.path()
        return self._links.page(path) if path else None


def list_page(found: Catalogue, asked: Asked, links: Links, live: bool) -> ListPage | None:
    """Return a page of a list, or None if it has no such page."""
    part = listing(found, asked.selection, asked.number, asked.size)
    if part is None:
        return None
    addresses = _Live(links) if live else _Published(links)
    first = replace(asked, number=1, whole="")
    chosen = asked.selection
    # On a published site one value takes the place of another.
    base = first if live else replace(first, selection=Selection(chosen.kind))
    facets = choices(found, base.selection, *((asked.whole,) if live else ("*", PUBLISHED.get(chosen.kind, ()))))
    return ListPage(
        asked=asked,
        heading=KINDS[chosen.kind].heading,
        listing=part,
        facets=tuple(_facets(facets, base, chosen, addresses)),
        chips=tuple(_chips(found, first, addresses)),
        clear=addresses.of(Asked(Selection(chosen.kind))) if chosen.values or chosen.words else None,
        sorts=tuple(
            Link(SORTS[sort], None if sort == chosen.order else addresses.of(_sorted(first, sort)))
            for sort in KINDS[chosen.kind].sorts
        ),
        previous=addresses.of(replace(asked, number=asked.number - 1)) if asked.number > 1 else None,
        next=addresses.of(replace(asked, number=asked.number + 1)) if asked.number < part.pages else None,
        kept=tuple((name, value) for name, value in first.parameters() if name not in {"q", "sort"}),
        canonical=asked.query(),
    )


def _sorted(asked: Asked, sort: str) -> Asked:
    return replace(asked, selection=replace(asked.selection, sort=sort))


def _facets(
    facets: tuple[Facet, ...], base: Asked, now: Selection, addresses: _Live | _Published
) -> Iterator[FacetLinks]:
    for facet in facets:
        links = []
        for choice in facet.choices:
            chosen = choice.chosen or choice.key in now.values.get(facet.name, ())
            toggled = replace(base, selection=base.selection.toggled(facet.name, choice.key))
            href = addresses.of(toggled)
            if href or isinstance(addresses, _Live):
                links.append(ChoiceLink(replace(choice, chosen=chosen), href))
        if links:
            more = addresses.of(replace(base, whole=facet.name)) if facet.more else None
            yield FacetLinks(facet, tuple(links), more)


def _chips(found: Catalogue, first: Asked, addresses: _Live | _Published) -> Iterator[Link]:
    selection = first.selection
    for facet, keys in selection.values.items():
        for key in keys:
            label = found.label(selection.kind, facet, key)
            href = addresses.of(replace(first, selection=selection.toggled(facet, key)))
            yield Link(f"{FACETS[facet]}: {label}", href)
    if selection.words:
        yield Link(f"Named “{selection.words}”", addresses.of(replace(first, selection=replace(selection, words=""))))


def published(found: Catalogue) -> Iterator[Asked]:
    """Yield all pages that the lists of a published site have."""
    for kind in KINDS:
        selections = [Selection(kind)]
        for facet in PUBLISHED.get(kind, ()):
            selections += [Selection(kind, {facet: (key,)}) for key in found.keys(kind, facet)]
        for selection in selections:
            number, pages = 1, 1
            while number <= pages:
                asked = Asked(selection, number)
                part = listing(found, selection, number, PAGE)
                if asked.path() is None or part is None:
                    break
                pages = part.pages
                yield asked
                number += 1


def record(item: Item) -> dict[str, object]:
    """Return a thing of a list as data."""
    return {
        "iri": item.iri,
        "name": item.name,
        "kind": item.kind,
        "about": item.about,
        "date": item.day,
        "planned": item.planned,
        "documents": item.documents,
    }
