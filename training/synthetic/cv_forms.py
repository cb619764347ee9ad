"""The forms of a CV: how the same pieces are laid out by different people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from training.synthetic.pen import Pen, listed


@dataclass(frozen=True, slots=True)
class Draft:
    """What a CV will say, in pieces; an empty piece is not said.

    ``jobs`` are dates, title, place and duties, the last job first.
    """

    name: str
    contacts: tuple[str, ...]
    born: str
    goal: str
    jobs: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    other: tuple[str, ...]
    education: str
    languages: str
    licence: str
    availability: str
    feminine: bool


def _europass(draft: Draft, pen: Pen) -> list[str]:
    lines = ["CURRICULUM VITAE", "", "INFORMAZIONI PERSONALI", f"Nome   {draft.name}"]
    lines += [f"Indirizzo   {draft.contacts[0]}", f"Telefono   {draft.contacts[1]}"]
    lines += [f"E-mail   {draft.contacts[2]}", draft.born]
    if draft.goal:
        lines += ["", "OCCUPAZIONE DESIDERATA", draft.goal]
    lines += ["", "ESPERIENZA PROFESSIONALE"]
    for dates, title, place, duties in draft.jobs:
        lines += ["", f"• Date   {dates}", f"• Luogo   {place}", f"• Posizione   {title}"]
        if duties:
            lines.append(f"• Principali mansioni   {listed(duties, pen)}")
    lines += ["", "ISTRUZIONE E FORMAZIONE", draft.education, "", "CAPACITÀ E COMPETENZE"]
    lines += [*draft.other, "", "LINGUE", draft.languages, "", "PATENTE", draft.licence]
    return _without_holes([*lines, "", "ULTERIORI INFORMAZIONI", draft.availability])


def _bullets(draft: Draft, pen: Pen) -> list[str]:
    mark = pen.pick(("-", "*", "•", ">"))
    lines = [draft.name, " | ".join(draft.contacts), draft.born, ""]
    lines += [f"Cerco lavoro come {draft.goal}", ""] if draft.goal else []
    lines.append(pen.pick(("Esperienze lavorative", "Lavori fatti", "Esperienze")))
    for dates, title, place, duties in draft.jobs:
        lines.append(f"{dates}: {title}, {place}")
        lines += [f"  {mark} {duty}" for duty in duties]
    if draft.other:
        lines += ["", pen.pick(("So fare", "Competenze", "Altro che so fare"))]
        lines += [f"  {mark} {skill}" for skill in draft.other]
    lines += ["", _labelled("Studi", draft.education), _labelled("Lingue", draft.languages)]
    return _without_holes([*lines, _labelled("Patente", draft.licence), draft.availability])


def _letter(draft: Draft, pen: Pen) -> list[str]:
    lines = [pen.pick(("Buongiorno,", "Gentile responsabile,", "Salve,")), ""]
    text = f"mi chiamo {draft.name} e abito a {draft.contacts[0].rsplit(', ', 1)[1]}."
    text += f" Cerco un posto come {draft.goal}." if draft.goal else ""
    for number, (dates, title, place, duties) in enumerate(draft.jobs):
        opening = (
            "Da ultimo ho lavorato"
            if number == 0
            else pen.pick(
                (
                    "Prima ho lavorato",
                    "In passato sono stat"
                    + ("a" if draft.feminine else "o")
                    + " assunt"
                    + ("a" if draft.feminine else "o"),
                )
            )
        )
        text += f" {opening} come {title} a {place} ({dates})"
        text += f": mi occupavo di {listed(duties, pen)}." if duties else "."
    if draft.other:
        text += f" So anche {pen.pick(('questo', 'altro'))}: {listed(draft.other, pen)}."
    text += f" Ho {draft.education}." if draft.education else ""
    text += f" Lingue: {draft.languages}." if draft.languages else ""
    text += f" {draft.licence.capitalize()}." if draft.licence else ""
    text += f" Sono {draft.availability}." if draft.availability else ""
    return [
        *lines,
        text,
        "",
        pen.pick(("Cordiali saluti", "Grazie", "In attesa, saluto")),
        draft.name,
        *draft.contacts[1:],
    ]


def _compact(draft: Draft, pen: Pen) -> list[str]:
    lines = [f"{draft.name} - {', '.join(draft.contacts)}", draft.born, draft.goal]
    for dates, title, place, duties in draft.jobs:
        lines.append(f"{dates} {title} ({place}) {listed(duties, pen) if duties else ''}".rstrip())
    if draft.other:
        lines.append(listed(draft.other, pen))
    rest = [piece for piece in (draft.education, draft.languages, draft.licence) if piece]
    return _without_holes([*lines, "; ".join(rest), draft.availability])


def _form(draft: Draft, pen: Pen) -> list[str]:
    lines = [f"Nome e cognome: {draft.name}", f"Residenza: {draft.contacts[0]}"]
    lines += [f"Cellulare: {draft.contacts[1]}", _labelled("Nascita", draft.born)]
    lines += [_labelled("Titolo di studio", draft.education), _labelled("Patente", draft.licence)]
    lines += [
        _labelled("Lingue conosciute", draft.languages),
        _labelled("Lavoro cercato", draft.goal),
    ]
    for number, (dates, title, place, duties) in enumerate(draft.jobs, 1):
        lines += [f"Esperienza {number}: {title} - {place} - {dates}"]
        lines += [f"Cosa facevo: {listed(duties, pen)}"] if duties else []
    lines += [f"Cosa so fare: {listed(draft.other, pen)}"] if draft.other else []
    return _without_holes([*lines, _labelled("Disponibilità", draft.availability)])


def _message(draft: Draft, pen: Pen) -> list[str]:
    town = draft.contacts[0].rsplit(", ", 1)[1]
    lines = [f"Buongiorno sono {draft.name} di {town} {draft.contacts[1]}"]
    lines += [f"cerco lavoro come {draft.goal}"] if draft.goal else ["cerco lavoro"]
    for dates, title, _, duties in draft.jobs[:3]:
        lines.append(
            f"ho fatto {title} {dates}, {listed(duties, pen)}"
            if duties
            else f"ho fatto {title} {dates}"
        )
    lines += [f"poi so {listed(draft.other, pen)}"] if draft.other else []
    rest = [p for p in (draft.licence, draft.education, draft.languages, draft.availability) if p]
    return [*lines, *rest, pen.pick(("grazie", "aspetto risposta grazie", "saluti"))]


def _skills_first(draft: Draft, pen: Pen) -> list[str]:
    every = [*draft.other, *(duty for _, _, _, duties in draft.jobs for duty in duties)]
    lines = [draft.name.upper(), *draft.contacts, draft.born, ""]
    lines += [_labelled("Profilo", draft.goal), "", "COSA SO FARE"]
    lines += [f"· {skill}" for skill in pen.shuffled(every)] + ["", "DOVE HO LAVORATO"]
    lines += [f"{title} - {place} ({dates})" for dates, title, place, _ in draft.jobs]
    lines += ["", "ALTRO", draft.education, draft.languages, draft.licence, draft.availability]
    return _without_holes(lines)


def _table(draft: Draft, pen: Pen) -> list[str]:
    lines = [f"{draft.name.upper()}\t{draft.contacts[0]}", "\t".join(draft.contacts[1:]), "=" * 40]
    for dates, title, place, duties in draft.jobs:
        lines += [f"{dates}\t{title}", f"\t{place}"] + [f"\t{duty}" for duty in duties]
    lines += ["=" * 40] + [f"\t{skill}" for skill in draft.other]
    for label, piece in (("Scuola", draft.education), ("Lingue", draft.languages)):
        lines += [f"{label}\t{piece}"] if piece else []
    lines += [f"Auto\t{draft.licence}"] if draft.licence else []
    lines += [f"Orari\t{draft.availability}"] if draft.availability else []
    return [*lines, f"Obiettivo\t{draft.goal}"] if draft.goal else lines


def _labelled(label: str, piece: str) -> str:
    return f"{label}: {piece}" if piece else ""


def _without_holes(lines: Sequence[str]) -> list[str]:
    """The lines without runs of empty ones."""
    return [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]


FORMS: tuple[Callable[[Draft, Pen], list[str]], ...] = (
    _europass,
    _bullets,
    _letter,
    _compact,
    _form,
    _message,
    _skills_first,
    _table,
)
