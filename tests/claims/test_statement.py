"""Statements are read from whatever a parser may give: any heads, labels and marks, in any order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sco_graph.claims.statement import Statement
from sco_graph.extract import coreference, quotes
from sco_graph.model import Document, EntityType, Mention, Referent, Sentence, Text, Token

_WORDS = (
    "said told noted called described urged going go be is made went expressed hope that to for on as "
    "according in his opinion "
    "he she him the minister President Secretary - General of Kazakhstan Zhang Ming Lavrov , . : ; \" “ ” « » ' "
    "while and who "
    "clear readiness attention assured quoted rejected as put Friday not out in favour of says saying by"
).split()
_TAGS = "VBD VBZ VBN VBG VB VBP NN NNP IN WDT WP PRP PRP$ TO MD DT , . '' RB CC JJ POS".split()
_DEPS = (
    "ROOT nsubj nsubjpass ccomp xcomp advcl relcl acl conj dobj pobj prep mark aux neg oprd parataxis prt pcomp dative "
    "agent"
).split()
_POS = "VERB NOUN PROPN ADP AUX PUNCT PRON ADV DET ADJ SCONJ CCONJ".split()


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """Return a text of a few sentences of real words under a parse drawn at random."""
    sentences: list[Sentence] = []
    referents: dict[str, Referent] = {}
    words, at = "", 0
    for number in range(draw(st.integers(1, 3))):
        chosen = draw(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=14))
        tokens = []
        for word in chosen:
            head = draw(st.integers(0, len(chosen) - 1))
            tag, dep, pos = draw(st.tuples(*map(st.sampled_from, (_TAGS, _DEPS, _POS))))
            tokens.append(Token(word, at, at + len(word), word.removesuffix("ed"), pos, tag, head, dep))
            at += len(word) + 1
            words += word + " "
        mentions = []
        for token in draw(st.lists(st.sampled_from(tokens), max_size=3, unique=True)):
            kind = draw(st.sampled_from(list(EntityType)))
            referent = f"{kind}@{token.start}"
            referents[referent] = Referent(referent, kind, token.text)
            mentions.append(Mention(token.start, token.end, token.text, kind, referent))
        start, end = tokens[0].start, tokens[-1].end
        mentions.sort(key=lambda m: (m.start, -m.end))
        sentences.append(
            Sentence(
                start, end, words[start:end], tuple(tokens), tuple(mentions), paragraph=draw(st.integers(0, number))
            )
        )
    return Text(Document("d", "d.txt", words, content_hash=""), tuple(sentences), referents)


@settings(max_examples=400, deadline=None)
@given(texts())
def test_any_parse_gives_words_of_the_text_and_no_error(text: Text) -> None:
    read = coreference.find(quotes.find(text))
    for sentence in read.sentences:
        assert [(m.start, -m.end) for m in sentence.mentions] == sorted((m.start, -m.end) for m in sentence.mentions)
        assert all(m.text == text.document.text[m.start : m.end] for m in sentence.mentions)
    for claim in Statement.extract(read):
        assert claim.speaker.referent in read.referents
        assert 0 <= claim.start < claim.end <= len(text.document.text)
        assert claim.cue
