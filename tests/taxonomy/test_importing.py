"""Importing archives: what is kept, what is refused, and that nothing is half-done."""

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain import ConceptKind
from matching.errors import TaxonomyError
from matching.taxonomy.esco import ImportedTaxonomy, import_archives, open_imported, verify
from matching.taxonomy.esco.rows import clean
from tests.repeats import examples
from tests.taxonomy.archives import (
    CARE,
    ENGLISH,
    ESCO,
    ISCO_96,
    ISCO_9613,
    ITALIAN,
    KEEPER,
    LUNAR,
    POLISH,
    RAKE,
    RAKER,
    SPREADSHEETS,
    TIDES,
    TONGUES,
    Table,
    Tables,
    a_release,
    archive_name,
    classification,
    relations,
    written,
    zipped,
)

Make = Callable[..., ImportedTaxonomy]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "home" / "taxonomy"


@pytest.fixture
def make(tmp_path: Path, store: Path) -> Make:
    """Import tables, changed in some way, and open what came of it."""

    def importing(
        tables: Tables | None = None, related: Tables | None = None, version: str = "1.1.1"
    ) -> ImportedTaxonomy:
        archives = [
            zipped(tmp_path / archive_name(version, "en"), tables or classification()),
            zipped(tmp_path / archive_name(version, ""), related or relations()),
        ]
        import_archives(archives, store)
        return open_imported(store)

    return importing


def labels_file(path: Path, rows: Table) -> Path:
    data = written(rows)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def label(uri: str, text: str, *, preferred: str = "1", language: str = "it") -> dict[str, str]:
    return {"conceptUri": uri, "language": language, "label": text, "is_preferred": preferred}


def uris(imported: ImportedTaxonomy, numbers: object) -> list[str]:
    return sorted(imported.uris[n] for n in numbers.tolist())  # type: ignore[attr-defined]


def number(imported: ImportedTaxonomy, uri: str) -> int:
    found = imported.number(uri)
    assert found is not None
    return found


# what is kept


def test_a_concept_is_found_by_its_uri_and_keeps_kind_code_and_labels(make: Make) -> None:
    imported = make()
    keeper = number(imported, KEEPER)
    assert imported.version == "1.1.1"
    assert imported.languages == ("en",)
    assert imported.uris[keeper] == KEEPER
    assert imported.kinds[keeper] is ConceptKind.OCCUPATION
    assert imported.isco08[keeper] == "9613"
    assert imported.preferred("en")[keeper] == "moon keeper"
    assert imported.alternatives("en")[keeper] == ("keeper of moons", "lunar caretaker")
    assert imported.descriptions("en")[keeper] == "What moon keeper is about."
    assert imported.number(f"{ESCO}/skill/none") is None


def test_relations_lead_from_number_to_number(make: Make) -> None:
    imported = make()
    keeper = number(imported, KEEPER)
    assert uris(imported, imported.essential[keeper]) == [POLISH, TIDES]
    assert uris(imported, imported.optional[keeper]) == [RAKE]
    assert uris(imported, imported.broader[keeper]) == [ISCO_9613]
    assert uris(imported, imported.broader[number(imported, RAKER)]) == [KEEPER]
    assert uris(imported, imported.optional[number(imported, TIDES)]) == [RAKE]


def test_the_collections_and_types_tell_the_kind_of_a_skill(make: Make) -> None:
    imported = make()
    expected = {
        POLISH: ConceptKind.SKILL,
        TIDES: ConceptKind.KNOWLEDGE,
        SPREADSHEETS: ConceptKind.DIGITAL,
        LUNAR: ConceptKind.LANGUAGE,
        CARE: ConceptKind.GROUP,
        ISCO_96: ConceptKind.GROUP,
    }
    assert {uri: imported.kinds[number(imported, uri)] for uri in expected} == expected
    assert imported.isco08[number(imported, ISCO_96)] == "96"
    assert uris(imported, imported.of_kind(ConceptKind.OCCUPATION)) == [KEEPER, RAKER]


def test_an_archive_without_the_optional_files_and_columns_is_enough(make: Make) -> None:
    bare = {
        name: [
            {key: row[key] for key in ("conceptUri", "preferredLabel", "iscoGroup", "code")
             if key in row}
            for row in table
        ]
        for name, table in classification().items()
        if name.split("_")[0] in ("skills", "occupations", "ISCOGroups", "skillGroups")
    }  # fmt: skip
    related = relations()
    del related["skillSkillRelations"]
    imported = make(bare, related)
    assert imported.kinds[number(imported, TIDES)] is ConceptKind.SKILL
    assert imported.alternatives("en")[number(imported, KEEPER)] == ()


def test_the_relations_may_come_with_a_language_in_their_names_or_in_folders(make: Make) -> None:
    related = {f"dataset/{name}_en": table for name, table in relations().items()}
    assert len(make(related=related)) == len(ENGLISH)


def test_the_files_of_an_archive_may_be_given_one_by_one(tmp_path: Path, store: Path) -> None:
    paths = [
        labels_file(tmp_path / f"{name}.csv.gz", table)
        for name, table in {**classification(), **relations()}.items()
    ]
    import_archives(paths, store)
    imported = open_imported(store)
    assert imported.kinds[number(imported, SPREADSHEETS)] is ConceptKind.DIGITAL
    assert len(imported) == len(ENGLISH)


def test_a_group_that_stands_only_in_the_hierarchy_is_there(make: Make) -> None:
    tables = classification()
    lost = tables["skillGroups_en"].pop()
    row = dict.fromkeys(tables["skillsHierarchy_en"][0], "")
    row |= {"Level 0 URI": CARE, "Level 1 URI": TONGUES, "Level 1 preferred term": "tongues"}
    tables["skillsHierarchy_en"].append(row)
    imported = make(tables)
    assert lost["conceptUri"] == TONGUES
    assert imported.preferred("en")[number(imported, TONGUES)] == "tongues"


def test_labels_are_kept_once_each_in_one_form(make: Make) -> None:
    tables = classification()
    tables["skills_en"][0] |= {
        "preferredLabel": " polish  moons ",
        "altLabels": "cafe\u0300 moon\n\npolish moons\ncaf\u00e8 moon\nmoon | shine",
        "hiddenLabels": "mon polish",
    }
    imported = make(tables)
    polish = number(imported, POLISH)
    assert imported.preferred("en")[polish] == "polish moons"
    assert imported.alternatives("en")[polish] == ("caf\u00e8 moon", "moon", "shine", "mon polish")


def test_all_forms_of_a_language_come_with_their_concept_the_preferred_one_first(
    make: Make,
) -> None:
    imported = make()
    forms = imported.forms("en")
    found: dict[str, tuple[str, list[str]]] = {}
    for concept, text, preferred in forms:
        if preferred:
            found[imported.uris[concept]] = (text, [])
        else:
            found[imported.uris[concept]][1].append(text)
    assert found == ENGLISH
    assert forms.concepts.tolist() == sorted(forms.concepts.tolist())
    assert [forms.texts[n] for n in forms.range(number(imported, RAKE))] == [
        "rake craters",
        "crater raking",
    ]


def test_a_language_that_was_not_imported_is_refused_by_name(make: Make) -> None:
    with pytest.raises(TaxonomyError, match="'fr'.*there are: en"):
        make().preferred("fr")


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Z"], exclude_characters="|"),
    min_size=1,
)


@settings(max_examples=examples(20))
@given(labels=st.lists(WORDS, min_size=len(ENGLISH), max_size=len(ENGLISH)))
def test_any_labels_come_back_as_they_went_in(
    labels: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    named = {uri: (text, [f"{text} bis"]) for uri, text in zip(ENGLISH, labels, strict=True)}
    import_archives(a_release(folder, languages={"en": named}), folder / "store")
    imported = open_imported(folder / "store")
    for uri, text in zip(ENGLISH, labels, strict=True):
        assert imported.preferred("en")[number(imported, uri)] == clean(text)
        assert imported.alternatives("en")[number(imported, uri)] == (clean(f"{text} bis"),)


# what is refused


def refused(make: Make, name: str, row: dict[str, str] | None = None, **changed: str) -> str:
    """What is said when a row is added to a table, or its first row is changed."""
    tables, related = classification(), relations()
    table = (tables if name in tables else related)[name]
    if row is not None:
        table.append(row)
    table[0].update(changed)
    with pytest.raises(TaxonomyError) as caught:
        make(tables, related)
    return str(caught.value)


def test_a_missing_file_of_the_classification_is_named(make: Make) -> None:
    tables = classification()
    del tables["occupations_en"]
    with pytest.raises(TaxonomyError, match=r"v1\.1\.1.*occupations_en\.csv is missing"):
        make(tables)


def test_a_first_import_without_relations_is_refused(tmp_path: Path, store: Path) -> None:
    with pytest.raises(TaxonomyError, match=r"occupationSkillRelations\.csv.* is missing"):
        import_archives(a_release(tmp_path)[:1], store)
    assert not (store / "CURRENT").exists()


def test_a_missing_column_is_named_with_those_that_are_there(make: Make) -> None:
    tables = classification()
    for row in tables["occupations_en"]:
        row["group"] = row.pop("iscoGroup")
    with pytest.raises(TaxonomyError, match=r"occupations_en\.csv: column iscoGroup is missing"):
        make(tables)


def test_a_repeated_concept_is_named_with_both_its_lines(make: Make) -> None:
    said = refused(make, "skills_en", dict(classification()["skills_en"][0]))
    assert POLISH in said
    assert "skills_en.csv, line 8" in said
    assert "skills_en.csv, line 2" in said


def test_a_concept_in_two_files_is_refused(make: Make) -> None:
    assert KEEPER in refused(make, "skills_en", conceptUri=KEEPER)


def test_a_concept_without_preferred_label_is_refused_with_its_line(make: Make) -> None:
    said = refused(make, "skills_en", preferredLabel="  ")
    assert POLISH in said
    assert "line 2" in said
    assert "no preferred label" in said


@pytest.mark.parametrize("value", ["", "moon", "http://a b"])
def test_what_is_no_uri_is_refused(make: Make, value: str) -> None:
    assert f"{value!r} is no concept URI" in refused(make, "skills_en", conceptUri=value)


@pytest.mark.parametrize("value", ["", "96131", "96x"])
def test_what_is_no_isco_code_is_refused(make: Make, value: str) -> None:
    assert f"{value!r} is no ISCO-08 code" in refused(make, "occupations_en", iscoGroup=value)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("occupationSkillRelations", "occupationUri"),
        ("occupationSkillRelations", "skillUri"),
        ("skillSkillRelations", "relatedSkillUri"),
        ("broaderRelationsOccPillar", "broaderUri"),
        ("broaderRelationsSkillPillar", "conceptUri"),
    ],
)
def test_a_relation_of_a_concept_that_is_not_there_is_refused_with_its_line(
    make: Make, name: str, column: str
) -> None:
    said = refused(make, name, **{column: f"{ESCO}/skill/gone"})
    assert f"{ESCO}/skill/gone is no concept" in said
    assert f"{name}.csv, line 2" in said
    assert "--skip-unknown" in said


def test_relations_of_concepts_that_are_not_there_can_be_left_out_and_are_counted(
    tmp_path: Path, store: Path
) -> None:
    related = relations()
    for row in related["occupationSkillRelations"][:2]:
        row["occupationUri"] = f"{ESCO}/occupation/gone"
    english, _ = a_release(tmp_path)
    archive = zipped(tmp_path / "relations.zip", related)
    report = import_archives([english, archive], store, skip_unknown=True)
    assert report.left_out["relations"].rows == {f"{ESCO}/occupation/gone": 2}
    imported = open_imported(store)
    assert uris(imported, imported.essential[number(imported, KEEPER)]) == []


def test_the_gap_of_an_official_release_is_left_out_and_counted_for_that_release_only(
    tmp_path: Path, store: Path
) -> None:
    gap = f"{ESCO}/occupation/a9e54177-a185-404d-b6e6-15663d31137e"
    related = relations()
    related["occupationSkillRelations"][0]["occupationUri"] = gap

    def archives(version: str) -> list[Path]:
        english, _ = a_release(tmp_path, version=version)
        return [english, zipped(tmp_path / archive_name(version, ""), related)]

    report = import_archives(archives("1.1.1"), store)
    assert report.left_out["relations"].rows == {gap: 1}
    with pytest.raises(TaxonomyError, match=gap):
        import_archives(archives("1.1.0"), store)


def test_a_relation_of_another_type_is_refused(make: Make) -> None:
    said = refused(make, "occupationSkillRelations", relationType="sometimes")
    assert "'sometimes', not essential or optional" in said


def test_concepts_broader_than_themselves_are_refused(make: Make) -> None:
    row = {"conceptUri": ISCO_9613, "broaderUri": RAKER}
    assert "go round in a circle" in refused(make, "broaderRelationsOccPillar", row)


def test_a_skill_that_is_both_essential_and_optional_is_essential(make: Make) -> None:
    related = relations()
    both = {**related["occupationSkillRelations"][0], "relationType": "optional"}
    related["occupationSkillRelations"].append(both)
    imported = make(related=related)
    keeper = number(imported, KEEPER)
    assert uris(imported, imported.essential[keeper]) == [POLISH, TIDES]
    assert uris(imported, imported.optional[keeper]) == [RAKE]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"conceptUri,preferredLabel\r\na,b,c\r\n", "line 2: 3 values for 2 columns"),
        (b'conceptUri,preferredLabel\r\n"a\r\n', "line 2: is no comma-separated table"),
        (b"conceptUri,preferredLabel\r\nhttp://a,caf\xe8\r\n", "is no comma-separated table"),
        (b"conceptUri;preferredLabel\r\na;b\r\n", "column conceptUri, preferredLabel is missing"),
    ],
)
def test_a_table_that_was_changed_is_refused_with_file_and_line(
    tmp_path: Path, store: Path, content: bytes, said: str
) -> None:
    tables: dict[str, Table | bytes] = {**classification(), "skills_en.csv": content}
    del tables["skills_en"]
    english = zipped(tmp_path / "en.zip", tables)
    with pytest.raises(TaxonomyError, match="en.zip: skills_en.csv") as caught:
        import_archives([english, zipped(tmp_path / "relations.zip", relations())], store)
    assert said in str(caught.value)


def test_an_archive_given_twice_is_refused(tmp_path: Path, store: Path) -> None:
    english, related = a_release(tmp_path)
    with pytest.raises(TaxonomyError, match="was already given in"):
        import_archives([english, english, related], store)


def test_files_of_something_else_are_refused(tmp_path: Path, store: Path) -> None:
    other = zipped(tmp_path / "other.zip", {"people": [{"name": "x"}]})
    table = labels_file(tmp_path / "people.csv", [{"name": "x"}])
    with pytest.raises(TaxonomyError, match="No file of the classification"):
        import_archives([other], store)
    with pytest.raises(TaxonomyError, match="neither a file of an official archive nor a table"):
        import_archives([table], store)


# releases and languages


def test_archives_named_after_two_releases_are_refused(tmp_path: Path, store: Path) -> None:
    old = a_release(tmp_path / "old", version="1.0.8")
    new = a_release(tmp_path / "new", version="1.2.0")
    with pytest.raises(TaxonomyError, match=r"two releases.*v1\.0\.8.*v1\.2\.0"):
        import_archives([old[0], new[1]], store)


def test_languages_with_other_concepts_are_refused_as_two_releases(
    tmp_path: Path, store: Path
) -> None:
    fewer = classification("it", ITALIAN)
    fewer["skills_it"].pop()
    archives = [
        zipped(tmp_path / "en.zip", classification()),
        zipped(tmp_path / "it.zip", fewer),
        zipped(tmp_path / "relations.zip", relations()),
    ]
    with pytest.raises(TaxonomyError, match="1 concepts are not in it") as caught:
        import_archives(archives, store)
    assert LUNAR in str(caught.value)
    report = import_archives(archives, store, skip_unknown=True)
    assert report.added == ("en", "it")


def test_several_languages_are_imported_at_once(tmp_path: Path, store: Path) -> None:
    report = import_archives(a_release(tmp_path, languages={"en": ENGLISH, "it": ITALIAN}), store)
    imported = open_imported(store)
    assert report.added == imported.languages == ("en", "it")
    assert imported.preferred("it")[number(imported, KEEPER)] == "it moon keeper"


def test_a_later_language_is_added_to_the_same_release(tmp_path: Path, store: Path) -> None:
    import_archives(a_release(tmp_path), store)
    italian, _ = a_release(tmp_path, languages={"it": ITALIAN})
    report = import_archives([italian], store)
    imported = open_imported(store)
    assert (report.replaced, report.added) == (None, ("it",))
    assert imported.languages == ("en", "it")
    assert imported.alternatives("en")[number(imported, KEEPER)] == tuple(ENGLISH[KEEPER][1])
    assert uris(imported, imported.essential[number(imported, RAKER)]) == [RAKE]


def test_a_language_given_again_is_replaced(tmp_path: Path, store: Path) -> None:
    import_archives(a_release(tmp_path), store)
    corrected = {**ENGLISH, KEEPER: ("warden of the moon", ["moon keeper"])}
    import_archives(a_release(tmp_path, languages={"en": corrected})[:1], store)
    imported = open_imported(store)
    assert imported.preferred("en")[number(imported, KEEPER)] == "warden of the moon"
    assert imported.alternatives("en")[number(imported, KEEPER)] == ("moon keeper",)


def test_another_release_takes_the_place_of_the_one_before_and_it_is_said(
    tmp_path: Path, store: Path
) -> None:
    both = {"en": ENGLISH, "it": ITALIAN}
    import_archives(a_release(tmp_path / "old", version="1.0.8", languages=both), store)
    report = import_archives(a_release(tmp_path / "new", version="1.2.0"), store)
    imported = open_imported(store)
    assert (report.version, report.replaced) == ("1.2.0", "1.0.8")
    assert (imported.version, imported.languages) == ("1.2.0", ("en",))
    assert len([path for path in store.iterdir() if path.is_dir()]) == 1


def test_a_release_that_no_name_says_has_a_name_of_its_own_and_grows(
    tmp_path: Path, store: Path
) -> None:
    related = zipped(tmp_path / "relations.zip", relations())
    first = import_archives([zipped(tmp_path / "en.zip", classification()), related], store)
    italian = zipped(tmp_path / "it.zip", classification("it", ITALIAN))
    second = import_archives([italian], store)
    assert first.version.startswith("unknown-")
    assert second.version == first.version
    assert open_imported(store).languages == ("en", "it")


def test_a_release_can_be_said_and_must_not_contradict_the_names(
    tmp_path: Path, store: Path
) -> None:
    unnamed = [
        zipped(tmp_path / "en.zip", classification()),
        zipped(tmp_path / "relations.zip", relations()),
    ]
    assert import_archives(unnamed, store, version="v1.0.9").version == "1.0.9"
    with pytest.raises(TaxonomyError, match=r"--version says 1\.0\.9.*is of v1\.1\.1"):
        import_archives(a_release(tmp_path), store, version="1.0.9")
    with pytest.raises(TaxonomyError, match="'new' is no release"):
        import_archives(unnamed, store, version="new")


def test_relations_alone_are_brought_up_to_date_for_the_imported_release(
    tmp_path: Path, store: Path
) -> None:
    import_archives(a_release(tmp_path), store)
    related = relations()
    related["occupationSkillRelations"].pop()
    import_archives([zipped(tmp_path / archive_name("1.1.1", ""), related)], store)
    imported = open_imported(store)
    assert uris(imported, imported.essential[number(imported, RAKER)]) == []
    with pytest.raises(TaxonomyError, match=r"of v1\.2\.0, and v1\.1\.1 is imported"):
        import_archives([a_release(tmp_path, version="1.2.0")[1]], store)


# tables of labels


def test_a_table_of_labels_gives_a_further_language(tmp_path: Path, store: Path) -> None:
    table = labels_file(
        tmp_path / "labels.csv.gz",
        [
            label(KEEPER, "custode della luna"),
            label(KEEPER, "guardiana della luna", preferred="0"),
            label(RAKE, "rastrellare i crateri", preferred="0"),
            label(KEEPER, "gardien", language="fr"),
        ],
    )
    report = import_archives([*a_release(tmp_path), table], store)
    imported = open_imported(store)
    keeper, rake = number(imported, KEEPER), number(imported, RAKE)
    assert report.added == ("en", "fr", "it")
    assert imported.preferred("it")[keeper] == "custode della luna"
    assert imported.alternatives("it")[keeper] == ("guardiana della luna",)
    assert imported.preferred("it")[rake] == ""
    assert imported.alternatives("it")[rake] == ("rastrellare i crateri",)
    assert imported.preferred("fr")[keeper] == "gardien"
    assert imported.descriptions("it")[keeper] == ""


def test_the_language_may_stand_in_the_name_of_the_column(tmp_path: Path, store: Path) -> None:
    rows = [
        {"conceptUri": KEEPER, "label_it": "custode", "is_preferred": "1", "label_no": "0"},
        {"conceptUri": KEEPER, "label_it": "guardiano", "is_preferred": "0", "label_no": "1"},
    ]
    groups = [{"conceptUri": ISCO_96, "preferredLabel_it": "pulitori del cielo"}]
    import_archives(
        [
            *a_release(tmp_path),
            labels_file(tmp_path / "a.csv", rows),
            labels_file(tmp_path / "b.csv", groups),
        ],
        store,
    )
    imported = open_imported(store)
    assert imported.languages == ("en", "it")
    assert imported.alternatives("it")[number(imported, KEEPER)] == ("guardiano",)
    assert imported.preferred("it")[number(imported, ISCO_96)] == "pulitori del cielo"


def test_official_labels_stay_and_come_first(tmp_path: Path, store: Path) -> None:
    import_archives(a_release(tmp_path), store)
    table = labels_file(
        tmp_path / "more.csv",
        [label(KEEPER, "moon warden", language="en"), label(KEEPER, "moon keeper", preferred="0",
                                                             language="en")],
    )  # fmt: skip
    import_archives([table], store)
    imported = open_imported(store)
    keeper = number(imported, KEEPER)
    assert imported.preferred("en")[keeper] == "moon keeper"
    assert imported.alternatives("en")[keeper] == (
        "keeper of moons",
        "lunar caretaker",
        "moon warden",
    )
    assert imported.descriptions("en")[keeper] == "What moon keeper is about."


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (label(f"{ESCO}/skill/gone", "x"), "is no concept of the imported classification"),
        (label(KEEPER, " "), "the label of .* is empty"),
        (label(KEEPER, "x", language="italiano"), "language 'italiano' is no ISO 639-1 code"),
        (label(KEEPER, "x", preferred="maybe"), "is_preferred is 'maybe'"),
        (label("moon", "x"), "'moon' is no concept URI"),
        (label(RAKE, "second"), "'second' is a second preferred label .* after 'first'"),
    ],
)
def test_a_label_that_cannot_be_used_is_refused_with_its_line(
    tmp_path: Path, store: Path, row: dict[str, str], said: str
) -> None:
    table = labels_file(tmp_path / "labels.csv", [label(RAKE, "first"), row])
    with pytest.raises(TaxonomyError, match=rf"labels\.csv, line 3: .*{said}"):
        import_archives([*a_release(tmp_path), table], store)
    assert not (store / "CURRENT").exists()


def test_a_few_concepts_of_another_release_in_a_table_are_left_out_and_counted(
    tmp_path: Path, store: Path
) -> None:
    many = {f"{ESCO}/skill/many{n}": (f"skill {n}", []) for n in range(120)}
    tables = classification()
    first = tables["skills_en"][0]
    tables["skills_en"] += [
        {**first, "conceptUri": uri, "preferredLabel": text} for uri, (text, _) in many.items()
    ]
    english = zipped(tmp_path / "en.zip", tables)
    related = zipped(tmp_path / "relations.zip", relations())
    rows = [label(uri, f"it {text}") for uri, (text, _) in many.items()]
    gone = [label(f"{ESCO}/skill/gone{n}", "x") for n in range(2)]
    few = labels_file(tmp_path / "few.csv", [*rows, gone[0]])
    report = import_archives([english, related, few], store)
    assert report.left_out["few.csv"].rows == {f"{ESCO}/skill/gone0": 1}
    too_many = labels_file(tmp_path / "many.csv", [*rows, *gone])
    with pytest.raises(TaxonomyError, match="neither are 1 others of the 122"):
        import_archives([english, related, too_many], store)
    assert import_archives([english, related, too_many], store, skip_unknown=True).left_out


def test_two_columns_of_labels_are_refused(tmp_path: Path, store: Path) -> None:
    rows = [{"conceptUri": KEEPER, "label_it": "custode", "label_fr": "gardien"}]
    with pytest.raises(TaxonomyError, match="labels in 2 columns"):
        import_archives([*a_release(tmp_path), labels_file(tmp_path / "a.csv", rows)], store)


def test_labels_without_a_classification_are_refused(tmp_path: Path, store: Path) -> None:
    table = labels_file(tmp_path / "labels.csv", [label(KEEPER, "custode")])
    with pytest.raises(TaxonomyError, match="none has been imported"):
        import_archives([table], store)


# whole or not at all


def test_a_refused_import_leaves_the_one_before(tmp_path: Path, store: Path) -> None:
    import_archives(a_release(tmp_path), store)
    before = open_imported(store).digest
    broken = relations()
    broken["occupationSkillRelations"][0]["skillUri"] = f"{ESCO}/skill/gone"
    archives = [
        a_release(tmp_path, version="1.2.0")[0],
        zipped(tmp_path / archive_name("1.2.0", ""), broken),
    ]
    with pytest.raises(TaxonomyError):
        import_archives(archives, store)
    assert open_imported(store).digest == before


def test_the_same_archives_give_the_same_import(tmp_path: Path, store: Path) -> None:
    archives = a_release(tmp_path)
    import_archives(archives, store)
    first = open_imported(store)
    import_archives(archives, store)
    again = open_imported(store)
    assert first.digest == again.digest
    assert list(first.uris) == list(again.uris)
    verify(again)


def test_a_damaged_import_is_replaced_by_whole_archives_and_refuses_an_addition(
    tmp_path: Path, store: Path
) -> None:
    archives = a_release(tmp_path)
    import_archives(archives, store)
    blob = open_imported(store).folder / "forms.en.bin"
    blob.write_bytes(blob.read_bytes()[::-1])
    with pytest.raises(TaxonomyError, match=r"forms\.en\.bin was changed"):
        import_archives(a_release(tmp_path, languages={"it": ITALIAN})[:1], store)
    import_archives(archives, store)
    verify(open_imported(store))


@pytest.mark.shared_data
def test_the_real_archives_are_imported_with_the_italian_labels(shared: Path, store: Path) -> None:
    folder = shared / "data" / "esco"
    report = import_archives(
        [
            folder / "v1.1.1" / "classification-en.csv.zip",
            folder / "v1.1.1" / "relations.csv.zip",
            folder / "it" / "occupations_isco_labels_it_v1.0.8.csv.gz",
            folder / "it" / "isco08_groups_it_v1.1.csv",
        ],
        store,
    )
    imported = open_imported(store)
    assert report.version == "1.1.1"
    assert imported.languages == ("en", "it")
    assert len(imported.of_kind(ConceptKind.OCCUPATION)) == 3007
    assert len(imported) == 13896 + 3007 + 619 + 647
    assert report.left_out["relations"].total == 68
    assert int(imported.essential.starts[-1]) > 64_000
    with gzip.open(folder / "it" / "occupations_isco_labels_it_v1.0.8.csv.gz", "rt") as file:
        rows = {row["conceptUri"]: row["label_it"] for row in csv.DictReader(file)
                if row["is_preferred"] == "1"}  # fmt: skip
    italian = imported.preferred("it")
    there = {uri: imported.number(uri) for uri in rows}
    assert sum(n is None for n in there.values()) == 3
    assert all(italian[n] == rows[uri].strip() for uri, n in there.items() if n is not None)
