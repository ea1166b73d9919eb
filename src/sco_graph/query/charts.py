"""Charts that suit a stored query's answer, as its decorator `chart` declares them.

    #+ chart:
    #+   type: timeline
    #+   begin: first
    #+   label: title

names the variables that the chart is drawn from. grlc passes over it, as over every decorator that it does not know.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, fields
from typing import Any

from sco_graph.errors import QueryInvalid


@dataclass(frozen=True, slots=True)
class Timeline:
    """A bar from `begin` to `end`, or a dot at `begin`, for each row; both ISO 8601 dates of any precision.

    `label` names it, and `group`, where there is one, those that belong together.
    """

    begin: str
    label: str
    end: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """A line between the things `source` and `target`, the stronger the more rows have both."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar for each `label`: the sum of `value` in its rows, or how many they are."""

    label: str
    value: str | None = None


Chart = Timeline | Network | Bars
_TYPES: dict[str, type[Timeline] | type[Network] | type[Bars]] = {
    "timeline": Timeline,
    "network": Network,
    "bars": Bars,
}


def chart(query: str, entry: Any, text: str) -> Chart:
    """Return the chart that the decorator `entry` declares for the query called `query` with the whole `text`.

    Raises QueryInvalid for a type or key that there is not, and for a variable that the query has not.
    """
    kind = _TYPES.get(entry.get("type", "")) if isinstance(entry, dict) else None
    if kind is None:
        raise QueryInvalid(query, f"its `chart` needs a `type`, one of {', '.join(_TYPES)}.")
    known = {field.name: field.default is MISSING for field in fields(kind)}
    given = {key: value for key, value in entry.items() if key != "type"}
    for key in [*given, *(key for key, needed in known.items() if needed)]:
        if key not in known or key not in given:
            raise QueryInvalid(query, f"a chart of type {entry['type']} has {', '.join(known)}; see `{key}`.")
    for key, variable in given.items():
        if not isinstance(variable, str) or not re.search(rf"[?$]{re.escape(variable)}\b", text):
            raise QueryInvalid(query, f"its `chart` names {variable!r} as `{key}`, which is no variable of it.")
    return kind(**given)
