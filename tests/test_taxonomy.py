import math
from pathlib import Path
from typing import Any

import pytest

from matching.domain import ConceptKind
from matching.errors import LexiconError
from matching.normalisation import Normaliser
from matching.taxonomy import (
    Doubt,
    DoubtfulLabel,
    Taxonomy,
    claims,
    doubtful_labels,
    is_driving_licence,
    load_lexicon,
)

GROUP = '[group.mestieri]\nit = "mestieri"\nen = "trades"\n'


def a_skill(slug: str = "saldatura", **changes: Any) -> str:
    values = {"it": slug, "en": [f"{slug} work"], "kind": "skill", "broader": "mestieri"}
    return table("skill", slug, values | changes)


def an_occupation(slug: str = "saldatore", **changes: Any) -> str:
    values = {
        "it": slug,
        "feminine": f"{slug[:-2]}rice",
        "en": [f"{slug} job"],
        "isco08": "7212",
        "essential": ["saldatura"],
    }
    return table("occupation", slug, values | changes)


def a_rule(**values: Any) -> str:
    return "[[rule]]\n" + lines(values)


def table(kind: str, slug: str, values: dict[str, Any]) -> str:
    return f"[{kind}.{slug}]\n" + lines(values)


def lines(values: dict[str, Any]) -> str:
    return "".join(f"{key} = {toml(value)}\n" for key, value in values.items() if value != "-")


def toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


SETTLED = a_rule(labels=["taglio"], kind="skill", prefer="cucito")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def load(folder: Path, *parts: str, rules: str | None = None) -> Taxonomy:
    (folder / "trades.toml").write_text('family = "trades"\n' + "\n".join(parts), "utf-8")
    if rules is not None:
        (folder / "ambiguous.toml").write_text(rules, "utf-8")
    return load_lexicon(folder)


def refusal(folder: Path, *parts: str, rules: str | None = None) -> str:
    with pytest.raises(LexiconError) as refused:
        load(folder, *parts, rules=rules)
    return str(refused.value)


def test_a_concept_has_what_its_entry_says(folder: Path) -> None:
    made = load(
        folder,
        GROUP,
        a_skill(also=["saldare"], uri="http://example.org/1"),
        an_occupation(also=["operaio saldatore"], optional=[]),
    )
    skill = made.concepts["http://example.org/1"]
    assert (skill.slug, skill.kind, skill.family) == ("saldatura", ConceptKind.SKILL, "trades")
    assert skill.labels == {"it": ("saldatura", "saldare"), "en": ("saldatura work",)}
    assert skill.broader == "urn:valoriamo:group:mestieri"
    occupation = made.concepts["urn:valoriamo:occupation:saldatore"]
    assert occupation.labels["it"] == ("saldatore", "saldatorice", "operaio saldatore")
    assert occupation.essential == {"http://example.org/1"}
    assert occupation.isco08 == "7212"


def test_a_label_falls_back_to_italian(folder: Path) -> None:
    concept = load(folder, GROUP, a_skill()).concepts["urn:valoriamo:skill:saldatura"]
    assert concept.label() == "saldatura"
    assert concept.label("en") == "saldatura work"
    assert concept.label("de") == "saldatura"


def test_the_family_is_the_name_of_the_file_unless_it_says_otherwise(folder: Path) -> None:
    (folder / "trades.toml").write_text(GROUP + a_skill(), "utf-8")
    made = load_lexicon(folder)
    assert {concept.family for concept in made.concepts.values()} == {"trades"}


def test_entries_may_refer_to_entries_of_other_files(folder: Path) -> None:
    (folder / "a.toml").write_text(an_occupation(), "utf-8")
    (folder / "b.toml").write_text(a_skill(), "utf-8")
    (folder / "c.toml").write_text(GROUP, "utf-8")
    made = load_lexicon(folder)
    assert made.occupations[0].essential == {made.skills[0].uri}


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        (["[skill"], ["trades.toml", "not valid TOML"]),
        (['[colour.red]\nit = "rosso"'], ["trades.toml", "'colour'"]),
        (["skill = 3"], ["trades.toml", "skill", "3"]),
        (["[skill]\nx = 3"], ["trades.toml: skill.x", "3"]),
        ([GROUP, a_skill(colour="rosso")], ["trades.toml: skill.saldatura", "colour"]),
        ([GROUP, a_skill(broader="-")], ["trades.toml: skill.saldatura", "broader", "missing"]),
        ([GROUP, a_skill(kind="-")], ["skill.saldatura", "kind", "missing"]),
        ([GROUP, a_skill(it="")], ["skill.saldatura", "it must be a text", "''"]),
        ([GROUP, a_skill(it=7)], ["skill.saldatura", "it must be a text", "7"]),
        ([GROUP, a_skill(also="saldare")], ["skill.saldatura", "also must be a list", "saldare"]),
        ([GROUP, a_skill(also=[""])], ["skill.saldatura", "also must be a list"]),
        ([GROUP, a_skill(en=[])], ["skill.saldatura", "en has no label"]),
        ([GROUP, a_skill(kind="talent")], ["skill.saldatura", "'talent'"]),
        ([GROUP, a_skill(kind="occupation")], ["skill.saldatura", "'occupation'"]),
        ([GROUP, a_skill(it="di per")], ["saldatura", "'di per'", "no word"]),
        ([GROUP, a_skill(broader="cucina")], ["skill.saldatura", "broader 'cucina'"]),
        ([GROUP, a_skill(), an_occupation(isco08="72")], ["occupation.saldatore", "'72'"]),
        ([GROUP, a_skill(), an_occupation(isco08=7212)], ["occupation.saldatore", "7212"]),
        ([GROUP, a_skill(), an_occupation(isco08="72l2")], ["occupation.saldatore", "'72l2'"]),
        ([GROUP, a_skill(), an_occupation(feminine="-")], ["occupation.saldatore", "feminine"]),
        (
            [GROUP, a_skill(), an_occupation(essential=["cucina"])],
            ["trades.toml: occupation.saldatore", "essential 'cucina'"],
        ),
        (
            [GROUP, a_skill(), an_occupation(optional=["mestieri"])],
            ["occupation.saldatore", "optional 'mestieri'"],
        ),
        (
            [GROUP, a_skill(), an_occupation(optional=["saldatura"])],
            ["occupation.saldatore", "'saldatura' is both essential and optional"],
        ),
        (
            [GROUP, a_skill(uri="x:1"), a_skill("fresatura", uri="x:1")],
            ["skill.fresatura", "x:1", "'saldatura'"],
        ),
        (
            [GROUP, a_skill("b", kind="licence", code="B"), a_skill("c", kind="licence", code="B")],
            ["skill.c", "code 'B'", "'b'"],
        ),
        (
            [a_skill("uno", broader="due"), a_skill("due", broader="uno")],
            ["uno", "circle"],
        ),
        (
            [GROUP, a_skill(also=["taglio"]), a_skill("cucito", also=["il taglio"])],
            ["saldatura ('taglio')", "cucito ('il taglio')", "ambiguous.toml"],
        ),
        (
            [GROUP, a_skill("maestro"), a_skill("maestra")],
            ["maestro ('maestro')", "maestra ('maestra')"],
        ),
    ],
)
def test_a_lexicon_that_does_not_hold_together_is_refused(
    folder: Path, parts: list[str], says: list[str]
) -> None:
    message = refusal(folder, *parts)
    assert [words for words in says if words not in message] == []


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (a_rule(labels=["taglio"], kind="skill"), ["'taglio'", "says nothing"]),
        (a_rule(labels=["taglio"], kind="trade", prefer="saldatura"), ["'taglio'", "'trade'"]),
        (a_rule(kind="skill", prefer="saldatura"), ["None", "labels"]),
        (a_rule(labels=[], kind="skill", prefer="saldatura"), ["[]", "labels"]),
        (a_rule(labels="taglio", kind="skill", prefer="saldatura"), ["'taglio'", "labels"]),
        (a_rule(labels=["di"], kind="skill", prefer="saldatura"), ["'di'", "no word"]),
        (a_rule(labels=["taglio"], kind="skill", prefer="cucina"), ["'taglio'", "'cucina'"]),
        (a_rule(labels=["taglio"], kind="skill", near={"cucina": ["ago"]}), ["'cucina'"]),
        (a_rule(labels=["taglio"], kind="skill", near=["ago"]), ["'taglio'", "near"]),
        (a_rule(labels=["taglio"], kind="skill", near={"cucito": "ago"}), ["'cucito'", "'ago'"]),
        (a_rule(labels=["taglio"], kind="skill", near={"cucito": []}), ["'cucito'", "[]"]),
        (
            a_rule(labels=["taglio"], kind="skill", near={"cucito": ["ago e filo"]}),
            ["'ago e filo'"],
        ),
        (a_rule(labels=["taglio"], kind="skill", colour="rosso"), ["'taglio'", "colour"]),
        (a_rule(labels=["taglio"], kind="skill", title_only=True), ["'taglio'", "occupations"]),
        (
            a_rule(labels=["saldatore"], kind="occupation", title_only="yes"),
            ["title_only", "'yes'"],
        ),
        (a_rule(labels=["taglio"], kind="skill", alone="yes"), ["alone", "'yes'"]),
        (
            SETTLED + a_rule(labels=["ricamo"], kind="skill", prefer="cucito"),
            ["'ricamo'", "no skill"],
        ),
        (a_rule(labels=["taglio"], kind="skill", prefer="stiro"), ["'stiro'", "does not have"]),
        (a_rule(labels=["taglio"], kind="skill", prefer="cucito") * 2, ["'taglio'", "already"]),
        ('[rules]\nkind = "skill"', ["ambiguous.toml", "'rules'"]),
    ],
)
def test_a_rule_that_cannot_be_applied_is_refused(folder: Path, rule: str, says: list[str]) -> None:
    parts = [
        GROUP,
        a_skill(also=["taglio"]),
        a_skill("cucito", also=["taglio"]),
        a_skill("stiro"),
        an_occupation(),
    ]
    message = refusal(folder, *parts, rules=rule)
    assert [words for words in ["ambiguous.toml", *says] if words not in message] == []


def test_a_rule_settles_a_label_of_two_concepts(folder: Path) -> None:
    rule = a_rule(
        labels=["taglio"], kind="skill", prefer="cucito", near={"saldatura": ["lamiere", "torcia"]}
    )
    made = load(
        folder, GROUP, a_skill(also=["tagli"]), a_skill("cucito", also=["taglio"]), rules=rule
    )
    settled = made.rules["skill", "tagl"]
    assert settled.prefer == "urn:valoriamo:skill:cucito"
    assert settled.near == {"urn:valoriamo:skill:saldatura": ("lamier", "torc")}
    assert not settled.title_only


def test_a_place_of_a_title_alone_does_not_settle_a_label_of_two_concepts(folder: Path) -> None:
    parts = [GROUP, a_skill(), an_occupation(), an_occupation("fabbro", also=["saldatore"])]
    rule = a_rule(labels=["saldatore"], kind="occupation", title_only=True)
    assert "several concepts" in refusal(folder, *parts, rules=rule)


def test_a_label_may_count_only_as_a_whole_item(folder: Path) -> None:
    rule = a_rule(labels=["taglio"], kind="skill", alone=True)
    made = load(folder, GROUP, a_skill(also=["taglio"]), rules=rule)
    assert made.rules["skill", "tagl"].alone


def test_a_skill_and_an_occupation_may_share_a_label(folder: Path) -> None:
    made = load(folder, GROUP, a_skill(also=["saldatrice"]), an_occupation())
    found = claims(made, Normaliser())
    assert found["skill"]["saldator",].keys() == {"urn:valoriamo:skill:saldatura"}
    assert found["occupation"]["saldator",].keys() == {"urn:valoriamo:occupation:saldatore"}


def test_a_slug_of_two_files_is_refused(folder: Path) -> None:
    (folder / "other.toml").write_text(GROUP + a_skill(), "utf-8")
    message = refusal(folder, a_skill())
    assert "trades.toml" in message
    assert "other.toml" in message
    assert "'saldatura'" in message


def test_a_file_that_is_not_utf8_is_refused(folder: Path) -> None:
    (folder / "trades.toml").write_bytes('family = "caffè"'.encode("latin-1"))
    with pytest.raises(LexiconError, match=r"trades\.toml: not valid TOML in UTF-8"):
        load_lexicon(folder)


def test_a_folder_without_a_lexicon_is_refused(folder: Path) -> None:
    with pytest.raises(LexiconError, match="no lexicon file"):
        load_lexicon(folder)


def test_equal_contents_have_an_equal_digest(folder: Path) -> None:
    assert load(folder, GROUP, a_skill()).digest == load(folder, GROUP, a_skill()).digest


def test_every_change_of_a_label_or_a_rule_changes_the_digest(folder: Path) -> None:
    first = load(folder, GROUP, a_skill(), an_occupation()).digest
    second = load(folder, GROUP, a_skill(also=["saldare"]), an_occupation()).digest
    rule = a_rule(labels=["saldatore"], kind="occupation", title_only=True)
    third = load(folder, GROUP, a_skill(also=["saldare"]), an_occupation(), rules=rule).digest
    assert len({first, second, third}) == 3


def test_another_normal_form_changes_the_digest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load(folder, GROUP, a_skill()).digest
    monkeypatch.setattr("matching.taxonomy.loading.FORM", 0)
    assert load(folder, GROUP, a_skill()).digest != first


def test_specificity_is_one_for_a_rare_skill_and_falls_with_demand(folder: Path) -> None:
    made = load(
        folder,
        GROUP,
        a_skill(),
        a_skill("disegno"),
        a_skill("colata"),
        a_skill("pazienza", kind="transversal"),
        an_occupation("saldatore", essential=["saldatura", "disegno"]),
        an_occupation("tornitore", essential=["disegno"]),
        an_occupation("fresatore", essential=["disegno", "pazienza"]),
    )
    weight = {skill.slug: made.specificity(skill.uri) for skill in made.skills}
    # Three occupations: log(4 / (df + 1)) / log 4 for df = 0, 1, 3; a soft skill counts a third.
    assert weight["colata"] == 1.0
    assert weight["saldatura"] == 0.5
    assert weight["disegno"] == 0.05
    assert math.isclose(weight["pazienza"], 0.5 / 3)


def test_ancestors_come_nearest_first(folder: Path) -> None:
    made = load(folder, GROUP, a_skill(), a_skill("tig", broader="saldatura"))
    assert list(made.ancestors("urn:valoriamo:skill:tig")) == [
        "urn:valoriamo:skill:saldatura",
        "urn:valoriamo:group:mestieri",
    ]
    assert list(made.ancestors("urn:valoriamo:group:mestieri")) == []


def test_licences_and_languages_are_found_by_code_and_kind(folder: Path) -> None:
    made = load(
        folder,
        GROUP,
        a_skill("patente-c", kind="licence", code="C"),
        a_skill("lingua-c", kind="language", code="C"),
        a_skill(),
    )
    assert made.by_code == {
        (ConceptKind.LICENCE, "C"): "urn:valoriamo:skill:patente-c",
        (ConceptKind.LANGUAGE, "C"): "urn:valoriamo:skill:lingua-c",
    }


def test_skills_and_occupations_are_in_the_order_of_their_uris(folder: Path) -> None:
    made = load(
        folder, GROUP, a_skill("zinco"), a_skill(), an_occupation("zincatore"), an_occupation()
    )
    assert [skill.slug for skill in made.skills] == ["saldatura", "zinco"]
    assert [job.slug for job in made.occupations] == ["saldatore", "zincatore"]


def test_headings_and_driving_licences_are_claimed_by_nobody(folder: Path) -> None:
    made = load(folder, GROUP, a_skill(), a_skill("patente-c", kind="licence", code="C"))
    assert is_driving_licence(made.concepts["urn:valoriamo:skill:patente-c"])
    claimed = claims(made, Normaliser())
    assert set(claimed["skill"]) == {("saldatur",), ("saldatur", "work")}


def test_a_claim_names_the_first_label_of_a_phrase_italian_before_english(folder: Path) -> None:
    made = load(folder, GROUP, a_skill(also=["saldature"], en=["saldatura"]))
    claimed = claims(made, Normaliser())
    assert claimed["skill"]["saldatur",] == {"urn:valoriamo:skill:saldatura": "saldatura"}


def test_a_doubtful_label_is_pointed_at_with_its_reason(folder: Path) -> None:
    made = load(
        folder,
        GROUP,
        a_skill(it="tornio", also=["5S", "due tre quattro cinque sei sette otto"]),
        an_occupation("commesso", it="uomo delle pulizie", feminine="addetta pulizia"),
        an_occupation("steward", it="steward", feminine="hostess"),
    )
    found = set(doubtful_labels(made, ["torno", "casa"]))
    assert found == {
        DoubtfulLabel("saldatura", "tornio", Doubt.COMMON_WORD, "torno"),
        DoubtfulLabel("saldatura", "5S", Doubt.SHORT),
        DoubtfulLabel("saldatura", "due tre quattro cinque sei sette otto", Doubt.LONG),
        DoubtfulLabel("commesso", "uomo delle pulizie", Doubt.ONE_GENDER, "donn"),
    }
