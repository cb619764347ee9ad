"""Whether a vacancy is reserved to the people whom L. 68/1999 protects (its art. 1 or art. 18).

Most vacancies that name the law are open to all: *rivolto anche a*, *nel rispetto della L. 68/99*.
What is said beside the name decides. Nothing here is ever read in a CV.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice

from matching.domain import Fact
from matching.extraction.boilerplate import HIRING
from matching.extraction.facts import fact

# The law ("L.68/99", "legge 68 del '99", "legge 12 marzo 1999 n. 68") and its group of people.
_LAW = (
    r"(?:\bl(?:egge|\.|\b)\s?(?:n[.°r]*\s?)?68\s?(?:/|-|\.|del(?:l['’]anno)?)?\s?['’]?(?:19)?99\b"
    r"|\blegge\s(?:del\s)?12(?:[./-]0?3[./-]|\smarzo\s)(?:19)?99,?\s(?:n[.°r]*\s?)?68\b"
    r"|\b68\s?/\s?(?:19)?99\b|\bl(?:egge|\.)\s?(?:n[.°r]*\s?)?68\b(?!\s?/))"
)
_GROUP = (
    r"(?:\bcat\w{0,8}\.?\s?[\"“«]?(?:c\.?d\.?\s)?p(?:ro|or)t(?:\.|(?!esi)[\w*]*)"
    r"|\bprotected categor\w+"
    r"|\b(?:collocamento|avviamento) (?:mirato|obbligatorio)|\bliste (?:speciali )?(?:dei |per )?"
    r"disabili\b)"
)
# Words of disability alone: who works in care reads them every day, so they need more beside them.
_PEOPLE = (
    r"(?:\b(?:person[ae]|lavorator[ei]|candidat[ei]|soggetti) (?:con|portator[ei] di)"
    r" (?:disabilita|invalidita|handicap)\b|\bdisabili\b"
    r"|\b(?:person[ae] )?invalid[ei](?: civil[ei])?\b"
    r"|\bdiversamente abil[ei]\b|\binvalidita\b)"
)
_NAMED = re.compile(rf"{_LAW}|{_GROUP}")
_MENTION = re.compile(rf"{_LAW}|{_GROUP}|{_PEOPLE}")
_HINT = re.compile(r"68|p(?:ro|or)t|mirato|obbligatorio|disabil|invalid|abil[ei]|handicap")

_OFFER = (
    r"(?:annunci\w*|offert[ae]|posizion[ei]|ricerc(?:a|he)|selezion[ei]|inserzion[ei]|opportunita"
    r"|candidatur[ae]|post[oi](?: di lavoro)?|ruol[oi]|bando|concorso|avviso|assunzion[ei]"
    r"|inseriment[oi]|vacanc(?:y|ies)|position|job|offer)"
)
# Between a word that reserves and those whom it reserves to, no word but these.
_LINK = (
    r"(?:\W+(?:cui|all|a|ad|al|alla|alle|agli|ai|per|di|da|del|della|delle|dei|degli|dell"
    r"|dall[ae]?|dai|dal"
    r"|nel|nell[ae]?|nei|negli|in|il|la|le|lo|gli|i|l|un|un[ao]|e|ed|o|ex|sensi|lege|artt?"
    r"|articol[oi]"
    r"|\d{1,3}|n|comma|c|candidat\w*|candidatur\w+|person\w+|risors\w+|profil\w+|soggett\w+"
    r"|lavora\w+|colleg\w+|coloro|chi|che|sia|siano|sono|risult\w+|quali|app?art\w+|iscri\w+"
    r"|rientr\w+|facent\w+|fa|fanno|faccia\w*|parte|list[ae]|elench?\w+|speciali|apposit\w+"
    r"|provincial\w+|rivolt\w+|indirizzat\w+|destinat\w+|dedicat\w+|ambosess\w*|disoccupat\w+"
    r"|inoccupat\w+|titolari|possesso|status|condizione|esclusivamente|legge|previst\w+|cv|curricul\w+|disabilita"
    r"|invalid\w+|civil[ei]|con|in|to|people|persons"
    r"|candidates|belonging|only|the|from|of|under|with|members|registered|who|are|for)\b)"
)
_MEMBER = r"(?:app?art\w+|iscri(?:tt\w*|zion\w+)|rientr(?:ant\w+|ino|ano|are)|facent\w+ parte)"
_OF = rf"{_LINK}{{0,14}}\W*$"  # up to the mention

# Surely reserved, by what stands before the mention ...
_SURELY = re.compile(
    r"\briserv(?:at\w+|iamo)(?:\W+\w+){0,14}?\W*$"
    rf"|\breserved{_OF}"
    rf"|\b(?:sol[aeio]|soltanto|solamente|unicamente|esclusiv\w+|only|exclusively){_OF}"
    r"|\b(?:richiest\w|richiediamo|si richied\w+|necessari[oae]|indispensabil\w+|obbligatori[oae]"
    r"|imprescindibil\w+|vincolant\w+|tassativ\w+|requisit[oi](?! (?:preferenz|gradit|opzion|non))"
    rf"(?: \w+)?|(?:deve|devono|dovra|dovranno|debbono)(?:\W+\w+)?)"
    rf"(?:\W+(?:l|la|le|i|di|essere|in|possesso|dell?|della))*\W+{_MEMBER}{_OF}"
)
# ... or after it.
_SURELY_AFTER = re.compile(
    r"[^,.;\n]{0,30}?\b(?:e|sono|costituisce|rappresenta|sara)\s(?:un |il )?(?:requisit[oi]"
    r"(?! (?:preferenzial|gradit))|(?:obbligatori|indispensabil|necessari|vincolant|imprescindibil"
    r"|tassativ|richiest)\w+)"
    r"|[^,.;\n]{0,12}?\((?:requisito )?(?:obbligatori|indispensabil|necessari|vincolant"
    r"|tassativ)\w+\)"
    rf"|[^.;\n]{{0,15}}?\b{_OFFER} (?:\w+ )?(?:riservat|esclusiv)\w+"
    r"|\W{0,3}(?:\([^)]*\))?\s?(?:[:=]|\s[-–])\s?(?:si|yes|x)\b(?!\s?/)"
)
# A share of the posts, a page of the site, a service: not the offer.
_SOMETHING_ELSE = re.compile(
    r"\b(?:quot[ae]|part[ei]|percentual[ei]|di cui|riserva d\w+|uno dei|agevolazion\w+|incentiv\w+"
    r"|pagin[ae]|sezion[ei]|parcheggi\w*|servizi\w*|attivita|progett[oi]|centro|percors[oi]"
    r"|cors[oi])"
    r"\b(?:\W+\w+){0,6}?\W*$"
)
_NOT = re.compile(r"\b(?:non|senza|nessun\w?|ne|not|no)(?:\W+\w+){0,4}?\W*$")
_NOT_AFTER = re.compile(
    r"\W{0,3}(?:\([^)]*\))?\W{0,3}[:=?]\s?(?:no\b|si ?/ ?no)|[^,.;\n]{0,20}?\bnon (?:e|sono)\b"
)

# Open to all, with a word for these too.
_ALSO = re.compile(
    r"\b(?:anche|altresi|nonche|inclus[eaio]|compres[eaio]|comprendendo|includendo|eventual\w*|pure"
    rf"|oltre(?: che)?|also|including|e/o|perfino|sia|eccezione|qualora|se){_OF}"
)
_EVERYBODY = re.compile(
    r"\b(?:ambosess\w*|entramb[ei] (?:i sessi|i generi)|uomini e donne|donne e uomini|tutt[ie]"
    r"|chiunque"
    rf"|interessat[ie]|m/f)\b.*\W(?:e|ed|o|e/o)(?=\W+(?:a|ad|agli|ai|alle|al|le|i|gli|cat)\b){_OF}"
)
_KIND = (
    r"(?:pres[ei] in (?:\w+ )?(?:considerazione|esame)|tenut[aeio] in (?:\w+ )?considerazione"
    r"|considera(?:te|ti|ta|to)|valut(?:iamo|eremo|a|ano|ate|ati|era)|accogli\w+|incoraggi\w+"
    r"|benvenut\w+|ben accett\w+|welcome\w*|encourag\w+|preferenz\w+|preferibil\w+|gradit\w+"
    r"|apprezzat\w+|plus|vantaggio|precedenza|priorita|prestando|presta|prestiamo|sensibil\w+"
    r"|prescindere|indipendentemente|regardless|apert[aoie] a tutt[ie]|favore|privilegi\w+"
    r"|attent[aoie]|invitiamo|attenzione|liet[aieo])"
)
_WELCOME = re.compile(rf"\b{_KIND}\b(?:\W+\w+){{0,9}}?\W*$")
_WELCOME_AFTER = re.compile(rf"[^,.;\n]{{0,45}}?\b{_KIND}\b")
# "Segnalare l'appartenenza alle categorie protette": who may say so need not be of them.
_TELL = re.compile(
    r"\b(?:indic|specific|segnal|menzion|dichiar|comunic|precis|allega|evidenzi|interess)\w*"
    r"(?:\W+\w+){0,8}?\W*$"
)
_TELL_AFTER = re.compile(
    r"[^.;\n]{0,25}?\b(?:possono|potranno|sono (?:invitat|pregat)\w+|avra|avranno|hanno|saranno"
    r"|verranno|fanno parte|fa parte)\b|[?]?[^.;\n]{0,20}?\b(?:segnal|indica|specific|scriv|dillo"
    r"|comunic)\w*"
)
_AND_ALL = re.compile(
    r"\W*(?:\([^)]*\)\W*)?(?:e|ed|o|oltre)\s(?:(?:a|ad|ai|agli|alle)\s)?(?:tutt|entramb|ambosess"
    r"|chiunque"
    r"|altr|non\b|meno\b)"
)
_OTHER_LAWS = re.compile(
    r"903|125/91|198/20|21[56]/|pari opportunit|parita|discriminaz|diversity|nazionalita|entrambi i"
    r"|ambosess|m/f\b"
)
# Work with these people, or with the papers of the law, is a job like any other.
_WORK_WITH = re.compile(
    r"\b(?:affianc\w+|accompagn\w+|assist(?:enza|ere)|seguire|gestion\w+|gestir\w+|adempiment\w+"
    r"|pratic(?:a|he)|conoscenz\w+|normativ\w+|consulen\w+|monitor\w+|prospett\w+|denunc\w+"
    r"|esperienz\w+"
    r"|(?:progett\w+|percors\w+|servizi\w*|uffici\w*|sportell\w+|tirocin\w+)(?=\W+(?:per"
    r"|d[aei]\w*|con"
    r"|a|ai|alle|dedicat\w+|rivolt\w+)\b)|rapporti|relazioni|collabor\w+|convenzion\w+ con"
    r"|accreditat\w+|integrazione|inclusione|favori\w+|orienta\w+|sostegno|supporta\w+"
    r"|obblig\w+ di legge|soggett[ao]|computo|dati|informazion\w+|formazione|regola"
    r"|inseriment\w+ (?:lavorativ\w+ )?d\w+"
    rf"|rispett\w+)\b(?!\W+{_MEMBER})[^,]{{0,60}}$"
)
_SINGULAR = re.compile(rf"\b(?:app?art[ae]ne(?:n?te)?|iscritt[oa](?:/a)?)\b{_OF}")

# Said of the offer, where nobody else is named.
_LIKELY = re.compile(
    rf"\b{_OFFER}\b(?:\W+\w+){{0,3}}?\W+(?:rivolt|indirizzat|dedicat|destinat"
    rf"|pensat)\w+(?:\W+\w+){{0,3}}?{_OF}"
    rf"|\b(?:ci rivolgiamo|si rivolge|rivolt[ao]|dedicat[ao]){_OF}"
    rf"|\b{_OFFER}[\s(:–-]+(?:di lavoro[\s(:–-]+)?(?:(?:per|for){_OF}|$)"
    # sought, by what they are
    rf"|(?:{HIRING.pattern}|\bcerco\b|\bassunzione|\binserimento).*\b{_MEMBER}{_OF}"
    rf"|(?:{HIRING.pattern}|\bcerco\b)(?:\W+(?:personale|subito|due|tre|quattro|\w+ente))*{_OF}"
    # by what the law makes the firm do
    rf"|(?:{HIRING.pattern}|\b(?:assunzion\w+|copertur\w+|posizion\w+|assunt[oaie]|chiamata"
    rf"|inseriment\w+)\b)[^.;]{{0,70}}"
    r"\b(?:ai sensi|ex|ottemperanza|adempimento|ambito|in base|convenzione|secondo|tramite|mediante"
    r"|attraverso|obblig\w+|quota)(?:\W+\w+){0,6}?\W*$"
    # one of the requirements, or what the one sought is
    r"|^\W*(?:\d\W+)?(?:(?:requisit\w+|titol\w|profilo|note|destinatari)(?: \w+)?\W+)?"
    rf"(?:(?:l|la|il|lo|gli|le|i|un|una)\W+)?(?:[\w/]+\W+){{0,2}}?{_MEMBER}{_OF}"
    rf"|\b(?:requisit\w+|richied\w+|richiest\w"
    rf"|richiediamo)\b[^.;]*[,:•-]\s?(?:e )?(?:l['’])?{_MEMBER}{_OF}"
    r"|\b(?:la|il|l)\W(?:risorsa|candidat\w+(?:/\w)?|figura|persona|profilo)\b(?:\W+\w+){0,5}?\W+"
    rf"{_MEMBER}{_OF}"
    rf"|\b(?:sei|siete|fai parte|appartieni|appartenete|rientri){_OF}"
    r"|\b(?:possono|potranno|puo) (?:\w+ )?(?:candidarsi|partecipare|presentare|rispondere|inviare"
    rf"|accedere|iscriversi)(?:\W+(?:domanda|candidatura|la|il|cv|alla|selezione))*{_OF}"
    rf"|^\W*(?:tipologia|tipo|destinatari|target|categoria|riferimento"
    rf"|riserva)(?: \w+){{0,3}}\s?[:=]{_OF}"
)
# A law in brackets after the one sought; in a title, a name that no word leads up to.
_BESIDE = re.compile(
    rf"(?:{HIRING.pattern}|\bcerco\b)[^.;]*[(,–-]\s*(?:(?:ex|rif|artt?|\d+|e)\W+)*$"
)
_LED_TO = re.compile(
    r"(?:\b(?:il|lo|la|le|i|gli|un|una|d[ei]\w{0,4}|a\w{0,3}|con|col|e|ed|o|da\w{0,3}|nel\w*|in"
    r"|su\w{0,3}"
    r"|cui|division\w+|riserv\w+|e['’]|con l|l)|[;,]|['’])\W*$"
)
_TOLD = re.compile(r"\b(?:sono|siamo|apert[aeio]|nostr[aeio]|e)\b")
_TITLE_GOES_ON = re.compile(r"\W*(?:$|[:–-]|\W*(?:art\w*\W+\d|l\W{0,2}68|legge 68|ex\b|invalid))")
_DIVISION = re.compile(
    r"\b(?:division[ei]|business unit|specialty|filiale)\b(?:\W+\w+){0,6}?\W+"
    r"(?:dedicat|specializzat|focalizzat)\w+(?:\W+\w+){0,10}?\W*$"
)
_OF_THE_OFFER = re.compile(
    rf"\b{_OFFER}\b(?:\W+\w+){{0,3}}?\W+(?:riservat|rivolt|dedicat|destinat"
    rf"|esclusiv)\w+(?:\W+\w+){{0,3}}?\W*$"
    rf"|(?:{HIRING.pattern})(?:\W+(?:personale|un[oa]?|n|\d+))?\W*$"
)
_ASKED_DEGREE = re.compile(
    r"(?:^\W*|\b(?:possesso|richied\w+|richiest\w|necessari\w+|obbligatori\w+|requisit\w+)\b)"
    r"(?:\W+(?:verbale|certificat\w+|riconosciment\w+|di|del|della|l|la|un|una|dell))*\W*$"
)
_DEGREE = re.compile(r"[^.;\n]{0,45}?\d{2}\s?(?:%|per ?cento)")

_SENTENCE_END = re.compile(r"[\n;!|•]|(?<=[a-z0-9)%\]])\.(?=\s|[a-z]|$)")
_ABBREVIATED = re.compile(
    r"(?:^|[^a-z])(?:artt?|cat|categ|lett|sig|dott|prot|soc|coop|nr?|es|lgs|dlgs|[a-z]|az|rif|tel)$"
)
_ASIDE = re.compile(r"\([^()]*\)")
_REACH = 260
_MOST = 200  # mentions; no vacancy has a tenth of them
_TITLE_LINES, _TITLE_LENGTH = 2, 110


Span = tuple[int, int]


class _Verdict(Enum):
    """What one mention says of the offer."""

    SURELY = auto()
    LIKELY = auto()
    OPEN = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class _Mention:
    """A mention with what stands before and after it in its sentence; asides before are blank."""

    start: int
    end: int
    words: str
    before: str
    after: str
    in_title: bool


def reserved(
    text: str, words: str, *, adverts: Iterable[Span] = (), liked: Iterable[Span] = ()
) -> Fact | None:
    """The mention that reserves a vacancy by L. 68/1999, None where it is open to all.

    Parameters
    ----------
    text
        The vacancy.
    words
        The same in plain letters, lines joined where they were wrapped.
    adverts
        Stretches that speak of other vacancies.
    liked
        Lists of what would merely be liked: a requirement in one is none.
    """
    if not _HINT.search(words):
        return None
    others, lists = tuple(adverts), tuple(liked)
    likely: _Mention | None = None
    is_open = False
    for mention in islice(_mentions(words), _MOST):
        if _inside(mention, others):
            continue
        verdict = _verdict(mention)
        if verdict is _Verdict.SURELY:
            return fact(text, True, mention.start, mention.end)
        if verdict is _Verdict.LIKELY and not _inside(mention, lists):
            likely = likely or mention
        is_open = is_open or verdict is _Verdict.OPEN
    if likely is None or is_open:
        return None
    return fact(text, True, likely.start, likely.end)


def _inside(mention: _Mention, spans: Iterable[Span]) -> bool:
    return any(start <= mention.start < end for start, end in spans)


def _mentions(words: str) -> Iterator[_Mention]:
    title_end = _title_end(words)
    for found in _MENTION.finditer(words):
        start, end = found.span()
        before, after = words[max(0, start - _REACH) : start], words[end : end + _REACH]
        cut = max((place.end() for place in _ends(before)), default=0)
        stop = min((place.end() for place in _ends(after)), default=len(after))
        yield _Mention(
            start=start,
            end=end,
            words=found.group(),
            before=_ASIDE.sub(" ", before[cut:]),
            after=after[:stop],
            in_title=end <= title_end,
        )


def _ends(words: str) -> Iterator[re.Match[str]]:
    for place in _SENTENCE_END.finditer(words):
        full_stop = place.group() == "."
        if not (
            full_stop and _ABBREVIATED.search(words[max(0, place.start() - 6) : place.start()])
        ):
            yield place


def _title_end(words: str) -> int:
    """Where the short lines at the head end that can be a title."""
    end = place = 0
    for line in words.splitlines(keepends=True)[: 2 * _TITLE_LINES]:
        place += len(line)
        if len(line.strip()) > _TITLE_LENGTH:
            break
        end = place
    return end


def _verdict(mention: _Mention) -> _Verdict:
    before, after = mention.before, mention.after
    if not _NAMED.fullmatch(mention.words):
        return _of_people(mention)
    if _NOT_AFTER.match(after) or _ALSO.search(before):
        return _Verdict.OPEN
    surely = _SURELY.search(before)
    if surely or _SURELY_AFTER.match(after):
        lead = before[: surely.start()] if surely else before
        if _NOT.search(lead):
            return _Verdict.OPEN
        return _Verdict.NOTHING if _SOMETHING_ELSE.search(lead) else _Verdict.SURELY
    if _is_open(before, after):
        return _Verdict.OPEN
    if mention.in_title and _is_title(before, after):
        return _Verdict.LIKELY
    if _WORK_WITH.search(before) and not _SINGULAR.search(before):
        return _Verdict.NOTHING
    if _BESIDE.search(before) and not _OTHER_LAWS.search(before + after):
        return _Verdict.LIKELY
    if _SINGULAR.search(before) or _LIKELY.search(before):
        return _Verdict.LIKELY
    if _DIVISION.search(before) and HIRING.search(after):
        return _Verdict.LIKELY
    return _Verdict.NOTHING


def _is_title(before: str, after: str) -> bool:
    if _LED_TO.search(before) or _TOLD.search(before) or _OTHER_LAWS.search(before + after):
        return False
    return bool(_TITLE_GOES_ON.match(after)) and not after.rstrip().endswith(".")


def _is_open(before: str, after: str) -> bool:
    return bool(
        _NOT.search(before)
        or _EVERYBODY.search(before)
        or _WELCOME.search(before)
        or _WELCOME_AFTER.match(after)
        or _TELL.search(before)
        or _TELL_AFTER.match(after)
        or _AND_ALL.match(after)
    )


def _of_people(mention: _Mention) -> _Verdict:
    """The same for words of disability: only what is said of the offer itself counts."""
    before, after = mention.before, mention.after
    if _ALSO.search(before) or _is_open(before, after):
        return _Verdict.NOTHING
    if mention.words == "invalidita":
        asked = _ASKED_DEGREE.search(before) and _DEGREE.match(after)
        return _Verdict.LIKELY if asked else _Verdict.NOTHING
    return _Verdict.LIKELY if _OF_THE_OFFER.search(before) else _Verdict.NOTHING
