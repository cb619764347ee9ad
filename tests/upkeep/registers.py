"""Invented registers in which some people stand twice, written differently each time; seeded.

Everybody is made up. Households share a surname, a telephone, a municipality and at times a
mailbox; there are twins, parents and children of one name, and common surnames.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from matching.upkeep import Identity, identity_of


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN = _words(
    "Maria Anna Giuseppe Francesca Marco Andrea Giulia Francesco Luca Paola Sara Antonio Laura"
    " Alessandro Roberto Elena Chiara Stefano Valentina Matteo Silvia Davide Martina Giovanni"
    " Federica Mario Simona Daniele Daniela Marta Fabio Monica Lorenzo Barbara Michela Michele"
    " Niccolò Marina Mariana Rosanna Carlo Carla Mohamed Fatima Oleksandr Svitlana Aisha Ahmed"
    " Kateryna Yusuf Ibrahima Aminata Andrei Elisabetta Gianluca Loredana Pierluigi Tommaso"
)
TRANSLITERATED = {
    "Mohamed": ("Muhammad", "Mohammed", "Mohamad"),
    "Fatima": ("Fatma", "Fatimah"),
    "Oleksandr": ("Aleksandr", "Alexander"),
    "Svitlana": ("Svetlana",),
    "Aisha": ("Aicha",),
    "Ahmed": ("Ahmad",),
    "Kateryna": ("Katerina",),
    "Yusuf": ("Youssef", "Yousef"),
    "Andrei": ("Andrey",),
}
_HEADS = _words("Bal Cor Fer Gal Lam Mor Ner Pol Riv Sal Tor Val Zan Bren Cast Mar Pan Rus Vig Col")
_MIDDLES = _words("and ett on in ar ent ol ass err id uc al")
_TAILS = _words("i o a elli ini oni ari azzi uzzi ero")
_PARTICLES = ("", "", "", "", "", "", "", "", "D'A", "De ", "Di ", "Lo ", "Dell'O")
TOWNS = tuple(f"{97_001 + number:06d}" for number in range(84))
_FIRST_DAY = date(1958, 1, 1)


@dataclass(frozen=True)
class Made:
    """A register, and the pairs of identifiers that are of one person."""

    identities: tuple[Identity, ...]
    truth: frozenset[frozenset[str]]
    twins: frozenset[frozenset[str]]
    namesakes: frozenset[frozenset[str]]


@dataclass(frozen=True)
class Person:
    given: str
    surname: str
    born: date
    phone: str
    email: str
    comune: str


def a_register(people: int, *, seed: int, seconds: float = 0.05) -> Made:
    """A register of so many people; of a share of them there is a second record."""
    rng = Random(seed)
    surnames = _surnames(rng)
    folk: list[Person] = []
    twins: list[tuple[int, int]] = []
    namesakes: list[tuple[int, int]] = []
    while len(folk) < people:
        first = _person(rng, surnames)
        folk.append(first)
        kin = rng.random()
        given = _zipf(rng, [name for name in GIVEN if name not in first.given.split()])
        other = replace(first, given=given, born=_day(rng), email=_email(rng, first.surname))
        if kin < 0.20:  # a sibling, a parent, a child: one household
            folk.append(other if rng.random() < 0.7 else replace(other, email=first.email))
        elif kin < 0.22:
            folk.append(replace(other, born=first.born))
            twins.append((len(folk) - 2, len(folk) - 1))
        elif kin < 0.23:
            folk.append(replace(other, given=first.given, born=_a_generation_on(rng, first.born)))
            namesakes.append((len(folk) - 2, len(folk) - 1))
        elif kin < 0.35:  # somebody in the house with a surname of her own
            folk.append(replace(other, surname=_surname(rng, surnames)))
    folk = folk[:people]
    records = [_written(person, f"p{number}", rng) for number, person in enumerate(folk)]
    truth = []
    for number in sorted(rng.sample(range(people), round(people * seconds))):
        records.append(_again(folk[number], f"p{number}b", rng))
        truth.append((f"p{number}", f"p{number}b"))
    rng.shuffle(records)
    return Made(
        identities=tuple(records),
        truth=frozenset(map(frozenset, truth)),
        twins=_named(twins, people),
        namesakes=_named(namesakes, people),
    )


def misspelt(word: str, rng: Random) -> str:
    """A word with one slip of the keys: a letter lost, doubled, changed or out of its place."""
    place = rng.randrange(1, max(len(word) - 1, 2))
    kind = rng.randrange(4)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place] + word[place:]
    if kind == 2:
        return word[:place] + rng.choice("aeioulnrst") + word[place + 1 :]
    return word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]


def _named(pairs: Sequence[tuple[int, int]], people: int) -> frozenset[frozenset[str]]:
    return frozenset(
        frozenset(f"p{place}" for place in pair) for pair in pairs if max(pair) < people
    )


def _surnames(rng: Random) -> list[str]:
    made = {
        rng.choice(_PARTICLES) + (head.lower() if rng.random() < 0.02 else head) + middle + tail
        for head in _HEADS
        for middle in _MIDDLES
        for tail in _TAILS
    }
    names = sorted(name[:1].upper() + name[1:] for name in made)
    rng.shuffle(names)
    return names


def _zipf(rng: Random, items: Sequence[str]) -> str:
    # The tenth is about a quarter as common as the first.
    return items[min(int(len(items) * rng.random() ** 2.2), len(items) - 1)]


def _surname(rng: Random, surnames: Sequence[str]) -> str:
    name = _zipf(rng, surnames)
    return f"{name} {_zipf(rng, surnames)}" if rng.random() < 0.06 else name


def _person(rng: Random, surnames: Sequence[str]) -> Person:
    given = _zipf(rng, GIVEN)
    if rng.random() < 0.12:
        given += " " + _zipf(rng, GIVEN)
    surname = _surname(rng, surnames)
    phone = rng.choice(("33", "34", "32")) + "".join(rng.choices("0123456789", k=8))
    return Person(given, surname, _day(rng), phone, _email(rng, surname), rng.choice(TOWNS))


def _day(rng: Random) -> date:
    if rng.random() < 0.02:
        return date(rng.randrange(1958, 2007), 1, 1)
    return _FIRST_DAY + timedelta(days=rng.randrange(48 * 365))


def _a_generation_on(rng: Random, born: date) -> date:
    return born + timedelta(days=365 * rng.randrange(20, 38) + rng.randrange(365))


def _email(rng: Random, surname: str) -> str:
    local = "".join(char for char in surname.lower() if char.isalpha() and char.isascii())
    return f"{local}.{rng.randrange(10_000)}@{rng.choice(('gmail.com', 'posta.example'))}"


def _written(person: Person, record_id: str, rng: Random) -> Identity:
    """A record as a desk fills it in: some fields are left out."""
    return identity_of(
        record_id,
        name=f"{person.given} {person.surname}",
        born=person.born if rng.random() < 0.85 else None,
        email=person.email if rng.random() < 0.6 else (),
        phone=person.phone if rng.random() < 0.8 else (),
        comune=person.comune if rng.random() < 0.9 else None,
    )


def _again(person: Person, record_id: str, rng: Random) -> Identity:
    """The same person, taken down by somebody else, some time later."""
    given, surname = person.given, person.surname
    if given in TRANSLITERATED and rng.random() < 0.5:
        given = rng.choice(TRANSLITERATED[given])
    if " " in given and rng.random() < 0.5:
        given = given.split()[0]
    if " " in surname and not surname.startswith(("De ", "Di ", "Lo ")) and rng.random() < 0.5:
        surname = surname.split()[0]
    elif rng.random() < 0.04:
        surname += " Bianconi"
    if rng.random() < 0.3:
        surname = surname.replace("'", rng.choice(("", "’", "' ")))
    if rng.random() < 0.12:
        surname = misspelt(surname, rng)
    elif rng.random() < 0.06:
        given = misspelt(given, rng)
    given = given.replace("ò", rng.choice(("o", "o'", "ò")))
    name = f"{surname} {given}" if rng.random() < 0.4 else f"{given} {surname}"
    phone = f"{person.phone[:3]} {person.phone[3:6]}.{person.phone[6:]}"
    if rng.random() < 0.5:
        phone = rng.choice(("+39 ", "0039", "(+39) ")) + phone
    if rng.random() < 0.25:
        phone = "34" + "".join(rng.choices("0123456789", k=8))
    local, _, domain = person.email.partition("@")
    email = f"{local.capitalize()}+cv@{domain.upper()}"
    if rng.random() < 0.25:
        email = f"nuovo.{rng.randrange(10_000)}@posta.example"
    return _written(
        replace(
            person,
            given="",
            surname=name.upper() if rng.random() < 0.2 else name,
            born=_slipped(person.born, rng),
            phone=phone,
            email=email,
            comune=person.comune if rng.random() < 0.88 else rng.choice(TOWNS),
        ),
        record_id,
        rng,
    )


def _slipped(born: date, rng: Random) -> date:
    chance = rng.random()
    if chance < 0.03 and born.day <= 12:
        return date(born.year, born.day, born.month)
    if chance < 0.07:
        return born.replace(day=min(born.day, 28), year=born.year + rng.choice((-1, 1, 10, -10)))
    return born
