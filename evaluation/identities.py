"""Scores identity across the documents of the evaluation corpus by B-cubed: as extracted, and with gold mentions given.

The first is what `score.py --identities` says of a build's export. For the second, the mentions and facts of the gold
stand in for extraction, so that what is measured is linking alone. The points of comparison were set with the
developing half in view; the clusters span both halves.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from evaluation.evaluate import CORPUS, PROGRAM, build

from sco_graph.claims.base import Claim
from sco_graph.claims.event_date import EventDate
from sco_graph.claims.event_place import EventPlace
from sco_graph.claims.extraction import Extraction
from sco_graph.claims.part_of import PartOf
from sco_graph.claims.participation import Participation
from sco_graph.claims.role import Role
from sco_graph.model import Capacity, Document, EntityType, Evidence, Mention, Referent
from sco_graph.pipeline import files
from sco_graph.project import load_project
from sco_graph.resolve import resolve
from sco_graph.resolve.authority import Authority, entries
from sco_graph.resolve.register import Register

PRECISION, F1 = 0.97, 0.93
"""What is promised."""
Item = tuple[str, str]  # a document, and an entity of its gold


def main() -> int:
    """Print both figures; return 1 if what is extracted falls below what is promised."""
    if not CORPUS.is_dir():
        print(f"The evaluation corpus is not here: {CORPUS}. Nothing was measured.")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        build(project)
        extracted = _extracted(project)
        given = _given(project)
    print("\nIdentities across documents, B-cubed   precision  recall      F1")
    for what, (precision, recall, f1) in (("as extracted", extracted), ("gold mentions given", given)):
        print(f"{what:37}{precision:11.3f}{recall:8.3f}{f1:8.3f}")
    return 0 if extracted[0] >= PRECISION and extracted[2] >= F1 else 1


def _extracted(project: Path) -> tuple[float, float, float]:
    export, figures = project / "all.nq", project / "figures.json"
    options = ["--format", "nquads", "--graph", "all", "-o", str(export), "--project", str(project)]
    subprocess.run([*PROGRAM, "export", *options], check=True, capture_output=True)
    scorer = [sys.executable, str(CORPUS / "score.py"), str(export), str(CORPUS / "gold")]
    subprocess.run(
        [*scorer, "--identities", str(CORPUS / "identities.json"), "--json", str(figures)],
        check=True,
        capture_output=True,
    )
    row = json.loads(figures.read_text(encoding="utf-8"))["identity (B-cubed)"]
    return row["precision"], row["recall"], row["f1"]


def _given(project: Path) -> tuple[float, float, float]:
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((CORPUS / "gold").glob("*.json"))]
    loaded = load_project(project)
    authority = Authority(entries(files.authority_quads(loaded)))
    found = resolve([_extraction(gold) for gold in golds], authority, Register(), loaded.base)
    demanded = {(g["doc"], value) for g in golds for fact in g["facts"] for value in map(str, fact.values())}
    return b_cubed({item: iri for item, iri in found.iris.items() if item in demanded})


def b_cubed(found: dict[Item, str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the clusters that `found` makes (B-cubed: Bagga and Baldwin, 1998)."""
    clusters = json.loads((CORPUS / "identities.json").read_text(encoding="utf-8"))
    gold = {
        (m["doc"], m["id"]): n for n, c in enumerate(clusters) for m in c["mentions"] if (m["doc"], m["id"]) in found
    }
    by_gold: dict[int, set[Item]] = defaultdict(set)
    by_found: dict[str, set[Item]] = defaultdict(set)
    for item, number in gold.items():
        by_gold[number].add(item)
        by_found[found[item]].add(item)
    both = {item: len(by_gold[n] & by_found[found[item]]) for item, n in gold.items()}
    precision = sum(both[i] / len(by_found[found[i]]) for i in gold) / len(gold)
    recall = sum(both[i] / len(by_gold[n]) for i, n in gold.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _extraction(gold: dict) -> Extraction:  # type: ignore[type-arg]
    """Return the gold of a document as if it had been extracted."""
    document = Document(gold["doc"], f"{gold['doc']}.md", "", "0" * 64, gold["title"], gold.get("published"))
    referents = {e["id"]: _referent(e) for e in gold["entities"]}
    claims = [claim for fact in gold["facts"] if (claim := _claim(fact, referents, document))]
    return Extraction(document, tuple(referents.values()), tuple(claims), tuple("" for _ in claims))


def _referent(entity: dict) -> Referent:  # type: ignore[type-arg]
    name, aliases = entity["name"], tuple(entity.get("aliases", ()))
    short = next((a for a in aliases if a.isupper() and 2 <= len(a) <= 8), None)
    return Referent(entity["id"], EntityType(entity["type"].casefold()), name, entity.get("label"), aliases, short)


def _claim(fact: dict, referents: dict[str, Referent], document: Document) -> Claim | None:  # type: ignore[type-arg]
    def mention(slot: str) -> Mention:
        referent = referents[fact[slot]]
        return Mention(0, 0, referent.name or "", referent.type, referent.id)

    told = {"evidence": Evidence(document.id, 0, 0), "rule": "gold/given"}
    match fact["kind"]:
        case "role":
            body = mention("org") if fact.get("org") else None
            return Role(**told, person=mention("person"), title=fact["title"], organization=body)
        case "part_of":
            return PartOf(**told, child=mention("child"), parent=mention("parent"))
        case "event_date":
            last = str(fact.get("end") or fact["start"])
            return EventDate(**told, event=mention("event"), first=str(fact["start"]), last=last)
        case "event_place":
            return EventPlace(**told, event=mention("event"), place=mention("place"))
        case "participation":
            capacity = Capacity(fact["as"])
            return Participation(**told, event=mention("event"), agent=mention("agent"), capacity=capacity)
    return None


if __name__ == "__main__":
    sys.exit(main())
