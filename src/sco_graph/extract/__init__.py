"""Extract: Document -> Text, the sentences with their mentions and what these refer to."""

from __future__ import annotations

from sco_graph.extract import coreference, dates, events, here, meetings, names, quotes, segment
from sco_graph.extract.language import Pipeline
from sco_graph.model import Document, Text


def read_text(document: Document, pipeline: Pipeline) -> Text:
    """Return `document` as the kinds of claim read it."""
    parse = pipeline.parse(segment.blocks(document.text))
    text = names.find(document, parse)
    text = events.find(dates.find(text))
    return here.find(meetings.find(coreference.find(quotes.find(text))))
