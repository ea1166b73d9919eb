"""General vocabulary of offices and bodies that the grammars of names and titles share."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FIELDS = _words(
    """
    affairs foreign external internal interior home domestic relations international intergovernmental global
    world regional local national state federal municipal provincial central public civil social political
    economic economy economics financial finance finances fiscal monetary budget planning plan development
    sustainable growth investment investments industry industries industrial trade commerce commercial business
    entrepreneurship enterprise enterprises privatization privatisation competition antitrust antimonopoly
    customs tax taxes taxation revenue revenues treasury economic-affairs labour labor employment work welfare
    pensions protection population demographic demography migration immigration emigration citizenship
    nationalities ethnic interethnic religion religious faith cults traditions celebrations ceremonies family
    families women women's woman children child youth gender girls girls' veterans elderly disability health
    healthcare medicine medical pharmaceutical sanitary epidemiological nutrition food agriculture agricultural
    agrarian farming livestock fisheries fishery forestry forest forests rural irrigation water melioration land
    lands resources natural mineral minerals mines mining geology subsoil oil gas petroleum energy power
    electricity nuclear atomic renewable coal environment environmental ecology ecological climate nature
    conservation meteorology hydrometeorology operations initiatives emergency emergencies situations disaster disasters relief
    management civil-defence defence defense military armed forces army navy air naval security safety
    intelligence counterintelligence border borders police law justice legal legislation legislative judicial
    human rights ombudsman prosecution anti-corruption corruption counter-terrorism counter-terrorist
    anti-terrorist antiterrorist antiterrorism anti-terrorism terrorism extremism drugs drug narcotics narcotic
    crime criminal penal correctional transport transportation roads road railways railway rail aviation
    maritime shipping ports logistics transit communication communications telecommunications telecom post posts
    postal information informatization informatisation digital digitalization digitalisation digitization
    innovation innovations innovative technology technologies technological technical technique science sciences
    scientific research education educational higher secondary vocational training knowledge enlightenment
    upbringing culture cultural heritage arts art literature language languages tourism sport sports sporting
    physical recreation creative creativity mass media press broadcasting television radio film cinema
    cinematography publishing print propaganda publicity construction housing communal utilities urban cities
    regions architecture infrastructure property regional-development integration cooperation co-operation
    cooperations eurasian asian european american african islamic arab euro-asian asia europe africa
    humanitarian humanities diplomacy diplomatic protocol peace friendship solidarity dialogue interaction
    confidence building measures partnership strategic strategy strategies policy policies studies study
    analysis analytical forecasting modelling modernization modernisation reform reforms reconstruction progress
    prosperity equality parliamentary interparliamentary inter-parliamentary elections electoral constitutional
    administrative administration governance government supervision supervisory control audit auditing accounts
    statistics statistical quality standards standardization standardisation metrology accreditation
    certification patents intellectual consumer markets market exchange banking insurance securities commodity
    economic-cooperation local-self-government self-government community communities peoples people's nations
    refugees repatriation compatriots diaspora abroad overseas expatriates consular visa poverty alleviation
    eradication space aerospace cosmonautics outer chemistry chemical physics mathematics engineering
    machine-building metallurgy textile light heavy processing manufacturing small medium medium-sized
    handicrafts crafts entrepreneurial fuel hydropower antiquities archives archival library libraries museums
    history historical philosophy sociology anthropology archaeology oriental orientalism contemporary modern
    advanced applied general special youth-affairs coordination regulation regulations promotion peaceful use
    uses understanding reconciliation accord consent unity traditional spiritual moral values charity
    philanthropy sustainability green low-carbon carbon ocean marine seas fishing veterinary plant quarantine
    cyber cybersecurity cyberspace internet artificial data reserve reserves supply supplies procurement
    corporate commonwealth south north east west southeast south-east knowledge-based rule law eastern western southern northern russian-eastern slavic textiles
    guidance garments jute petrochemicals petrochemical steel fertilizers railways shipping skill skills
    narcotics-control
    """
)
"""Words that portfolios, and the names of ministries, committees and institutes, are made of; lower case."""

_NOUN_ENDINGS = (
    "tion",
    "sion",
    "ment",
    "ics",
    "logy",
    "ity",
    "ship",
    "ance",
    "ence",
    "ture",
    "graphy",
    "nomy",
    "ness",
    "tism",
)


def field_like(lower: str) -> bool:
    """Return whether the lower-case word `lower` may name a field of work: a known one, or an abstract noun."""
    return lower in FIELDS or (len(lower) > 6 and lower.endswith(_NOUN_ENDINGS))


_HEADS = _words(
    """
    president vice-president co-president premier vice-premier minister vice-minister secretary
    secretary-general undersecretary under-secretary under-secretary-general assistant-secretary-general
    deputy-secretary-general director-general director chairman chairwoman chairperson chair vice-chairman
    vice-chairwoman vice-chairperson vice-chair co-chair co-chairman co-chairs co-chairperson head chief
    ambassador ambassador-at-large envoy representative coordinator co-ordinator adviser advisor counsellor
    counselor councillor councilor assistant aide spokesperson spokesman spokeswoman professor rector
    vice-rector prorector pro-rector dean lecturer researcher fellow scholar analyst expert governor
    vice-governor mayor vice-mayor akim hokim khokim speaker vice-speaker commander commander-in-chief general
    lieutenant-general major-general colonel-general brigadier-general vice-admiral rear-admiral colonel admiral marshal member consul attaché attache chargé charge ceo cfo
    coo cto editor editor-in-chief editors-in-chief chancellor vice-chancellor commissioner prosecutor
    prosecutor-general ombudsman ombudsperson judge justice senator deputy mp parliamentarian lawmaker
    congressman congresswoman king queen prince princess emir sultan sheikh crown-prince monarch emperor elbasy imam
    mufti patriarch founder co-founder owner partner principal headmaster manager officer superintendent
    inspector auditor correspondent columnist journalist delegate consul-general consultant eam nsa sg dsg dg ddg vp mos presenter anchor
    author writer poet artist leader fm pm dpm ex-president ex-premier ex-minister ex-pm president-elect
    prime-minister chairman-in-office chairperson-in-office official diplomat negotiator mediator
    plenipotentiary comptroller treasurer lady librarian curator state-councilor economist historian sinologist
    specialist political-scientist scientist engineer coach academician physician employee mantri successor predecessor
    """
)
TITLE_HEADS = _HEADS | {f"{h}-{s}" for h in _HEADS for s in ("designate", "elect")} | {f"ex-{h}" for h in _HEADS}
"""Nouns that head a title; lower case, singular."""

RANKS = _words(
    """
    deputy first second third vice solicitor attorney advocate surgeon senior junior marketing sales brand product artistic creative parliament force ruling staff joint additional chief principal executive general managing acting interim
    former ex- outgoing incoming then current present new newly-elected newly-appointed honorary emeritus
    founding assistant associate adjunct visiting distinguished permanent special personal high plenipotentiary
    extraordinary prime foreign home national state presidential parliamentary ministerial governmental federal
    regional provincial municipal party union main top leading supreme lead resident joint co- non-resident
    full-time leading press media military defence defense naval commercial cultural economic trade political
    legal financial scientific academic program programme project research editorial external internal finance
    interior justice health education culture transport energy agriculture security intelligence policy affairs
    secretary minister president director chairman head ambassador staff crown opposition majority minority
    house speaker cabinet information communications technology operating technical administrative regional
    board vice-prime country lady raksha pradhan lower upper ex-foreign ex-prime ex-defence ex-defense ex-deputy ex-vice ex-interior ex-finance
    then-foreign then-prime then-deputy then-defence then-defense
    """
)
"""Words that may stand before the head of a title; lower case."""

MILITARY = _words(
    "general marshal colonel admiral major lieutenant brigadier field army vice rear commodore captain commandant"
    " colonel-general major-general lieutenant-general brigadier-general vice-admiral rear-admiral"
)
"""Words of military ranks, which are courtesies before a name and no posts; lower case."""

TENURES = {
    "former": "former",
    "ex-": "former",
    "ex": "former",
    "then": "former",
    "onetime": "former",
    "past": "former",
    "acting": "acting",
    "ag.": "acting",
    "interim": "acting",
    "incoming": "incoming",
    "newly-elected": "incoming",
    "designate": "incoming",
}
"""Words that say when a post was held, and the tenure they mean."""

HONORIFICS = _words(
    """
    mr mr. mrs mrs. ms ms. dr dr. h.e. h.e he. h.h. h.h h.m. h.m h.r.h. h.r.h hrh highness majesty ayatollah hojjatoleslam he prof prof. professor hon hon. honorable honourable hon'ble excellency
    his her their excellencies sir madam madame mme lord lady comrade sheikh sheikha shaikh maj. gen. lt. col.
    gen brig. brig capt. capt lt col maj adm. adm amb. amb rev. academician eng. engineer shri smt. smt mohtarma janab sayyid dato dato' datuk seri
    tun puan comrade messrs messrs.
    """
)
"""Words of courtesy before a name; lower case."""

WIDE = frozenset("enlarged expanded expanded-format extended extended-format wide wider broad broader".split())
FORMATS = WIDE | frozenset("narrow narrow-format restricted restricted-format closed-format small-format".split())
"""Words for the sittings that a summit or council falls into, by who is let in: "the expanded meeting"."""
SAYING = frozenset(
    """
    say tell state declare announce add note stress emphasize emphasise underline underscore warn urge call pledge
    promise vow reiterate reaffirm point express argue claim suggest propose describe praise hail
    """.split()
)
"""Verbs of saying, by their lemmas."""
