"""How a generated document is written: its text, sentence by sentence, and the lines that each adds to the graph."""

from __future__ import annotations

from dataclasses import dataclass, field

from sco_graph.rdf import DEFAULT_BASE, NIF, PROV, RDF, SCO, SKOS, XSD, digest, slug

A = RDF.term("type")
GRAPH = f"{DEFAULT_BASE}graph/"
_ACTIVITY = f"<{DEFAULT_BASE}id/activity/extraction>"

Said = tuple[str, object, object]
"""A triple, its terms as in N-Triples."""


@dataclass
class Writing:
    """One document while it is written: its text so far, and its lines of N-Quads."""

    name: str
    day: str
    text: str = ""
    lines: list[str] = field(default_factory=list)

    def sentence(self, words: str) -> tuple[int, int]:
        """Add a sentence to the text, and return where it begins and ends."""
        begin = len(self.text)
        self.text += f"{words}. "
        return begin, begin + len(words)

    def say(self, graph: str, subject: str, predicate: object, value: object, *, known: bool = True) -> None:
        """Add a triple to a named graph and, if it is `known`, to the knowledge."""
        self.lines.append(f"{subject} {predicate} {value} <{graph}> .\n")
        if known:
            self.lines.append(f"{subject} {predicate} {value} .\n")

    def claim(self, kind: str, words: str, *triples: Said, modality: str = "") -> str:
        """Add a claim that a sentence makes: what it says, and where it comes from. Return its IRI.

        What is denied stands in the claim alone; who calls marks what is planned in the knowledge as such.
        """
        begin, end = self.sentence(words)
        claim = f"{DEFAULT_BASE}claim/{digest([kind, self.name, str(begin)])}"
        evidence = f"<{DEFAULT_BASE}id/document/{self.name}#char={begin},{end}>"
        for triple in triples:
            self.say(claim, *triple, known=modality != "denied")
        source: list[Said] = [
            (f"<{claim}>", A, SCO.Claim),
            (f"<{claim}>", SCO.claimKind, f'"{kind}"'),
            (f"<{claim}>", SCO.rule, f'"{kind}/generated"'),
            (f"<{claim}>", SCO.confidence, f'"0.90"^^{XSD.decimal}'),
            (f"<{claim}>", SCO.attestedOn, f'"{self.day}"^^{XSD.date}'),
            (f"<{claim}>", PROV.wasGeneratedBy, _ACTIVITY),
            (f"<{claim}>", PROV.wasDerivedFrom, evidence),
            (evidence, A, NIF.RFC5147String),
            (evidence, NIF.anchorOf, f'"{words}"@en'),
            (evidence, NIF.beginIndex, f'"{begin}"^^{XSD.integer}'),
            (evidence, NIF.endIndex, f'"{end}"^^{XSD.integer}'),
            (evidence, NIF.referenceContext, iri("document", self.name)),
        ]
        if modality:
            source.append((f"<{claim}>", SCO.modality, SCO.term(modality)))
        for triple in source:
            self.say(f"{GRAPH}provenance", *triple, known=False)
        return f"<{claim}>"

    def infer(self, *triple: object) -> None:
        """Add a triple that follows from a claim."""
        subject, predicate, value = triple
        self.say(f"{GRAPH}inferred", str(subject), predicate, value)

    def thing(self, kind: str, name: str, *types: object) -> str:
        """Add what the document says of an entity by naming it; return its IRI."""
        node = iri(kind, slug(name))
        for type_ in types:
            self.say(f"{GRAPH}document/{self.name}", node, A, type_)
        self.say(f"{GRAPH}document/{self.name}", node, SKOS.prefLabel, f'"{name}"@en')
        return node


def iri(kind: str, local: str) -> str:
    """Return the IRI of a thing of a kind."""
    return f"<{DEFAULT_BASE}id/{kind}/{local}>"
