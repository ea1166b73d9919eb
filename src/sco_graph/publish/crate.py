"""The publication as a Research Object Crate: RO-Crate 1.2, https://w3id.org/ro/crate/1.2"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sco_graph.publish.about import About
from sco_graph.publish.citing import CITATION, LICENSE, ORCID
from sco_graph.publish.dumps import README, SUMS, Dump

CRATE = "ro-crate-metadata.json"

_PROFILE = "https://w3id.org/ro/crate/1.2"
# The files that stand beside the data: name and media type.
_OTHERS = {
    "void.ttl": ("Description of the dataset in VoID and DCAT", "text/turtle"),
    "ontology.ttl": ("The terms of the graph", "text/turtle"),
    "context.jsonld": ("The JSON-LD context", "application/ld+json"),
    "index.html": ("The start page of the site", "text/html"),
    CITATION: ("How to cite the data", "text/plain"),
    LICENSE: ("The terms of use", "text/plain"),
    README: ("What the files of the folder are", "text/plain"),
    SUMS: ("SHA-256 checksums of the data files", "text/plain"),
}


def crate(about: About, dumps: Sequence[Dump]) -> bytes | None:
    """Return the metadata file, or None if no day of issue is known, without which there is no crate."""
    if not about.issued:
        return None
    files = [*map(_dump, dumps), *(_file(path, *told) for path, told in sorted(_OTHERS.items()))]
    nodes = [_descriptor(), _root(about, files), *files, *_context(about)]
    found = {"@context": f"{_PROFILE}/context", "@graph": nodes}
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _descriptor() -> dict[str, Any]:
    return {
        "@id": CRATE,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _PROFILE},
    }


def _root(about: About, files: Sequence[dict[str, Any]]) -> dict[str, Any]:
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": about.title,
        "description": about.description,
        "datePublished": about.issued,
        "version": about.generation,
        "url": about.url,
        "license": {"@id": about.licence or LICENSE},
        "hasPart": [{"@id": file["@id"]} for file in files],
    }
    if about.last:
        root["temporalCoverage"] = f"{about.first}/{about.last}"
    if about.creators:
        root["author"] = [{"@id": _creator(number, creator.iri)} for number, creator in enumerate(about.creators, 1)]
    return root


def _context(about: About) -> list[dict[str, Any]]:
    """Return the nodes that are no files: makers, and the licence if it has an address."""
    found: list[dict[str, Any]] = [
        {"@id": _creator(number, creator.iri), "@type": _kind(creator.iri), "name": creator.name}
        for number, creator in enumerate(about.creators, 1)
    ]
    if about.licence:
        found.append(
            {
                "@id": about.licence,
                "@type": "CreativeWork",
                "name": about.spdx or about.licence,
                "description": "The licence of the data.",
            }
        )
    return found


def _creator(number: int, iri: str | None) -> str:
    return iri or f"#creator-{number}"


def _kind(iri: str | None) -> str:
    return "Person" if iri and iri.startswith(ORCID) else "Organization"


def _dump(dump: Dump) -> dict[str, Any]:
    return {
        "@id": dump.file.path,
        "@type": "File",
        "name": dump.file.path.rpartition("/")[2],
        "description": dump.data.says,
        "contentSize": str(dump.file.size),
        "encodingFormat": [dump.data.media_type, dump.compression_type],
        "sha256": dump.file.sha256,
    }


def _file(path: str, name: str, media_type: str) -> dict[str, Any]:
    return {"@id": path, "@type": "File", "name": name, "encodingFormat": media_type}
