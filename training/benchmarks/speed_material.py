"""What the speed of matching is measured on: many labels, and texts with some of them planted."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from matching.taxonomy import Taxonomy
from matching.taxonomy.esco import ImportedTaxonomy

_ITALIAN = "it"
_PLANTED = 20
_LEAD_INS = ("- ", "", "Esperienza in ", "Mi occupavo di ", "Buona pratica di ", "• ")
_ENDS = (".", ",", "", ";")
# One letter of an ending for another: gender and number.
_OTHER_ENDINGS = {"a": "e", "o": "i", "e": "i", "i": "o"}
_LETTERS = "abcdefghilmnopqrstuvz"
_SMALL_WORDS = ("di", "del", "per", "anche")


@dataclass(frozen=True, slots=True)
class Planted:
    """A label in a text: where it stands, and whether its words are inflected."""

    start: int
    end: int
    inflected: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A text with the labels planted in it."""

    text: str
    planted: tuple[Planted, ...]


def many_labels(
    lexicon: Taxonomy, imported: ImportedTaxonomy | None, *, count: int, seed: int
) -> list[str]:
    """Italian labels: of the lexicon, of the import, and then phrases made of their words.

    A made phrase joins the head of one label of several words with the rest of another.
    """
    labels = [label for concept in lexicon.concepts.values() for label in concept.labels["it"]]
    if imported is not None and _ITALIAN in imported.languages:
        labels += list(imported.forms(_ITALIAN).texts)
    found = list(dict.fromkeys(labels))[:count]
    cut = sorted({tuple(label.split(" ", 1)) for label in found if " " in label})
    heads, rests = sorted({pair[0] for pair in cut}), sorted({pair[1] for pair in cut})
    chance = random.Random(seed)
    known = set(found)
    while len(found) < count:
        made = f"{chance.choice(heads)} {chance.choice(rests)}"
        if made not in known:
            known.add(made)
            found.append(made)
    return found


def planted_documents(
    texts: Sequence[str], labels: Sequence[str], *, count: int, words: int, seed: int
) -> list[Document]:
    """Texts of about as many words, of paragraphs of ours with twenty labels planted in each.

    Every other label is planted in another gender or number, as far as an ending can be changed.
    """
    chance = random.Random(seed)
    paragraphs = [line for text in texts for line in text.split("\n") if len(line.split()) > 2]
    if not paragraphs:
        raise ValueError("texts of at least a few words are needed to plant labels in.")
    return [_document(chance, paragraphs, labels, words) for _ in range(count)]


def noisy_phrases(labels: Sequence[str], *, count: int, seed: int) -> list[tuple[int, str]]:
    """Labels by number with one to three typing errors, some with a word more or less."""
    chance = random.Random(seed)
    return [
        (number, _with_errors(chance, labels[number]))
        for number in chance.sample(range(len(labels)), count)
    ]


def _document(
    chance: random.Random, paragraphs: Sequence[str], labels: Sequence[str], words: int
) -> Document:
    parts: list[tuple[str, str, str, bool]] = []
    size = 0
    for number in range(_PLANTED):
        label = chance.choice(labels)
        written = _inflected(label) if number % 2 else label
        parts.append((chance.choice(_LEAD_INS), written, chance.choice(_ENDS), written != label))
        size += len(written.split())
    while size < words:
        paragraph = chance.choice(paragraphs)
        parts.append((paragraph, "", "", False))
        size += len(paragraph.split())
    chance.shuffle(parts)
    text = ""
    planted: list[Planted] = []
    for before, label, after, inflected in parts:
        start = len(text) + len(before)
        text += f"{before}{label}{after}\n"
        if label:
            planted.append(Planted(start, start + len(label), inflected))
    return Document(text, tuple(planted))


def _inflected(label: str) -> str:
    *rest, last = label.split(" ")
    if len(last) < 5 or last[-1] not in _OTHER_ENDINGS or not last.isalpha():
        return label
    return " ".join([*rest, last[:-1] + _OTHER_ENDINGS[last[-1]]])


def _with_errors(chance: random.Random, phrase: str) -> str:
    for _ in range(chance.choice((1, 1, 2, 2, 3))):
        place = chance.randrange(len(phrase))
        head, tail = phrase[:place], phrase[place:]
        phrase = (
            chance.choice(
                (
                    head + tail[1:],
                    head + chance.choice(_LETTERS) + tail,
                    head + chance.choice(_LETTERS) + tail[1:],
                    head + tail[1:2] + tail[:1] + tail[2:],
                )
            )
            or phrase
        )
    words = phrase.split()
    draw = chance.random()
    if len(words) > 2 and draw < 0.3:
        del words[chance.randrange(len(words))]
    elif draw > 0.8:
        words.insert(chance.randrange(len(words) + 1), chance.choice(_SMALL_WORDS))
    return " ".join(words)
