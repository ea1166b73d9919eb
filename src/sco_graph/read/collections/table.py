"""Tables of articles: CSV (RFC 4180), tab-separated values, and Parquet, a row an article."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sco_graph.errors import DocumentUnreadable
from sco_graph.read.collections.rows import article
from sco_graph.read.content import Unreadable
from sco_graph.read.files import MAX_BYTES
from sco_graph.read.source import Source

_BATCH = 200  # rows of a Parquet file in memory


def in_csv(path: Path, columns: Mapping[str, str]) -> Iterator[Source | DocumentUnreadable]:
    """Yield the articles in UTF-8; one without an id is called by the number of its row. Raises Unreadable."""
    csv.field_size_limit(MAX_BYTES)
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=delimiter, restkey="")
            _check(reader.fieldnames or (), columns)
            yield from _articles(reader, columns, path)
    except UnicodeDecodeError as error:
        raise Unreadable("it is not UTF-8; save it so") from error
    except csv.Error as error:
        raise Unreadable(f"not a sound table: {error}") from error


def in_parquet(path: Path, columns: Mapping[str, str]) -> Iterator[Source | DocumentUnreadable]:
    """Yield the articles; one without an id is called by the number of its row. Raises Unreadable."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise Unreadable("reading Parquet needs pyarrow: pip install 'sco-graph[parquet]'") from error
    try:
        with ParquetFile(path) as file:
            _check(file.schema_arrow.names, columns)
            batches = file.iter_batches(_BATCH)
            yield from _articles((row for batch in batches for row in batch.to_pylist()), columns, path)
    except (ArrowException, ValueError) as error:
        raise Unreadable(f"not a sound Parquet file: {error}") from error


def _check(names: Iterable[str], columns: Mapping[str, str]) -> None:
    if missing := sorted(set(columns.values()) - set(names)):
        raise Unreadable(f"it has no column {', '.join(missing)}; see [columns] in sco-graph.toml")


def _articles(
    rows: Iterable[Mapping[str, object]], columns: Mapping[str, str], path: Path
) -> Iterator[Source | DocumentUnreadable]:
    stem = path.name.partition(".")[0]
    for number, row in enumerate(rows, 1):
        yield article(row, columns, f"{stem}-{number}")
