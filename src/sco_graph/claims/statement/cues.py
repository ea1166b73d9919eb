"""Cue verbs: the verbs, nouns and phrases that report what somebody said, and what each of them takes.

The classes follow the verb classes of saying in Levin (1993), sections 37.1 to 37.12, narrowed to what
newspapers use; British and American spellings stand side by side.
"""

from __future__ import annotations

from msgspec import Struct


class Frame(Struct, frozen=True):
    """What a cue verb takes.

    `clause`: a clause, a quotation, or words before it ("..., he said"); `noun`: a noun phrase or gerund that is
    what was said ("noted the progress made"); `request`: somebody, and an infinitive that is what was said
    ("urged them to act"); `infinitive`: an infinitive alone ("promised to help"); `named`: an object and what it is
    called ("called it a platform"); `prepositions`: those after which what was said begins ("called for").
    `quoting`: nothing but a quotation beside it ("she deplored").
    """

    clause: bool = False
    noun: bool = False
    request: bool = False
    infinitive: bool = False
    named: bool = False
    prepositions: frozenset[str] = frozenset()
    quoting: bool = False


_CLAUSE = """
    say state remark observe remind assert contend maintain declare proclaim explain clarify specify reveal
    disclose inform notify tell claim admit acknowledge concede predict forecast foresee reply answer respond retort
    comment conclude continue quip joke muse write tweet post testify swear allege opine elaborate interject
    guarantee lament report hint signal indicate brief elucidate exclaim stipulate philosophize reason recount relate
    summarize summarise estimate announce recall believe consider think caution assure quote counter object agree
    regret wonder hold deplore speculate ascertain allow rejoin venture volunteer confess confide avow aver posit
    reckon fear feel expect anticipate envisage worry preach charge interpose intimate cite acclaim detail restate
    testify theorize hypothesize cry shout whisper thunder
    """
_CLAUSE_AND_NOUN = """
    note stress emphasize emphasise underline underscore highlight point confirm affirm reaffirm reiterate repeat
    mention deny announce propose recommend suggest advocate accentuate renew
    """
_REQUEST = "urge ask invite encourage exhort implore beg instruct request advise recommend"
_NAMED = (
    "call describe characterize characterise term dub label brand define hail praise identify regard see view refer"
)


def _frames() -> dict[str, Frame]:
    frames = {lemma: Frame(clause=True) for lemma in _CLAUSE.split()}
    frames |= {lemma: Frame(clause=True, noun=True) for lemma in _CLAUSE_AND_NOUN.split()}
    frames |= {lemma: Frame(clause=lemma in {"urge", "ask", "advise"}, request=True) for lemma in _REQUEST.split()}
    frames |= {lemma: Frame(named=True) for lemma in _NAMED.split()}
    frames |= {
        "add": Frame(clause=True),
        "advocate": Frame(noun=True, prepositions=frozenset({"for"})),
        "appeal": Frame(request=True, prepositions=frozenset({"for"})),
        "hope": Frame(clause=True, prepositions=frozenset({"for"})),
        "stress": Frame(clause=True, noun=True, prepositions=frozenset({"on", "upon"})),
        "emphasize": Frame(clause=True, noun=True, prepositions=frozenset({"on", "upon"})),
        "emphasise": Frame(clause=True, noun=True, prepositions=frozenset({"on", "upon"})),
        "put": Frame(clause=True),
        "press": Frame(prepositions=frozenset({"for"})),
        "argue": Frame(clause=True, prepositions=frozenset({"for", "against"})),
        "call": Frame(named=True, request=True, infinitive=True, prepositions=frozenset({"for"})),
        "complain": Frame(clause=True, prepositions=frozenset({"of", "about"})),
        "demand": Frame(clause=True, noun=True, infinitive=True),
        "go": Frame(clause=True),
        "introduce": Frame(clause=True),
        "insist": Frame(clause=True, prepositions=frozenset({"on"})),
        "offer": Frame(infinitive=True),
        "pledge": Frame(clause=True, noun=True, infinitive=True),
        "point": Frame(clause=True, prepositions=frozenset({"to"})),
        "plead": Frame(prepositions=frozenset({"for"})),
        "promise": Frame(clause=True, noun=True, infinitive=True),
        "propose": Frame(clause=True, noun=True, infinitive=True),
        **dict.fromkeys(("reject", "dismiss", "refute", "rebut"), Frame(noun=True)),
        "recommend": Frame(clause=True, noun=True, request=True),
        "speak": Frame(prepositions=frozenset({"of"})),
        "dwell": Frame(prepositions=frozenset({"on", "upon"})),
        "tell": Frame(clause=True),
        "vow": Frame(clause=True, infinitive=True),
        "warn": Frame(clause=True, request=True, prepositions=frozenset({"of", "against", "about"})),
    }
    return frames


FRAMES: dict[str, Frame] = _frames()
"""Cue verbs by lemma."""

LEMMAS = {"hoped": "hope", "hoping": "hope", "dwelt": "dwell"}
"""The lemmas of forms that the tagger takes for those of other words."""

WITH_THAT = frozenset({"introduce"})
"""Cue verbs that report speech by a clause with "that" only."""

HOUSES = frozenset("ministry government embassy kremlin".split())
"""Heads of bodies whose statements count as theirs, unlike those of the press: "the ministry said"."""

SAID_BY_HOUSES = frozenset("say add state note announce stress tweet".split())
"""Cue verbs of the statements of bodies."""

ADDRESSED = frozenset(
    "tell inform notify assure remind warn caution ask urge advise promise brief reply guarantee".split()
)
"""Cue verbs whose object is the person spoken to, never what was said."""

ASSURING = frozenset("assure promise guarantee warn remind".split())
"""Cue verbs that take a person and a noun phrase: "assured him of support"."""

SOFT = frozenset(
    """
    speak comment explain address answer respond elaborate outline describe discuss dwell tell inform brief deliver
    talk lecture report present summarize summarise welcome thank congratulate greet express voice convey wish praise
    """.split()
)
"""Verbs after whose subject a bare quotation may be taken to be that person's words."""

CREDITS = frozenset("report inform say write learn note announce quote cite add state tell according".split())
"""Verbs of the credit to a source with which agencies end a sentence: ", Xinhua reported"."""

AS_NAMED = frozenset("describe characterize characterise define hail praise identify regard see view refer".split())
"""Verbs that say with "as" what something is called."""

FAVOURING = tuple(
    tuple(words.split())
    for words in (
        "in favour of/in favor of/out for/out against/out in favour of/out in favor of/up for/out in support of/"
        "in support of"
    ).split("/")
)
"""Words after "speak" or "come" that tell what somebody spoke for or against."""

VOICING = frozenset(
    """
    express voice convey state declare share reaffirm reiterate confirm affirm signal stress note make give take issue
    send draw lay put place repeat renew hold
    """.split()
)
"""Verbs that report an attitude by a noun: "expressed the hope that"."""

ATTITUDES = frozenset(
    """
    hope confidence conviction belief view opinion certainty doubt doubts optimism assurance expectation regret concern
    concerns surprise satisfaction fear fears idea position thought point assurance assurances notice warning hint
    promise pledge prediction undertaking remark observation impression persuasion hopes message
    """.split()
)
"""Nouns of attitude whose clause, or object of "of" or "for", is what was said."""

INTENTIONS = frozenset(
    "readiness willingness desire intention determination commitment interest support preparedness eagerness".split()
)
"""Nouns of attitude that belong to what was said: "expressed readiness to host the forum"."""

CONVINCED = frozenset("confident convinced certain sure hopeful optimistic adamant".split())
"""Adjectives after "be" that report an attitude: "is convinced that"."""

STRESSES = {"attention": "to", "stress": "on", "emphasis": "on", "importance": "on"}
"""Nouns in "drew attention to", "laid stress on", with the preposition after which what was said begins."""

SPEECHES = frozenset(
    """
    speech address message remarks statement letter greeting telegram article words report telegramme comment comments
    presentation lecture answer reply view argument point conclusion verdict advice opinion proposal appeal
    """.split()
)
"""What somebody says or writes: "in her message", "the minister's answer was that"."""

NAMING = frozenset(
    "theme themed motto slogan topic title titled entitled headlined named called dubbed labelled labeled".split()
)
"""Words before quotation marks that hold a name and no speech."""

QUOTING = Frame(quoting=True)
"""The frame of a verb that reports speech only if a quotation stands beside it."""

OPINIONS = frozenset("opinion view words judgment judgement estimate estimation assessment belief".split())
"""Nouns in "in his opinion", "in the view of X"."""

LEADING_ON = frozenset("go take use begin start continue conclude seize rise open close finish end proceed".split())
"""Verbs that may govern a cue: "went on to say", "took the floor to ask", "began by noting"."""
