"""Findings of a validation, made by hand, for tests of what is told of them."""

from __future__ import annotations

import io
from dataclasses import replace

from sco_graph.model import Evidence
from sco_graph.rdf import DEFAULT_BASE, SCHEMA, SH
from sco_graph.validate import Report, Result
from sco_graph.validate.described import outline
from sco_graph.validate.reports import FORMATS, Beginning, Findings, History, Source
from sco_graph.validate.tally import SHARES, Share, Tally
from sco_graph.validate.trend import trend

BASE = DEFAULT_BASE
SHAPE = f"{BASE}shapes#event-start"
MESSAGE = "One source gives an event at most one start."
TEXT = "It rained. The summit was held on <b>3 July</b> in Astana. All went home."
HELD = Evidence("d1", TEXT.index("held"), TEXT.index(" in Astana"))
ORDER = "An event does not end before it starts."


def result(number: int = 1, severity: str = "Violation", **changes) -> Result:
    given = Result(
        f"{BASE}id/event/summit-{number}",
        SCHEMA.startDate.value,
        '"<script>alert(1)</script>"',
        f"{SH}MaxCountConstraintComponent",
        SHAPE,
        f"{SH}{severity}",
        MESSAGE,
        (f"{BASE}claim/{number:012}",),
        ("d1",),
        (HELD,),
    )
    return replace(given, **changes)


def aside(reason: str = ORDER, claim: str = "00000000000a") -> dict[str, object]:
    place = {"document": "d1", "start": 0, "end": 9, "quote": "It rained"}
    return {"claim": claim, "kind": "event_date", "rule": "date/on", "reasons": [reason], **place}


def findings(*results: Result, **more) -> Findings:
    found = Findings(
        Report(BASE, results),
        "0123456789abcdef",
        sources={"d1": Source("d1", "news/Résumé <1>.txt", "Rain & <i>sun</i>", "A paper", Beginning(40, 3, 0))},
        texts={"d1": TEXT},
        shapes=outline(),
    )
    return replace(found, **more)


def written(name: str, found: Findings) -> str:
    out = io.BytesIO()
    FORMATS[name].write(found, out)
    return out.getvalue().decode()


def history(before: int, after: int) -> History:
    shares = dict.fromkeys(SHARES, Share(301_234, 401_234))
    sides = (Tally({"schema:Event": 40}, {"role": number}, shares) for number in (before, after))
    return History("1.0", trend(*sides), ())
