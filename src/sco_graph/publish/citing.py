"""How to cite a publication, and on what terms to use it: CITATION.cff and LICENSE.txt.

The Citation File Format 1.2.0: https://github.com/citation-file-format/citation-file-format
"""

from __future__ import annotations

from typing import Any

import yaml

from sco_graph.publish.about import About

CITATION = "CITATION.cff"
LICENSE = "LICENSE.txt"

ORCID = "https://orcid.org/"
"""What the address of a person in the register of researchers begins with."""


def citation(about: About) -> bytes:
    """Return CITATION.cff. The site itself stands as its author where the settings name no creator."""
    found: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below, and name the generation.",
        "type": "dataset",
        "title": about.title,
        "abstract": about.description,
        "authors": [_author(creator.name, creator.iri) for creator in about.creators] or [{"name": about.title}],
        "version": about.generation,
        "url": about.url,
    }
    if about.issued:
        found["date-released"] = about.issued
    if about.spdx:
        found["license"] = about.spdx
    elif about.licence:
        found["license-url"] = about.licence
    return yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=1000).encode()


def _author(name: str, iri: str | None) -> dict[str, str]:
    # A name is an entity's: which part of a person's name is the family name, nobody has said.
    if iri is None:
        return {"name": name}
    return {"name": name, "orcid" if iri.startswith(ORCID) else "website": iri}


def license_file(about: About) -> bytes:
    """Return LICENSE.txt."""
    if about.licence:
        terms = f"The data are licensed under {about.spdx or 'the licence'}:\n{about.licence}\n"
    else:
        terms = "No licence has been stated: ask those who made the data before you use more than the law allows.\n"
    quoted = "Words quoted from documents remain those of their authors and publishers.\n"
    return f"{about.title}\n{about.url}\n\n{terms}\n{quoted}".encode()
