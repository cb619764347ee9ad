"""Texts of the vacancies, as agencies, firms, families and bars write them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from training.synthetic.names import FIRM_NAMES, FIRMS, LANGUAGE_NAMES
from training.synthetic.parameters import TextParameters
from training.synthetic.pen import EMAIL_DOMAIN, Pen, capitals, careless, listed, misspell
from training.synthetic.trades import Crafts
from training.synthetic.vacancies import Opening

_CONTRACTS = {
    "fixed_term": ("contratto a tempo determinato 6 mesi", "tempo determinato, possibile proroga"),
    "agency": ("somministrazione iniziale di 3 mesi", "contratto in somministrazione"),
    "permanent": ("tempo indeterminato", "assunzione a tempo indeterminato"),
    "apprenticeship": ("apprendistato", "contratto di apprendistato"),
    "internship": ("tirocinio di 6 mesi", "tirocinio retribuito"),
}
_SHIFTS = {
    "day": ("orario giornaliero", "orario centrale, dal lunedì al venerdì"),
    "morning": ("lavoro al mattino", "orario: solo mattina"),
    "afternoon": ("orario: pomeriggio", "lavoro al pomeriggio"),
    "rotating": ("lavoro su 2 turni", "orario su turni 6-14 / 14-22"),
    "night": ("lavoro notturno", "orario di notte"),
    "weekend": ("lavoro anche nel fine settimana", "orario con sabato e domenica"),
}
_EDUCATION = {3: ("qualifica professionale",), 4: ("diploma", "diploma di scuola superiore")}
_LEVELS = ("", "A1", "A2", "B1", "B2")
_BOILERPLATE = (
    "L'offerta è rivolta a candidati ambosessi (L. 903/77).",
    "Inviare CV aggiornato con autorizzazione al trattamento dei dati.",
    "Il presente annuncio è rivolto a tutti, senza distinzione di età e nazionalità.",
    "Astenersi perditempo.",
    "Inserimento immediato.",
    "Ambiente giovane e dinamico!",
)


@dataclass(frozen=True, slots=True)
class _Draft:
    title: str
    firm: str
    about: str
    town: str
    essential: tuple[str, ...]
    optional: tuple[str, ...]
    terms: tuple[str, ...]
    asked: tuple[str, ...]


def write_advert(
    opening: Opening, crafts: Crafts, *, parameters: TextParameters, seed: int
) -> tuple[str, str, list[tuple[str, str]]]:
    """Title and text of one vacancy, and the skill phrases in it before misspelling."""
    rng = np.random.default_rng([seed, 7, int(opening.id.rsplit("-", 1)[1])])
    pen = Pen(rng, parameters.paraphrase)
    draft = _draft(opening, crafts, parameters, pen)
    lines = pen.pick(_FORMS)(draft, pen)
    boilerplate = pen.shuffled(_BOILERPLATE)[: int(rng.integers(0, 3))]
    text = "\n".join([*lines, *boilerplate, f"cv@{EMAIL_DOMAIN}"]).strip() + "\n"
    careless_writer = pen.chance(parameters.sloppy / 3)
    text = misspell(text, rng, parameters.typos * (3 if careless_writer else 0.5))
    if careless_writer:
        text = careless(text, pen)
    elif pen.chance(0.08):
        text = capitals(text)
    return draft.title, text, pen.written


def _draft(opening: Opening, crafts: Crafts, p: TextParameters, pen: Pen) -> _Draft:
    craft = crafts.all[opening.craft]
    both = (craft.title(feminine=False), craft.title(feminine=True))
    title = pen.pick(
        (both[0], both[0], both[1], f"{both[0]} / {both[1]}" if both[0] != both[1] else both[0])
    )
    kind, about = FIRMS[opening.firm.branch]
    firm = f"{kind} {FIRM_NAMES[opening.firm.number % len(FIRM_NAMES)]}"

    def written(needs: tuple[tuple[int, float], ...], omit: float) -> tuple[str, ...]:
        kept = [number for number, _ in needs if not pen.chance(omit)]
        return tuple(pen.skills([crafts.skills[number] for number in kept]))

    return _Draft(
        title=title,
        firm=firm,
        about=f"{firm} {about}." if pen.chance(0.6) else "",
        town=opening.firm.municipality.name,
        # What matters most is never left out.
        essential=(
            *written(opening.essential[:1], 0.0),
            *written(opening.essential[1:], p.omitted_in_vacancy),
        ),
        optional=written(opening.optional, 2 * p.omitted_in_vacancy),
        terms=_terms(opening, p, pen),
        asked=_asked(opening, p, pen),
    )


def _terms(opening: Opening, p: TextParameters, pen: Pen) -> tuple[str, ...]:
    hours = "full time" if opening.hours >= 40 else f"part time {opening.hours} ore settimanali"
    every = (pen.pick(_CONTRACTS[opening.contract]), hours, pen.pick(_SHIFTS[opening.shift]))
    return tuple(term for term in every if not pen.chance(p.omitted_facts / 2))


def _asked(opening: Opening, p: TextParameters, pen: Pen) -> tuple[str, ...]:
    every: list[str] = []
    if opening.months_required:
        every.append(f"esperienza di almeno {_length(opening.months_required)} nella mansione")
    if opening.licence:
        every.append("patente B, automuniti" if opening.vehicle else "patente B")
    if opening.education in _EDUCATION:
        every.append(pen.pick(_EDUCATION[opening.education]))
    for code, level in (("it", opening.italian), ("en", opening.english)):
        if level:
            every.append(f"conoscenza della lingua {LANGUAGE_NAMES[code]} livello {_LEVELS[level]}")
    return tuple(item for item in every if not pen.chance(p.omitted_facts / 2))


def _length(months: int) -> str:
    years, rest = divmod(months, 12)
    if rest:
        return f"{months} mesi"
    return "1 anno" if years == 1 else f"{years} anni"


def _agency(draft: _Draft, pen: Pen) -> list[str]:
    lines = [draft.title.upper(), "Agenzia per il Lavoro Sintetica, filiale di zona", ""]
    lines += [f"Per azienda cliente ricerchiamo un/a {draft.title}. {draft.about}".strip()]
    lines += [f"La risorsa si occuperà di: {listed(draft.essential, pen)}."]
    lines += ["", "Requisiti:"] + [f"- {item}" for item in draft.asked]
    lines += (
        [f"Costituisce titolo preferenziale: {listed(draft.optional, pen)}."]
        if draft.optional
        else []
    )
    return [*lines, "", f"Sede di lavoro: {draft.town}", *draft.terms]


def _post(draft: _Draft, pen: Pen) -> list[str]:
    lines = [f"{draft.town.upper()} - CERCASI {draft.title.upper()}!!!", ""]
    lines += [f"Ciao a tutti, {draft.firm} cerca una persona.", "Cosa c'è da fare:"]
    lines += [f"✔ {item}" for item in draft.essential]
    lines += (
        ["Se sai anche questo meglio:"] + [f"✔ {i}" for i in draft.optional]
        if draft.optional
        else []
    )
    lines += [f"Chiediamo: {', '.join(draft.asked)}"] if draft.asked else []
    return [
        *lines,
        f"Offriamo: {', '.join(draft.terms)}" if draft.terms else "Scrivere per il resto",
    ]


def _firm(draft: _Draft, pen: Pen) -> list[str]:
    lines = [draft.about or draft.firm, "", f"Posizione: {draft.title}", f"Luogo: {draft.town}", ""]
    lines += ["Attività"] + [f"• {item}" for item in draft.essential]
    lines += ["", "Requisiti"] + [f"• {item}" for item in draft.asked]
    lines += ["", "Gradito"] + [f"• {item}" for item in draft.optional] if draft.optional else []
    return [*lines, "", "Condizioni", *(f"• {term}" for term in draft.terms)]


def _note(draft: _Draft, pen: Pen) -> list[str]:
    text = f"Cerco {draft.title} a {draft.town} per {listed(draft.essential, pen)}."
    text += f" Serve {', '.join(draft.asked)}." if draft.asked else ""
    text += f" Gradito {listed(draft.optional, pen)}." if draft.optional else ""
    return [text + (f" {', '.join(draft.terms).capitalize()}." if draft.terms else "")]


def _job_centre(draft: _Draft, pen: Pen) -> list[str]:
    lines = [
        "OFFERTA DI LAVORO (dati sintetici)",
        f"Mansione: {draft.title}",
        f"Azienda: {draft.firm}",
    ]
    lines += [f"Comune: {draft.town}", f"Compiti: {listed(draft.essential, pen)}"]
    lines += [f"Requisiti: {'; '.join(draft.asked)}"] if draft.asked else []
    lines += [f"Requisiti preferenziali: {listed(draft.optional, pen)}"] if draft.optional else []
    return [*lines, *(f"Condizioni: {term}" for term in draft.terms)]


def _prose(draft: _Draft, pen: Pen) -> list[str]:
    lines = (
        [f"{draft.firm} - {draft.town}", draft.about]
        if draft.about
        else [f"{draft.firm} - {draft.town}"]
    )
    text = f"Siamo alla ricerca di {draft.title}."
    text += f" Chi entra dovrà saper fare: {listed(draft.essential, pen)}."
    text += f" Non guasta: {listed(draft.optional, pen)}." if draft.optional else ""
    text += f" Chiediamo {', '.join(draft.asked)}." if draft.asked else ""
    return [*lines, text, *draft.terms]


_FORMS: tuple[Callable[[_Draft, Pen], list[str]], ...] = (
    _agency,
    _post,
    _firm,
    _note,
    _job_centre,
    _prose,
)
