"""The authority data: states and bodies whose names are matched whole."""

import re
from collections import defaultdict

import pycountry
import pyoxigraph
import pytest

from sco_graph.model import ORGANIZATION_KINDS
from sco_graph.rdf import DCTERMS, DEFAULT_BASE, ORG, OWL, RDF, SCHEMA, SCO, SKOS, WD, XSD, slug
from sco_graph.resources import resource_dir
from sco_graph.validate import check

FILES = sorted(resource_dir("authority").glob("*.ttl"))
STORE = pyoxigraph.Store()
for file in FILES:
    STORE.extend(pyoxigraph.parse(path=file))
A = RDF.type
ENTITIES = sorted({q.subject.value for q in STORE.quads_for_pattern(None, SKOS.prefLabel, None)})
NAMES = (SKOS.prefLabel, SKOS.altLabel, SCO.abbreviation)


def values(subject, predicate):
    node = pyoxigraph.NamedNode(subject)
    return sorted(q.object.value for q in STORE.quads_for_pattern(node, predicate, None))


def typed(type_):
    return sorted(q.subject.value for q in STORE.quads_for_pattern(None, A, type_))


@pytest.mark.parametrize("entity", ENTITIES)
def test_an_entity_has_one_english_name_that_gives_its_identifier_and_a_source(entity):
    labels = list(STORE.quads_for_pattern(pyoxigraph.NamedNode(entity), SKOS.prefLabel, None))
    assert [label.object.language for label in labels] == ["en"]
    kind = "country" if SCHEMA.Country.value in values(entity, A) else "organization"
    assert entity == f"{DEFAULT_BASE}id/{kind}/{slug(labels[0].object.value)}"
    assert ORG.Organization.value in values(entity, A)
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
    assert joined == {
        **dict.fromkeys(("CN", "KZ", "KG", "RU", "TJ", "UZ"), "2001-06-15"),
        **dict.fromkeys(("IN", "PK"), "2017-06-09"),
        "IR": "2023-07-04",
        "BY": "2024-07-04",
    }


def test_bodies_name_known_kinds_and_parents():
    kinds = {SCO.term(kind).value for kind in ORGANIZATION_KINDS}
    for entity in ENTITIES:
        narrower = {type_ for type_ in values(entity, A) if type_.startswith(SCO)}
        assert narrower <= kinds
        assert set(values(entity, ORG.subOrganizationOf)) <= set(ENTITIES)


def test_links_to_wikidata_are_one_to_one():
    links = [(q.subject.value, q.object.value) for q in STORE.quads_for_pattern(None, OWL.sameAs, None)]
    assert all(re.fullmatch(re.escape(WD) + r"Q[1-9]\d*", target) for _, target in links)
    assert len({source for source, _ in links}) == len({target for _, target in links}) == len(links)


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
    assert report.conforms, report.text({})
