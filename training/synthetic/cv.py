"""CVs of the people, in many forms: none of them is the form."""

from datetime import date

import numpy as np

from training.synthetic.careers import Job
from training.synthetic.cv_forms import FORMS, Draft
from training.synthetic.names import ABROAD, FEMININE, LANGUAGE_NAMES, MASCULINE, STREETS, SURNAMES
from training.synthetic.parameters import TextParameters
from training.synthetic.pen import EMAIL_DOMAIN, Pen, capitals, careless, misspell
from training.synthetic.people import NATIVE, Person, Protected
from training.synthetic.trades import Crafts

_MONTHS = (
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
)
_EDUCATION = {
    1: ("licenza media", "terza media", "scuola media"),
    3: (
        "qualifica professionale triennale",
        "attestato di qualifica",
        "scuola professionale 3 anni",
    ),
    4: ("diploma di scuola superiore", "diploma", "maturità tecnica", "diploma quinquennale"),
    6: ("laurea triennale", "laurea breve"),
    7: ("laurea magistrale", "laurea specialistica"),
}
_LEVELS = ("", "A1", "A2", "B1", "B2", "C1", "madrelingua")
_SPOKEN = ("", "poche parole", "base", "discreto", "buono", "molto buono", "madrelingua")
_SHIFTS = {
    "day": ("a giornata", "orario giornaliero"),
    "morning": ("al mattino", "la mattina"),
    "afternoon": ("al pomeriggio", "il pomeriggio"),
    "rotating": ("su turni", "su 2 turni", "turni"),
    "night": ("anche di notte", "turno notturno"),
    "weekend": ("sabato e domenica", "nel fine settimana", "anche festivi"),
}
_NOISE = (
    "Hobby: camminare in montagna, cucinare, musica",
    "Tempo libero: volontariato in oratorio e sagra del paese",
    "Referenze disponibili su richiesta",
    "Gioco a calcetto e leggo gialli",
    "Foto allegata",
    "Mi piace stare all'aria aperta, ho un cane",
    "Ho fatto anche qualche lavoretto per amici",
    "Aggiornato di recente",
    "Iscritto/a alle liste di zona",
    "Pagina 1 di 1",
)
_PRIVACY = (
    "Autorizzo il trattamento dei dati personali ai sensi del Regolamento UE 2016/679.",
    "autorizzo all'uso dei dati",
    "Si autorizza il trattamento dei dati (GDPR e D.Lgs. 196/03).",
)


def write_cv(
    person: Person, protected: Protected, crafts: Crafts, *, parameters: TextParameters, seed: int
) -> tuple[str, list[tuple[str, str]]]:
    """One CV, and the skill phrases in it: slug and words before misspelling."""
    rng = np.random.default_rng([seed, 6, int(person.id.rsplit("-", 1)[1])])
    pen = Pen(rng, parameters.paraphrase)
    draft = _draft(person, protected, crafts, parameters, pen)
    form = pen.pick(FORMS)
    lines = form(draft, pen)
    for _ in range(2):
        if pen.chance(parameters.noise * 0.6):
            lines.insert(int(rng.integers(1, len(lines) + 1)), pen.pick(_NOISE))
    if pen.chance(0.6):
        lines += ["", pen.pick(_PRIVACY)]
    text = "\n".join(lines).strip() + "\n"
    sloppy = pen.chance(parameters.sloppy)
    text = misspell(text, rng, parameters.typos * (4 if sloppy else 1))
    if sloppy:
        text = careless(text, pen)
    elif pen.chance(0.1):
        text = capitals(text)
    return text, pen.written


def _draft(
    person: Person, protected: Protected, crafts: Crafts, p: TextParameters, pen: Pen
) -> Draft:
    feminine = protected.feminine
    said = [s for s in person.skills if not pen.chance(p.omitted_in_cv)]
    left = set(said)
    jobs = []
    for job in person.jobs:
        craft = crafts.all[job.craft]
        most = int(pen.rng.integers(2, 7))
        mine = pen.shuffled([s for s in (*craft.essential, *craft.optional) if s in left])[:most]
        left -= set(mine)
        title = _title(job.craft, crafts, feminine, p, pen)
        duties = tuple(pen.skills([crafts.skills[s] for s in mine]))
        jobs.append((_dates(job, pen), title, job.place, duties))
    given, family = _name(person, feminine, pen)
    mail = f"{given}.{family}".lower().replace(" ", "")
    town = person.municipality.name
    number = f"3{int(pen.rng.integers(10))}0 000 {int(pen.rng.integers(1000, 10000))}"
    contacts = (
        f"{pen.pick(STREETS)} {int(pen.rng.integers(1, 90))}, {town}",
        f"tel. {number}",
        f"{mail}@{EMAIL_DOMAIN}",
    )

    def unless_omitted(said: str) -> str:
        return "" if pen.chance(p.omitted_facts) else said

    wanted = [_title(craft, crafts, feminine, p, pen) for craft in person.wanted]
    return Draft(
        name=f"{given} {family}",
        contacts=contacts,
        born=_born(person, protected, pen) if pen.chance(0.55) else "",
        goal=" o ".join(wanted) if pen.chance(0.6) or not jobs else "",
        jobs=tuple(jobs),
        other=tuple(pen.skills([crafts.skills[s] for s in pen.shuffled(sorted(left))])),
        education=unless_omitted(pen.pick(_EDUCATION[person.education])),
        languages=unless_omitted(_languages(person, pen)),
        licence=unless_omitted(_licence(person, feminine, pen)),
        availability=unless_omitted(_availability(person, pen)),
        feminine=feminine,
    )


def _title(craft: int, crafts: Crafts, feminine: bool, p: TextParameters, pen: Pen) -> str:
    chosen = crafts.all[craft]
    if pen.chance(p.vague_title):
        return chosen.trade.vague[1 if feminine else 0]
    return chosen.title(feminine=feminine)


def _name(person: Person, feminine: bool, pen: Pen) -> tuple[str, str]:
    origin = next((code for code, level in person.languages if level == NATIVE), "it")
    if origin == "it":
        return pen.pick(FEMININE if feminine else MASCULINE), pen.pick(SURNAMES)
    women, men, families = ABROAD[origin]
    return pen.pick((women if feminine else men).split()), pen.pick(families.split())


def _born(person: Person, protected: Protected, pen: Pen) -> str:
    day = f"{int(pen.rng.integers(1, 28)):02d}/{int(pen.rng.integers(1, 13)):02d}"
    born = "nata" if protected.feminine else "nato"
    return f"{born} il {day}/{protected.birth_year}"


def _dates(job: Job, pen: Pen) -> str:
    def one(day: date, style: int) -> str:
        return (
            f"{day.month:02d}/{day.year}",
            f"{_MONTHS[day.month - 1]} {day.year}",
            f"{day.day:02d}.{day.month:02d}.{day.year}",
        )[style]

    style = int(pen.rng.integers(5))
    if style < 3:
        joint = pen.pick((" - ", " – ", " al " if style == 2 else " a "))
        start = {" al ": "dal ", " a ": "da "}.get(joint, "")
        return f"{start}{one(job.start, style)}{joint}{one(job.end, style)}"
    if style == 3 and job.start.year < job.end.year:
        return f"{job.start.year}-{job.end.year}"
    years, months = divmod(job.months, 12)
    if years:
        return f"{years} anni" if years > 1 else "1 anno"
    return f"{months} mesi" if months > 1 else "1 mese"


def _languages(person: Person, pen: Pen) -> str:
    names = _LEVELS if pen.chance(0.6) else _SPOKEN
    spoken = [
        (LANGUAGE_NAMES[code], level)
        for code, level in person.languages
        if not (code == "it" and level == NATIVE and pen.chance(0.6))
    ]
    return ", ".join(f"{name} {names[level]}" for name, level in spoken)


def _licence(person: Person, feminine: bool, pen: Pen) -> str:
    end = "a" if feminine else "o"
    if person.vehicle:
        return pen.pick(
            (f"patente B, automunit{end}", "patente B e auto propria", f"automunit{end}, pat. B")
        )
    if person.licence:
        return pen.pick(("patente B", "patente di guida cat. B", f"patente B, non automunit{end}"))
    return pen.pick(("non ho la patente", "senza patente, uso i mezzi", f"non automunit{end}"))


def _availability(person: Person, pen: Pen) -> str:
    hours = ("tempo pieno", "full time") if person.hours >= 40 else (
        f"part time {person.hours} ore settimanali", f"part-time, {person.hours} ore"
    )  # fmt: skip
    told = [pen.pick(_SHIFTS[shift]) for shift in person.shifts if pen.chance(0.6)]
    refused = "" if "night" in person.shifts or pen.chance(0.7) else ", non posso di notte"
    end = pen.pick(("", " da subito"))
    return f"disponibile{end} {pen.pick(hours)}" + "".join(f", {shift}" for shift in told) + refused
