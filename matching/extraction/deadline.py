"""The day by which to apply for a vacancy."""

import re
from collections.abc import Iterator
from datetime import date

from matching.domain import Fact
from matching.extraction.dates import DAY, day_to_come
from matching.extraction.facts import fact

_WEEKDAY = r"(?:(?:lun|mart|mercol|giov|ven)edi?,? |venerdi,? |sabato,? |domenica,? )?"
_HOUR = r"(?:le )?(?:ore )?\d{1,2}(?:[.:]\d\d)?(?: di| del(?: giorno)?|,)? "
# "entro e non oltre le ore 12 di venerdì 4 dicembre"
_BY = (
    r"(?:entro(?: e non oltre)?|non oltre)(?: e non oltre)?[:,]?\s(?:la data (?:ultima )?del\s"
    rf"|il giorno |il termine del\s|il prossimo )?(?:{_HOUR})?(?:il |l['’]|lo "
    rf"|la )?(?:giorno )?{_WEEKDAY}"
)
_APPLYING = (
    r"(?:candid\w+|domand[ae]|\bcv\b|c\.v\.|curricul\w+|iscri\w+|adesion\w+|aderir\w+"
    r"|application\w*"
    r"|invi(?:are|ate|a|o|ando)|present(?:are|ate|azione|ata|arsi)|perven\w+|trasmett\w+"
    r"|rispond\w+"
    r"|segnalar\w+|scriv\w+|manda(?:re|te)|spedi\w+)"
)
_OFFER = (
    r"(?:offerta|annuncio|inserzione|selezion[ei]|bando|avviso|ricerca|posizione|candidature"
    r"|domande|iscrizioni)"
)
_CUES = (
    # what is to be done by then
    rf"\b{_APPLYING}\b(?:[^.;\n]|\.(?=\S)){{0,80}}?\b{_BY}",
    # the end itself
    r"\b(?:data (?:di )?)?(?:scadenza|scad\.|chiusura)(?: (?:del|della|delle|dell['’]|per|la|le"
    r"|l['’])"
    r"| (?:bando|avviso|annuncio|offert[ae]|candidatur[ae]|domand[ae]|presentazione|iscrizioni"
    rf"|selezion[ei]|invio|cv)){{0,6}}\s?[:,-]?\s?(?:il |al |l['’]"
    rf"|entro il )?(?:giorno )?{_WEEKDAY}",
    r"\btermine (?:iscrizioni|candidature|domande|ultimo|massimo|di (?:scadenza|presentazione)"
    r"|per (?:la |le |l['’]|presentare|candidarsi))"
    rf"[^.;\n\d]{{0,60}}?[\s:](?:il |al |e il |l['’])?(?:giorno )?{_WEEKDAY}",
    rf"\b{_OFFER} (?:\w+ ){{0,3}}?(?:valid|apert|attiv|disponibil|scad|chiud)\w* (?:\w+ )?"
    rf"(?:fino|sino)? ?(?:al |all['’]|a |il |l['’]|entro il |ad )?(?:giorno )?{_WEEKDAY}",
    r"\b(?:apply by|deadline|closing date|applications? (?:close|due)(?: on"
    r"| by)?)[ :]+(?:is )?(?:the )?",
)
_DEADLINE = tuple(re.compile(cue + DAY) for cue in _CUES)
_HINT = re.compile(r"entro|oltre|scad|chiu|termine|valid|apert|attiv|deadline|closing|apply")
# Other things that end: a contract, a licence, the job itself.
_OTHER = re.compile(
    r"\b(?:contratt\w+|patent\w+|attestat\w+|permess\w+|certificat\w+|abilitazion\w+|document\w+"
    r"|tirocin\w+|prodott\w+|assunzion\w+|inseriment\w+|maternita|inizi\w+|alimenti|merce"
    r"|fattur\w+|pagament\w+|gar[ae]|fiscal\w+|in)\W+(?:\w+\W+){0,2}$"
)
_TAKEN_UP = re.compile(r"\b(?:inseriment\w+|assunzion\w+|inizi\w+|avvio|disponib\w+)\b")


def deadlines(text: str, words: str, as_of: date) -> Iterator[Fact]:
    """Days by which to apply, as ISO dates, in plain text.

    A day without a year is the next one from ``as_of`` on; a month alone its last day. The end
    of a contract, of a licence, the day of hiring are none.
    """
    if not _HINT.search(words):
        return
    for pattern in _DEADLINE:
        for match in pattern.finditer(words):
            before = words[max(0, match.start() - 40) : match.start()].rsplit("\n", 1)[-1]
            if _OTHER.search(before) or _TAKEN_UP.search(match.group()):
                continue
            day = day_to_come(match.groupdict(), as_of)
            if day is not None:
                yield fact(text, day.isoformat(), *match.span())
