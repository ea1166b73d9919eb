"""Names of persons by their form: Chinese surnames before pinyin, given names, patronymics, endings of surnames."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from sco_graph.claims.lexicon import HONORIFICS, TITLE_HEADS
from sco_graph.claims.words import Word
from sco_graph.extract.persons import names_no_person

_CHINESE = frozenset(
    """
    ai an bai bao bi bian cai cao cen chai chang che chen cheng chi chu cui dai deng diao ding dong dou du duan fan
    fang fei feng fu gan gao ge geng gong gou gu guan guo han hao he heng hou hu hua huang huo ji jia jian jiang jiao
    jin jing ju kang ke kong kou kuang lai lan lang lei leng li lian liang liao lin ling liu long lou lu luo lv ma man
    mao mei meng mi miao min mo mou mu nan ni nie ning niu nong ou ouyang pan pang pei peng pi piao pu qi qian qiang
    qiao qin qiu qu quan rao ren rong ruan sha shang shao shen sheng shi shu shui si situ song su sui sun tan tang tao
    teng tian tong tu wan wang wei wen weng wu xi xia xian xiang xiao xie xin xing xiong xu xuan xue yan yang yao ye yi
    yin ying you yu yuan yue yun zang zeng zha zhai zhan zhang zhao zhen zheng zhong zhou zhu zhuang zhuo zong zou zuo
    """.split()
)
_SYLLABLE = (
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan"
    r"|ai|ei|ui|ao|ou|iu|ie|ue|er|an|en|in|un|ia|ua|uo|io|a|o|e|i|u))"
)
_PINYIN = re.compile(rf"{_SYLLABLE}(?:['-]?{_SYLLABLE})?$")
_NO_CHINESE = frozenset("hong kong an tang song hu").union(("shan", "he", "xian", "shi", "lu", "the", "men"))
"""Words of places and of English that look like pinyin."""
_SURNAME = re.compile(
    r"[a-z'’-]{2,}(?:[dlkmnrtbzvgpsc]ov|[bylktdmpgnraeisz]ev|yev|iev|ova|eva|zoda|zade|zadeh|skiy|skyi|chuk|enko|shvili|bayuly|ullah|uddin)$"
)
_PATRONYMIC = re.compile(r"[a-z'’-]{2,}(?:ovich|evich|ovna|evna|uulu|uly|kyzy|qizi|ogly|oglu|ughli|ugli|[o]?g'li)$")
_GIVEN_FORM = re.compile(r"[a-z'’-]{3,}(?:bek|jon|zhan|murod|murat|uddin|iddin|ullah|ullo|mirza|tegin|berdi)$")
_GIVEN = frozenset(
    """
    abai abbas abdelaziz abdelfattah abdul abdulaziz abdulla abdullah abdurahmon abdurasul abdusalom adil adilbek
    adkham adylbek ahmad ahmed ahsan aibek aida aigerim aigul aisha ajit akan akbar akhmed akmal akram akylbek alau
    aldiyar aleksandr aleksei aleksey alexander alexandr alexei alexey ali alibek alik alim alisher alizhan almas
    almaz alymkadyr amina aminata amir amirhossein anatoly andrei andrey andrzej anna anton antonio anvar anwar arif
    arkady arman arsen arslan artem arthur artur asad asel asif asim askar askhat aslan asset asylbek ata atajan
    ayaz aybek azamat azat azim aziz azizbek babur bagdad bahodir bahrom bakhodir bakhrom bakhtiyar bakhtiyor bakyt
    bakytzhan batyr bauyrzhan begench behruz bekhzod bilal bilawal birgit bobur bolat boris botir boyko burkhan
    catherine charles cholpon chyngyz dadan daler damir daniel daniyar dariga darkhan dauren david davron denis
    dilfuza dilshod dmitri dmitriy dmitry donald durdu ebrahim eduard ekaterina elchin elena elmira elnura emmanuel
    emomali erik erkin erlan ermek ernest esmaeil evgeniy evgeny fahad faisal farhad farhod farida farrukh faruk
    farukh fatima fazal feruza firdavs fuad furqat fyodor galymzhan gani gennady georgy ghulam gohar grigoriy
    grigory guljahon gulnara gulshan gurbanguly habib hafiz hakan hamid hasan hassan hina hossein hussain hussein
    iftikhar igor ikram ikromjon ilham ilya imangali imomali imran inna irakli irina ishaq iskandar iskander islam
    ismail ivan jalil jamal jamshed jamshid janar jasur javad javlon jawed jean jeenbek jennifer jens jeyhun jiri
    joakim john jorge jose josep joseph juan jumakhon kairat kakajan kamal kamila kamol kanat karim kassym-jomart
    kasym-jomart kasymzhomart kayrat khairulla khalid khalil khawaja khurram khurshid khushbakht kirill komil
    konstantin kuban kubanychbek kubat kurmanbek laziz lazizbek leila leonid lyubov lyudmila madina mahmoud mahmud
    makhmud maksat maksim malik manizha manmohan manzura marat margarita maria marina markhabat maulen maxim mehdi
    mehriban michael mikhail mirlan mohamed mohammad mohammed mohsen moldakhmet mostafa muhammad muhammet mukhtar
    murad murat muratbek murodali murtaza myratgeldi myrzakhmat nabijon nadezda nadezhda najib narendra nargiza
    nasir natalia natalya nawaz nazim nazira nikita nikol nikolai nikolay nizom nizomiddin nizoramo nodir nosir
    nuran nuriddin nurlan nurlanbek nursultan nurzhan ochilboy odil oleg olesya olga oljas olzhas omar omid omurbek
    oraz orazgeldi oskar otabek oybek ozodbek parviz pavel pavlo peter petr piyush pranab pyotr qasim qosim rahim
    rahmat rahul rajnath rakhat ramil ramiz rana rashid rashit rasul ravil ravshan raza recep reza rinat robert
    roman roza ruslan rustam rustem rysbek saad sabir sabyr sadriddin sadyr safar sagar saida saidakbar saidmurod
    sajid saken salim salman samir sanjar sapar sardor sarvar serdar serge sergei sergey sergio serik seyed shafqat
    shah shahbaz shahid shahriyor shamshad sharif shaukat shavkat shehbaz sherali sherzod shokirjon shukhrat
    shukurjon sirojiddin sobir sodiq sodyq sohail sokhib sorbon stanislav subrahmanyam suhrob sujan sukhrob sultan
    sunatullo svetlana syed tahir talant talgat tamara tariq tatiana tatyana temir temirlan thomas timur tofiq
    togrul toktar tolib tulegen tursun tynchtykbek ukhnaagiin ulan ulugbek umar umida usman usmon uzakbay vadim
    valentina valeriy valery vasif vasily veronika viacheslav victor viktor vinay vitaly vladimir vladislav
    volodymyr vyacheslav wael wasif wendi william xenia yaroslav yasin yerbol yerlan yermek yernar yerzhan yevgeny
    yuri yuriy yury yusuf zafar zahid zainab zamira zarif zarina zaur zhanar zhandos zhanibek zhaslan zhenish
    zhomart zhumakul zhyldyz ziyod zohir zubair zulfiqar zulfiya
    """.split()
)
"""Given names of the states of the Organisation and their neighbours, in the spellings of news in English."""
_RANKED = frozenset("gen lt col maj brig adm".split())
"""Ranks in short, which no name begins with."""
_MOST = 5
_PLACES = frozenset(
    """
    kharkov rostov saratov pskov azov tambov kirov lvov mogilev kiev chernigov serpukhov sarov ostrov
    villanova borisov pugachev
    """.split()
)
"""Places that look like surnames."""
_SIGNS_IN_NAMES = re.compile("[-'’]")
_LONG = 5


def formed(words: Sequence[Word], blocked: Collection[int]) -> Iterable[tuple[int, int]]:
    """Yield runs of two to five capitalised words whose form is that of a person's name."""
    done = 0
    for index, word in enumerate(words):
        if index < done or not word.capital or word.lower in _RANKED:
            continue
        done = _run(words, index, blocked)
        if 2 <= done - index <= _MOST and not _goes_on(words, done) and _person_like(words[index:done]):
            yield index, done
        elif _behind_a_body(words, index, done):
            yield index + 1, done


def surnames(words: Sequence[Word], blocked: Collection[int]) -> Iterable[tuple[int, int]]:
    """Yield single words that are surnames by their endings: "Lavrov said"."""
    for index, word in enumerate(words):
        if (
            index not in blocked
            and word.capital
            and not word.shouted
            and len(word.text) >= _LONG
            and word.lower not in _PLACES
            and _SURNAME.match(word.lower)
            and not names_no_person(word)
        ):
            yield index, index + 1


def _run(words: Sequence[Word], first: int, blocked: Collection[int]) -> int:
    end = first
    while (
        end < len(words)
        and end not in blocked
        and words[end].capital
        and not names_no_person(words[end])
        and (words[end].text.isalpha() or _SIGNS_IN_NAMES.sub("", words[end].text).isalpha())
        and words[end].tag[:2] not in ("VB", "IN", "DT")
    ):
        end += 1
    return end


def _behind_a_body(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether a body of one word stands before a name: "Deputy Chairman of Vnesheconombank Anatoly Ballo"."""
    owned = first > 1 and words[first - 1].lower == "of" and words[first - 2].lower in TITLE_HEADS
    return owned and end - first == 3 and not _goes_on(words, end) and words[first + 1].lower in _GIVEN


def _goes_on(words: Sequence[Word], end: int) -> bool:
    """Whether the run is only the beginning of a longer name: "Islam Karimov Airport", "Vladimir Putin's Russia"."""
    if end >= len(words):
        return False
    word = words[end]
    return word.capital and word.lower not in TITLE_HEADS and word.lower not in HONORIFICS


def _person_like(run: Sequence[Word]) -> bool:
    lowers = [w.lower for w in run]
    if all(w.shouted for w in run):
        return False
    if _chinese(lowers):
        return True
    given = lowers[0] in _GIVEN or _GIVEN_FORM.match(lowers[0])
    if given and len(lowers[1]) > 2:
        return True
    return any(_SURNAME.match(w) or _PATRONYMIC.match(w) for w in lowers[1:])


def _chinese(lowers: Sequence[str]) -> bool:
    if len(lowers) != 2 or lowers[0] not in _CHINESE or lowers[1] in _NO_CHINESE:
        return False
    return bool(_PINYIN.match(lowers[1])) and (lowers[0], lowers[1]) != ("hong", "kong")
