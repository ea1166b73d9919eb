"""A small project that is built six times: then with a document more, one changed, two people merged, a claim rejected,
and a document less."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from compare.steps import DOCUMENTS, MERGED, REJECTED, STEPS
from sco_graph import pipeline, store
from sco_graph.compare import Comparison
from sco_graph.project import load_project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project, whose builds are the releases that `STEPS` names."""
    root = tmp_path_factory.mktemp("compare") / "project"
    pipeline.init(root)
    documents, decisions = root / "documents", root / "decisions"

    def release(version: str) -> store.Generation:
        generation = pipeline.build(load_project(root), workers=1).generation
        pipeline.release(load_project(root), version)
        return generation

    for name in ("charter.md", "dushanbe.md"):
        shutil.copy(DOCUMENTS / name, documents)
    release("first")
    shutil.copy(DOCUMENTS / "samarkand.md", documents)
    release("added")
    text = (documents / "dushanbe.md").read_text().replace("on 16-17 September 2021", "on 17 September 2021")
    (documents / "dushanbe.md").write_text(text)
    generation = release("changed")
    (decisions / "identities.yaml").write_text(MERGED)
    release("merged")
    explained = pipeline.asked(load_project(root)).explain("Zhang Ming")
    attends = (row for row in explained.facts if row.kind == "participation")
    (decisions / "claims.yaml").write_text(
        REJECTED.format(key=next(attends).claim.removeprefix(f"{generation.base}claim/"))
    )
    release("rejected")
    (documents / "dushanbe.md").unlink()
    release("removed")
    return root


@pytest.fixture(scope="session")
def compared(project: Path) -> dict[tuple[str, str], Comparison]:
    """Return the comparison of each pair of the releases."""
    loaded = load_project(project)
    return {(old, new): pipeline.compare(loaded, old, new) for old in STEPS for new in STEPS}
