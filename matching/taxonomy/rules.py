"""The rules of ``ambiguous.toml``: what a label means when it is not enough alone."""

from collections.abc import Iterable, Mapping
from typing import Any

from matching.domain import ConceptKind
from matching.errors import LexiconError
from matching.normalisation import Normaliser
from matching.taxonomy.claiming import claims
from matching.taxonomy.concepts import LabelRule, Taxonomy

RULES_FILE = "ambiguous.toml"
_FLAGS = ("title_only", "alone")
_KEYS = {"labels", "kind", "prefer", "near", *_FLAGS}
_TITLE = f"{RULES_FILE}: rule for "
_PLAIN = Normaliser()


def read_rules(
    content: Mapping[str, Any], uris: Mapping[str, str]
) -> dict[tuple[str, str], LabelRule]:
    """Rules by matcher kind and label keys; ``uris`` gives the URI of every slug."""
    if unknown := set(content) - {"rule"}:
        raise LexiconError(f"{RULES_FILE}: unknown table or key {sorted(unknown)[0]!r}.")
    rules: dict[tuple[str, str], LabelRule] = {}
    for entry in content.get("rule", []):
        where = f"{_TITLE}{entry.get('labels')!r}"
        _check_rule(where, entry)
        near = entry.get("near", {})
        for slug in [*near, *([entry["prefer"]] if "prefer" in entry else [])]:
            if slug not in uris:
                raise LexiconError(f"{where}: {slug!r} does not exist.")
        words = {uris[slug]: _words(where, slug, listed) for slug, listed in near.items()}
        for label in entry["labels"]:
            key = (entry["kind"], " ".join(_PLAIN.phrase(label)))
            if not key[1]:
                raise LexiconError(f"{where}: {label!r} has no word that counts.")
            if key in rules:
                raise LexiconError(f"{where}: {label!r} has a rule already.")
            rules[key] = LabelRule(
                label=label,
                near=words,
                prefer=uris[entry["prefer"]] if "prefer" in entry else None,
                title_only=entry.get("title_only", False),
                alone=entry.get("alone", False),
            )
    return rules


def check_claims(taxonomy: Taxonomy) -> None:
    """Refuse a label of several concepts without a rule, and a rule that says nothing.

    Raises
    ------
    LexiconError
        Naming the concepts and labels that fall together (also after the ending is cut off),
        or the rule.
    """
    claimed = claims(taxonomy, _PLAIN)
    for kind, phrases in claimed.items():
        for phrase, owners in phrases.items():
            rule = taxonomy.rules.get((kind, " ".join(phrase)))
            if len(owners) > 1 and (rule is None or not (rule.near or rule.prefer)):
                names = ", ".join(
                    f"{taxonomy.concepts[uri].slug} ({label!r})" for uri, label in owners.items()
                )
                raise LexiconError(
                    f"One {kind} label, several concepts: {names}. Reword all but one, or add a "
                    f"rule with near or prefer to {RULES_FILE}."
                )
    for (kind, keys), rule in taxonomy.rules.items():
        rule_owners = claimed[kind].get(tuple(keys.split()))
        if rule_owners is None:
            raise LexiconError(
                f"{_TITLE}{rule.label!r}: no {kind} has this label; drop the rule or mend it."
            )
        for uri in [*rule.near, *([rule.prefer] if rule.prefer else [])]:
            if uri not in rule_owners:
                raise LexiconError(
                    f"{_TITLE}{rule.label!r}: {taxonomy.concepts[uri].slug!r} does not have this "
                    f"label; add it there."
                )


def _check_rule(where: str, entry: Mapping[str, Any]) -> None:
    if unknown := set(entry) - _KEYS:
        raise LexiconError(f"{where}: unknown key {', '.join(sorted(unknown))}.")
    labels = entry.get("labels")
    if not (isinstance(labels, list) and labels and all(isinstance(text, str) for text in labels)):
        raise LexiconError(f"{where}: labels must be a list of texts.")
    if entry.get("kind") not in (str(ConceptKind.SKILL), str(ConceptKind.OCCUPATION)):
        raise LexiconError(f"{where}: kind is {entry.get('kind')!r}, not skill or occupation.")
    if not isinstance(entry.get("near", {}), Mapping):
        raise LexiconError(f"{where}: near must be a table of slug = [words].")
    for flag in _FLAGS:
        if not isinstance(entry.get(flag, False), bool):
            raise LexiconError(f"{where}: {flag} is {entry[flag]!r}, not true or false.")
    if not any(entry.get(key) for key in ("near", "prefer", *_FLAGS)):
        raise LexiconError(f"{where}: says nothing; give near, prefer, title_only or alone.")
    if entry.get("title_only") and entry["kind"] != ConceptKind.OCCUPATION:
        raise LexiconError(f"{where}: title_only is for occupations.")


def _words(where: str, slug: str, words: Iterable[object]) -> tuple[str, ...]:
    if not (isinstance(words, list) and words and all(isinstance(w, str) for w in words)):
        raise LexiconError(f"{where}: near {slug!r} must be a list of words, not {words!r}.")
    keys: list[str] = []
    for word in words:
        phrase = _PLAIN.phrase(word)
        if len(phrase) != 1:
            raise LexiconError(f"{where}: near {slug!r}: {word!r} is not one word that counts.")
        keys += phrase
    return tuple(keys)
