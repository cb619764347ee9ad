"""The same CV of another person: of the other gender, with another name, born elsewhere or earlier.

The mapping knows words and endings, not documents, so that the unseen half can be turned without
being read. What it cannot know (*tornitrice* may be a machine) stays as it is.
"""

import re
from collections.abc import Callable

# Masculine/feminine: given names, jobs, adjectives and participles said of the writer.
_PAIRS = """
Mario/Maria Marco/Marta Luca/Lucia Paolo/Paola Andrea/Angela Giovanni/Giovanna Luigi/Luisa
Giuseppe/Giuseppina Antonio/Antonella Francesco/Francesca Roberto/Roberta Stefano/Stefania
Alessandro/Alessandra Daniele/Daniela Michele/Michela Giorgio/Giorgia Claudio/Claudia Carlo/Carla
Matteo/Sara Davide/Silvia Simone/Simona Fabio/Elena Fabrizio/Fabrizia Enrico/Enrica Massimo/Laura
Gianluca/Valentina Gianpaolo/Nicoletta Riccardo/Ilaria Tommaso/Tatiana Denis/Denise Egidio/Emma
Samuele/Samanta Arben/Arta Ivan/Ivana Modou/Fatou Bruno/Bruna Franco/Franca Sergio/Ornella
Pietro/Piera Cristian/Cristina Christian/Cinzia Mattia/Martina Nicola/Noemi Gabriele/Gabriella
Emanuele/Emanuela Filippo/Federica Federico/Chiara Lorenzo/Lorena Giacomo/Giulia Vincenzo/Vincenza
Salvatore/Rosa Raffaele/Raffaella Pasquale/Patrizia Angelo/Annalisa
Alberto/Alba Maurizio/Monica Mauro/Maura Dario/Daria Diego/Debora Ettore/Eleonora Aldo/Adele
Renato/Renata Rinaldo/Rosanna Silvano/Silvana Tullio/Teresa Ugo/Ursula Walter/Wanda Gino/Gina
Omar/Amina Ahmed/Fatima Mohamed/Khadija Mohammed/Aicha Hassan/Hanan Youssef/Yasmin Ali/Aisha
Abdul/Samira Ibrahim/Mariam Mamadou/Aminata Ousmane/Awa Cheikh/Adama Singh/Kaur Harpreet/Manpreet
Bogdan/Mihaela Ion/Ioana Vasile/Vasilica Gheorghe/Elisabeta Adrian/Adriana Florin/Florentina
Cristinel/Loredana Oleksandr/Oksana Volodymyr/Halyna Andriy/Tetiana Serhiy/Svitlana Dmytro/Natalia
Ardit/Ardita Bashkim/Mimoza Agim/Drita Besnik/Blerina Juan/Juana Carlos/Elvira Luis/Luz Jose/Josefa
Miguel/Milagros Jorge/Gladys Pedro/Pilar Wei/Mei Hao/Xia Rajesh/Priya Sabrino/Sabrina
Luigino/Luigina Sandro/Sandra Loris/Lara Mirko/Mirella Igor/Irina Kevin/Katia Alex/Alessia
Gianni/Gianna Piero/Pierina Rocco/Rita Tiziano/Tiziana Valerio/Valeria Vittorio/Vittoria
Giancarlo/Giancarla Emilio/Emilia Eugenio/Eugenia Livio/Livia Flavio/Flavia Marino/Marina
Martino/Martina Alfredo/Alfreda Ernesto/Ernesta Armando/Amalia Gennaro/Concetta Ciro/Carmela
magazziniere/magazziniera operaio/operaia cameriere/cameriera cuoco/cuoca infermiere/infermiera
impiegato/impiegata commesso/commessa addetto/addetta segretario/segretaria sarto/sarta
parrucchiere/parrucchiera giardiniere/giardiniera bidello/bidella fattorino/fattorina
cassiere/cassiera pasticcere/pasticcera pasticciere/pasticciera macellaio/macellaia
fioraio/fioraia postino/postina portinaio/portinaia fornaio/fornaia salumiere/salumiera
banconiere/banconiera cantoniere/cantoniera carpentiere/carpentiera idraulico/idraulica
meccanico/meccanica carrozziere/carrozziera camionista/camionista archivista/archivista
panettiere/panettiera fresatore/fresatrice saldatore/saldatrice tornitore/tornitrice
operatore/operatrice educatore/educatrice animatore/animatrice coordinatore/coordinatrice
collaboratore/collaboratrice venditore/venditrice istruttore/istruttrice assemblatore/assemblatrice
muratore/muratrice verniciatore/verniciatrice tessitore/tessitrice filatore/filatrice
allenatore/allenatrice mediatore/mediatrice traduttore/traduttrice conduttore/conduttrice
maestro/maestra professore/professoressa ragioniere/ragioniera ausiliario/ausiliaria
aiuto-cuoco/aiuto-cuoca caposala/caposala casaro/casara guardiano/guardiana bagnino/bagnina
volontario/volontaria tirocinante/tirocinante socio/socia consigliere/consigliera
signore/signora ragazzo/ragazza uomo/donna
disponibile/disponibile automunito/automunita motivato/motivata nato/nata diplomato/diplomata
laureato/laureata iscritto/iscritta interessato/interessata sposato/sposata coniugato/coniugata
separato/separata divorziato/divorziata vedovo/vedova nubile/celibe stato/stata assunto/assunta
qualificato/qualificata specializzato/specializzata esperto/esperta serio/seria generico/generica
amministrativo/amministrativa capace/capace autonomo/autonoma occupato/occupata
disoccupato/disoccupata impegnato/impegnata patentato/patentata solo/sola preciso/precisa
ordinato/ordinata onesto/onesta discreto/discreta riservato/riservata educato/educata
dinamico/dinamica creativo/creativa curioso/curiosa empatico/empatica organizzato/organizzata
organizzatissimo/organizzatissima metodico/metodica calmo/calma pratico/pratica sveglio/sveglia
attento/attenta stanco/stanca abituato/abituata convinto/convinta domestico/domestica
sottoscritto/sottoscritta pensionato/pensionata invalido/invalida straniero/straniera
italiano/italiana ucraino/ucraina peruviano/peruviana rumeno/rumena marocchino/marocchina
albanese/albanese senegalese/senegalese
"""
_TO_OTHER: dict[str, str] = {}
for _pair in _PAIRS.split():
    _one, _two = _pair.casefold().split("/")
    _TO_OTHER.setdefault(_one, _two)
    _TO_OTHER.setdefault(_two, _one)

# Also said of things, of languages, of the time before a job: turned only where they follow a job
# or a verb that speaks of the writer.
_THINGS = """
meccanico meccanica amministrativo amministrativa domestico domestica pratico pratica italiano
italiana ucraino ucraina peruviano peruviana rumeno rumena marocchino marocchina generico
generica solo sola stato stata calma calmo preciso precisa attento attenta ordinato ordinata
educato educata organizzato organizzata creativo creativa dinamico dinamica autonomo autonoma
curioso curiosa qualificato qualificata specializzato specializzata iscritto iscritta assunto
assunta occupato occupata impegnato impegnata sveglia sveglio celibe nubile rosa marina
pilar alba luz vittoria pedro
"""
_OF_THINGS = frozenset(_THINGS.split())
# Machines as well as people.
_TOOLS = "fresatrice saldatrice tornitrice verniciatrice tessitrice filatrice assemblatrice"
_MACHINES = frozenset(_TOOLS.split())
_ARTICLES = {
    "un": "una", "una": "un", "il": "la", "la": "il", "lo": "la", "al": "alla", "alla": "al",
    "del": "della", "della": "del", "dal": "dalla", "dalla": "dal", "uno": "una",
}  # fmt: skip
_SEVERAL = """
i gli le dei degli delle ai agli alle dai dagli dalle coi con tra fra altri altre due tre
quattro cinque sei sette otto nove dieci
"""
_PLURAL = frozenset(_SEVERAL.split())
_WORD = re.compile(r"(?<![\w@.])[^\W\d_]+(?![\w@])")
_ADDRESS = re.compile(r"[\w.+-]*@")
_SPEAKS_OF_ME = re.compile(
    r"\b(?:sono|ero|fui|sarei|sarò|mi ritengo|mi considero|mi reputo|sia)\s+(?:(?:molto|sempre"
    r"|anche|poi|già|stat[oa]|rimast[oa]|una persona|un ragazzo|una ragazza)\s+)*$",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"(?:[aiu]t|rimast|mort|vissut|mess|cresciut|assunt|cors|scels)([oa])$")


def other_gender(text: str) -> str:
    """The text with what is said of its writer in the other gender."""
    pieces: list[str] = []
    done = 0
    before = ""  # the word before, as it was
    turned = False  # whether that word was turned
    article: tuple[int, str] | None = None
    for match in _WORD.finditer(text):
        if _ADDRESS.match(text, match.end()):
            continue
        word, low = match[0], match[0].casefold()
        gap = text[done : match.start()]
        near = gap in (" ", "  ", "\n")
        lead = text[max(0, match.start() - 60) : match.start()]
        other = _turned(low, lead, before if near else "", near and turned)
        pieces.append(gap)
        if other is not None and article is not None and near:
            pieces[article[0]] = article[1]
        article = None
        if other is None and low in _ARTICLES:
            article = (len(pieces), _like(word, _ARTICLES[low]))
        pieces.append(word if other is None else _like(word, other))
        turned, before, done = other is not None, low, match.end()
    return "".join([*pieces, text[done:]])


def _turned(low: str, lead: str, before: str, after_turned: bool) -> str | None:
    of_me = _SPEAKS_OF_ME.search(lead) is not None
    other = _TO_OTHER.get(low)
    if other is None:
        ending = _PARTICIPLE.search(low)
        if of_me and ending is not None:
            return low[:-1] + ("a" if ending[1] == "o" else "o")
        return None
    if before in _PLURAL or low in _MACHINES:
        return None
    if low in _OF_THINGS and not (of_me or after_turned):
        return None
    return other


def _like(word: str, other: str) -> str:
    """Write a word with the capitals of another."""
    if word.isupper() and len(word) > 1:
        return other.upper()
    return other.capitalize() if word[0].isupper() else other


_CAPITAL = r"[A-ZÀ-ÖØ-Ý][\w'’-]+"
_MORE_GIVEN = """
Anna Giada Alice Aurora Beatrice Bianca Camilla Carmen Caterina Cecilia Clara Donatella Edoardo
Elisa Elisabetta Erica Erika Ester Eva Gaia Gemma Ginevra Giuliana Giuliano Greta Ines Irene
Isabella Jessica Leonardo Letizia Lidia Liliana Lino Lisa Luciana Luciano Ludovica Manuel Manuela
Marcello Marcella Margherita Mariangela Marilena Marisa Miriam Nadia Nives Oscar Osvaldo Pamela
Rebecca Romano Romina Rosalba Rosaria Ruggero Sabina Samuel Sebastiano Serena Sofia Sonia Susanna
Tania Tina Umberto Vanessa Vera Veronica Virginia Viviana Yuri Abdou Abdoulaye Moussa Lamine Aliou
Ndeye Kofi Kwame Blessing Joy Grace Precious Emmanuel Yassine Rachid Karim Said Mustapha Naima
Latifa Zineb Malika Nabil Tarek Mahmoud Ahmad Sami Layla Zahra Ana Alina Andreea Gabriela Marius
Dumitru Nicolae Viorica Ecaterina Liliya Olena Iryna Yuliya Lyudmyla Nataliya Mariya Viktoriya
Valentyna Mykola Petro Besa Elira Flutura Valbona Entela Erion Gent Ilir Luan Shpresa Albana Jesus
Rosario Marisol Yolanda Nelly Wilmer Edison Cesar Ramon Guadalupe Karina Mercedes Harjit Gurpreet
Sukhwinder Amrit Jaspreet Sanjay Anil Sunita Nimal Dilan Kumari Jin Yan Ling Hui Li Chen Ming Fang
Maricel Rowena Jocelyn Rodel Muhammad Imran Tariq Shahid Bilal Rana Noor Rahman
"""
_GIVEN = frozenset(_MORE_GIVEN.split()) | {
    one for pair in _PAIRS[: _PAIRS.index("magazziniere/")].split() for one in pair.split("/")
}
_FULL = re.compile(rf"\b({_CAPITAL})[ \t]+({_CAPITAL})\b")
_LABELLED = re.compile(
    r"(?P<before>\b(?:(?i:mi chiamo|(?P<both>nome e cognome|cognome e nome|nominativo)"
    r"|(?P<given>nome)|(?P<surname>cognome)))\b[ \t]*:?[ \t]+)"
    rf"(?P<name>{_CAPITAL}(?:[ ]{_CAPITAL})?)"
)
_LINE = re.compile(
    r"\s*(?:(?i:curriculum(?: vitae)?(?: di)?|cv)[ \t]*[:–—-]?\s*)?"
    rf"(?P<name>{_CAPITAL}(?: {_CAPITAL}){{1,3}})(?=[ \t]*(?:[|,–—-]|\n|\t| {{3}}))"
)
_HEAD = 3  # lines
_SIGNATURE = 200  # characters


def other_name(text: str, given: str, surname: str, *, known: Callable[[str], bool]) -> str:
    """The text with the names of people that stand in its head and its signature replaced.

    A first line of nothing but capitalised words is a name unless one of them is ``known``, that
    is a word of jobs, skills or forms.
    """

    def labelled(match: re.Match[str]) -> str:
        old = match["name"]
        if match["surname"]:
            new = surname
        elif match["given"] and " " not in old:
            new = given
        else:
            new = f"{given} {surname}"
        return match["before"] + (new.upper() if old.isupper() else new)

    head = "\n".join([line for line in text.split("\n") if line.strip()][:_HEAD])
    found = {
        pair[0]
        for part in (head, text[-_SIGNATURE:])
        for pair in _FULL.finditer(part)
        if {pair[1].capitalize(), pair[2].capitalize()} & _GIVEN
        and not {pair[1].casefold(), pair[2].casefold()} & {"nome", "cognome"}
    }
    line = _LINE.match(text)
    if line is not None and not any(known(word) for word in line["name"].split()):
        found.add(line["name"])
    for name in sorted(found, key=lambda one: (-len(one), one)):
        full = f"{given} {surname}"
        text = text.replace(name, full.upper() if name.isupper() else full)
    return _LABELLED.sub(labelled, text)


_PLACE = rf"(?:{_CAPITAL}(?: {_CAPITAL})?)(?: \([^)\n]{{2,20}}\))?"
_BORN_AT = re.compile(
    r"(?P<before>\b(?:nat[oa] (?:a|ad|in)|luogo di nascita:?|vengo dal?l?'?|vengo dalla) )"
    rf"(?P<place>{_PLACE})",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?P<before>\b(?:nat[oa]\b[^\n]{0,50}?|nascita\b[^\n]{0,20}?|classe |anno ))"
    r"(?P<year>19[4-9]\d|200\d)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?P<before>(?:^|[,|—–·(] ?|\bho |età:? ))(?P<age>[2-6]\d)(?= (?:anni|a\.)"
    r"(?=[\s,|·—–)]|$)(?! (?:di|d'|come|nel)))",
    re.IGNORECASE | re.MULTILINE,
)
_EARLIER = 9


def other_birthplace(text: str, place: str) -> str:
    """The text of somebody born elsewhere."""
    return _BORN_AT.sub(lambda match: match["before"] + place, text)


def other_birth_year(text: str) -> str:
    """The text of somebody born some years earlier, where a year of birth or an age is written."""
    text = _YEAR.sub(lambda match: match["before"] + str(int(match["year"]) - _EARLIER), text)
    return _AGE.sub(lambda match: match["before"] + str(int(match["age"]) + _EARLIER), text)


def with_head(*lines: str) -> Callable[[str], str]:
    """What puts lines about the person before a text."""
    return lambda text: "\n".join([*lines, text])
