"""Scores extraction on the evaluation corpus, and fails if a figure falls below its floor: `make evaluate`.

The corpus lies in ../shared/evaluation, beside the checkout. It has a half to develop on and a half to measure with,
as its README splits them; rules are never tuned on the latter. Floors (evaluation/floors.toml) may only rise:
`--raise-floors` writes what was reached, rounded down, and lowers none.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "evaluation"
FLOORS = Path(__file__).with_name("floors.toml")
HALVES = {
    "developing": ["seed", *(f"d{n:03}" for n in range(1, 19)), *(f"r{n:03}" for n in range(1, 16))],
    "measuring": [*(f"d{n:03}" for n in range(19, 26)), *(f"r{n:03}" for n in range(101, 116))],
}
PROGRAM = [sys.executable, "-c", "from sco_graph.cli import main; main()"]


def main() -> int:
    """Build a project over the whole corpus, score each half, and compare with the floors."""
    if not CORPUS.is_dir():
        print(f"The evaluation corpus is not here: {CORPUS}. Nothing was measured.")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        reached = {half: _score(Path(folder), half, names) for half, names in HALVES.items()}
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    failures = [
        f"{half}: {kind} {key} is {reached[half][kind][key]:.3f}, below its floor {floor}"
        for half, kinds in floors.items()
        for kind, figures in kinds.items()
        for key, floor in figures.items()
        if reached[half][kind][key] < floor
    ]
    print(*failures, sep="\n")
    if "--raise-floors" in sys.argv and not failures:
        _write_floors(reached, floors)
    return 1 if failures else 0


def _score(folder: Path, half: str, names: list[str]) -> dict[str, dict[str, float]]:
    project = folder / "project"
    if not project.exists():
        build(project)
    gold = folder / half
    gold.mkdir()
    for name in names:
        shutil.copy(CORPUS / "gold" / f"{name}.json", gold)
    print(f"\nThe {half} half")
    evaluate = [*PROGRAM, "evaluate", str(gold), "--project", str(project)]
    subprocess.run([*evaluate, *(["--errors"] if "--errors" in sys.argv and half == "developing" else [])], check=True)
    found = subprocess.run([*evaluate, "--json"], check=True, capture_output=True, text=True)
    figures: dict[str, dict[str, float]] = json.loads(found.stdout)["figures"]
    return figures


def build(project: Path) -> None:
    """Build a new project at `project` over all documents of the corpus."""
    subprocess.run([*PROGRAM, "init", str(project)], check=True, capture_output=True)
    for path in sorted((CORPUS / "documents").iterdir()):
        shutil.copy(path, project / "documents")
    published = json.loads((CORPUS / "gold" / "seed.json").read_text(encoding="utf-8")).get("published")
    if published:
        (project / "documents" / "seed.meta.yaml").write_text(f"published: {published}\n", encoding="utf-8")
    subprocess.run([*PROGRAM, "build", "--project", str(project)], check=True, capture_output=True)


def _write_floors(
    reached: dict[str, dict[str, dict[str, float]]], floors: dict[str, dict[str, dict[str, float]]]
) -> None:
    lines = ["# What `make evaluate` must reach at least; `--raise-floors` raises them, and nothing lowers them."]
    for half, kinds in reached.items():
        for kind, figures in kinds.items():
            lines.append(f'\n[{half}."{kind}"]')
            for key in ("precision", "f1"):
                before = floors.get(half, {}).get(kind, {}).get(key, 0.0)
                lines.append(f"{key} = {max(before, int(figures[key] * 100 - 1) / 100):.2f}")
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
