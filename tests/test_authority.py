"""The authority data: states and bodies whose names are matched whole, office holders and summits that are compared."""

import re
from collections import defaultdict
from itertools import pairwise

import pycountry
import pyoxigraph
import pytest

from sco_graph.model import ORGANIZATION_KINDS
from sco_graph.rdf import DCTERMS, DEFAULT_BASE, FOAF, ORG, OWL, RDF, SCHEMA, SCO, SKOS, WD, XSD, digest, slug
from sco_graph.resources import resource_dir
from sco_graph.validate import check
from sco_graph.validate.reports import in_words

FILES = sorted(resource_dir("authority").glob("*.ttl"))
STORE = pyoxigraph.Store()
for file in FILES:
    STORE.extend(pyoxigraph.parse(path=file))
A = RDF.type
ENTITIES = sorted({q.subject.value for q in STORE.quads_for_pattern(None, SKOS.prefLabel, None)})
NAMES = (SKOS.prefLabel, SKOS.altLabel, SCO.abbreviation)
KINDS = {
    "country": SCHEMA.Country,
    "person": FOAF.Person,
    "event": SCHEMA.Event,
    "place": SCHEMA.Place,
    "role": ORG.Role,
    "organization": ORG.Organization,
}
SCO_ITSELF = f"{DEFAULT_BASE}id/organization/shanghai-cooperation-organisation"


def values(subject, predicate):
    node = pyoxigraph.NamedNode(subject)
    return sorted(q.object.value for q in STORE.quads_for_pattern(node, predicate, None))


def names_in(subject, language):
    node = pyoxigraph.NamedNode(subject)
    labels = [q.object for kind in NAMES[:2] for q in STORE.quads_for_pattern(node, kind, None)]
    return [label.value for label in labels if label.language == language]


def typed(type_):
    return sorted(q.subject.value for q in STORE.quads_for_pattern(None, A, type_))


@pytest.mark.parametrize("entity", ENTITIES)
def test_an_entity_has_one_english_name_that_gives_its_identifier_and_a_source(entity):
    labels = list(STORE.quads_for_pattern(pyoxigraph.NamedNode(entity), SKOS.prefLabel, None))
    assert [label.object.language for label in labels] == ["en"]
    kind = next(kind for kind, type_ in KINDS.items() if type_.value in values(entity, A))
    assert entity == f"{DEFAULT_BASE}id/{kind}/{slug(labels[0].object.value)}"
    assert all(source.startswith("http") for source in values(entity, DCTERMS.source))
    assert values(entity, DCTERMS.source)


def test_no_name_means_two_entities_or_stands_twice():
    bearers = defaultdict(list)
    for entity in ENTITIES:
        for name in (name for kind in NAMES for name in values(entity, kind)):
            bearers[" ".join(re.findall(r"\w+", name.casefold()))].append((entity, name))
    clashes = {key: found for key, found in bearers.items() if len({entity for entity, _ in found}) > 1}
    assert not clashes


def test_states_have_the_codes_of_iso_3166_and_a_name_that_it_knows():
    states = typed(SCHEMA.Country)
    for state in states:
        (code,) = values(state, SCO.isoCode)
        known = pycountry.countries.get(alpha_2=code)
        official = {getattr(known, key, None) for key in ("name", "common_name", "official_name")}
        names = {name for kind in NAMES for name in values(state, kind)}
        assert {name for name in official if name} & names, (state, official)
    codes = [values(state, SCO.isoCode)[0] for state in states]
    assert len(set(codes)) == len(codes)


def test_the_ten_member_states_joined_on_dated_and_sourced_occasions():
    joined = {}
    for node in typed(SCO.Affiliation):
        (state,) = values(node, SCO.affiliate)
        assert values(node, SCO.affiliatedWith) == [f"{DEFAULT_BASE}id/organization/shanghai-cooperation-organisation"]
        assert values(node, DCTERMS.source)
        if values(node, SCO.standing) == [SCO.memberState.value]:
            (joined[values(state, SCO.isoCode)[0]],) = values(node, SCHEMA.startDate)
            assert values(state, ORG.memberOf) == values(node, SCO.affiliatedWith)
            assert not values(node, SCHEMA.endDate)
    assert joined == {
        **dict.fromkeys(("CN", "KZ", "KG", "RU", "TJ", "UZ"), "2001-06-15"),
        **dict.fromkeys(("IN", "PK"), "2017-06-09"),
        "IR": "2023-07-04",
        "BY": "2024-07-04",
    }


def test_a_state_has_one_standing_at_a_time():
    spans = defaultdict(list)
    for node in typed(SCO.Affiliation):
        (state,) = values(node, SCO.affiliate)
        (start, end) = (values(node, p)[:1] for p in (SCHEMA.startDate, SCHEMA.endDate))
        spans[state].append((*start, *(end or ["9999"])))
    for state, found in spans.items():
        ordered = sorted(found)
        assert all(one[-1] == other[0] for one, other in pairwise(ordered)), (state, ordered)


def test_bodies_name_known_kinds_and_parents():
    kinds = {SCO.term(kind).value for kind in ORGANIZATION_KINDS}
    for entity in typed(ORG.Organization):
        narrower = {type_ for type_ in values(entity, A) if type_.startswith(SCO)}
        assert narrower <= kinds
        assert set(values(entity, ORG.subOrganizationOf)) <= set(ENTITIES)


@pytest.mark.parametrize("start", [WD, "https://sws.geonames.org/"])
def test_links_to_other_data_are_one_to_one(start):
    links = [(q.subject.value, q.object.value) for q in STORE.quads_for_pattern(None, OWL.sameAs, None)]
    assert all(re.fullmatch(rf"{WD}Q[1-9]\d*|https://sws\.geonames\.org/[1-9]\d*/", target) for _, target in links)
    here = [(source, target) for source, target in links if target.startswith(start)]
    assert len({source for source, _ in here}) == len({target for _, target in here}) == len(here) > 0


def test_states_and_bodies_of_the_sco_office_holders_and_summits_have_russian_and_chinese_names():
    states = {values(node, SCO.affiliate)[0] for node in typed(SCO.Affiliation)}
    bodies = {e for e in ENTITIES if e == SCO_ITSELF or re.search(r"/organization/.*\bsco-", e)}
    for entity in {*states, *bodies, *typed(FOAF.Person), *typed(SCHEMA.Event), *typed(SCHEMA.Place)}:
        russian, chinese = names_in(entity, "ru"), names_in(entity, "zh")
        assert russian, entity
        assert all(re.search("[А-Яа-яё]", name) for name in russian), entity
        assert all(re.search("[\u4e00-\u9fff]", name) for name in chinese), entity
        known = entity in states or "/event/" in entity or "/place/" in entity
        assert chinese or not known, entity


def test_names_without_latin_letters_have_the_tag_of_their_language():
    for entity in ENTITIES:
        for name in names_in(entity, "en"):
            assert not re.search("[а-яё\u4e00-\u9fff]", name.casefold()), name


def test_the_holders_of_a_post_follow_one_another_and_each_membership_is_the_one_that_documents_give():
    terms = defaultdict(set)  # a post under its earlier name is the same post, so its holder's term counts once
    for node in typed(ORG.Membership):
        (person,), (role,), (body,) = (values(node, p) for p in (ORG.member, ORG.role, ORG.organization))
        assert values(node, DCTERMS.source)
        paths = [iri.removeprefix(DEFAULT_BASE) for iri in (person, role, body)]
        assert node == f"{DEFAULT_BASE}id/membership/{digest([*paths, None])}"
        for interval in values(node, ORG.memberDuring):
            start, end = (values(interval, p) for p in (SCHEMA.startDate, SCHEMA.endDate))
            parts = [*(f"from-{d}" for d in start), *(f"to-{d}" for d in end)]
            assert interval == f"{DEFAULT_BASE}id/interval/{'-'.join(parts)}"
            terms[body].add((*(start or [""]), *(end or ["9999"]), person))
    general = sorted(terms.pop(SCO_ITSELF))
    assert [start[:4] for start, *_ in general] == ["2004", "2007", "2010", "2013", "2016", "2019", "2022", "2025"]
    for found in (general, *map(sorted, terms.values())):
        assert all(int(one[1][:4]) == int(other[0][:4]) - 1 for one, other in pairwise(found))


def test_the_heads_of_state_have_met_once_a_year_and_the_meetings_are_numbered():
    years = {}
    for event in typed(SCHEMA.Event):
        (start,), (end,) = values(event, SCHEMA.startDate), values(event, SCHEMA.endDate)
        assert start <= end
        (edition,) = {n for name in names_in(event, "en") for n in re.findall(r"\b(\d+)(?:st|nd|rd|th)\b", name)}
        years[int(edition)] = int(start[:4])
        assert start[:4] in event
        assert len(values(event, SCHEMA.location)) == (0 if "videoconference" in event else 1)
    assert years == {edition: 2000 + edition for edition in range(1, 26)}


def test_both_spellings_of_organisation_are_known():
    names = {name for entity in ENTITIES for kind in NAMES for name in values(entity, kind)}
    for name in sorted(names):
        if "Shanghai Cooperation Organisation" in name:
            assert name.replace("Organisation", "Organization") in names


def test_there_are_no_blank_nodes_and_dates_have_their_datatype():
    for quad in STORE:
        assert isinstance(quad.subject, pyoxigraph.NamedNode)
        assert not isinstance(quad.object, pyoxigraph.BlankNode)
        if quad.predicate == SCHEMA.startDate:
            assert quad.object.datatype in {XSD.date, XSD.gYearMonth, XSD.gYear}


def test_the_authority_data_conform_to_the_shapes():
    graph = pyoxigraph.NamedNode(f"{DEFAULT_BASE}graph/authority")
    report = check((pyoxigraph.Quad(*quad.triple, graph) for quad in STORE), base=DEFAULT_BASE)
    assert report.conforms, in_words(report, {})
