"""Small archives in the layout of the ESCO portal, about an invented trade, for tests."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

Table = list[dict[str, str]]
Tables = dict[str, Table]

ESCO = "http://data.europa.eu/esco"
# A taxonomy of moon keepers: five skills, two occupations, two skill groups, three ISCO groups.
POLISH, RAKE, TIDES, SPREADSHEETS, LUNAR = (f"{ESCO}/skill/{n}" for n in range(5))
KEEPER, RAKER = (f"{ESCO}/occupation/{n}" for n in range(2))
CARE, TONGUES = f"{ESCO}/skill/S1", f"{ESCO}/skill/L1"
ISCO_9, ISCO_96, ISCO_9613 = (f"{ESCO}/isco/C{code}" for code in ("9", "96", "9613"))

ENGLISH = {
    POLISH: ("polish moons", ["moon polishing", "keep moons shiny"]),
    RAKE: ("rake craters", ["crater raking"]),
    TIDES: ("tide theory", []),
    SPREADSHEETS: ("lunar spreadsheets", ["moon tables"]),
    LUNAR: ("Lunarian", []),
    KEEPER: ("moon keeper", ["keeper of moons", "lunar caretaker"]),
    RAKER: ("crater raker", []),
    CARE: ("caring for moons", []),
    TONGUES: ("tongues of the moon", []),
    ISCO_9: ("simple work in the sky", []),
    ISCO_96: ("cleaners of the sky", []),
    ISCO_9613: ("moon workers", []),
}
ITALIAN = {uri: (f"it {label}", [f"it {other}" for other in more])
           for uri, (label, more) in ENGLISH.items()}  # fmt: skip

Labels = Mapping[str, tuple[str, Sequence[str]]]


def classification(language: str = "en", labels: Labels = ENGLISH) -> Tables:
    """The tables of one language's classification."""

    def named(uri: str, kind: str, **more: str) -> dict[str, str]:
        preferred, others = labels[uri]
        return {
            "conceptType": kind,
            "conceptUri": uri,
            "preferredLabel": preferred,
            "altLabels": "\n".join(others),
            "hiddenLabels": "",
            "status": "released",
            "description": f"What {preferred} is about.",
            **more,
        }

    def skill(uri: str, kind: str = "skill/competence") -> dict[str, str]:
        return named(uri, "KnowledgeSkillCompetence", skillType=kind, reuseLevel="sector-specific")

    def collected(*uris: str) -> Table:
        return [{"conceptUri": uri, "preferredLabel": labels[uri][0]} for uri in uris]

    levels = [f"Level {n} {what}" for n in range(2) for what in ("URI", "preferred term")]
    levels += [f"Level {n} {what}" for n in (2, 3) for what in ("URI", "preferred term")]
    hierarchy = dict.fromkeys(levels, "")
    return {
        f"skills_{language}": [
            skill(POLISH), skill(RAKE), skill(TIDES, "knowledge"), skill(SPREADSHEETS),
            skill(LUNAR, "knowledge"),
        ],
        f"occupations_{language}": [
            named(KEEPER, "Occupation", iscoGroup="9613", code="9613.1"),
            named(RAKER, "Occupation", iscoGroup="9613", code="9613.2"),
        ],
        f"ISCOGroups_{language}": [
            named(uri, "ISCOGroup", code=uri.rsplit("C", 1)[1])
            for uri in (ISCO_9, ISCO_96, ISCO_9613)
        ],
        f"skillGroups_{language}": [named(CARE, "SkillGroup"), named(TONGUES, "SkillGroup")],
        f"skillsHierarchy_{language}": [
            {**hierarchy, "Level 0 URI": CARE, "Level 0 preferred term": labels[CARE][0]}
        ],
        f"digitalSkillsCollection_{language}": collected(SPREADSHEETS),
        f"languageSkillsCollection_{language}": collected(LUNAR),
        f"conceptSchemes_{language}": [{"conceptSchemeUri": f"{ESCO}/concept-scheme/skills"}],
    }  # fmt: skip


def relations() -> Tables:
    """The tables of the relations archive."""

    def broader(*pairs: tuple[str, str]) -> Table:
        return [{"conceptUri": narrow, "broaderUri": wide} for narrow, wide in pairs]

    def needs(*rows: tuple[str, str, str]) -> Table:
        return [
            {"occupationUri": job, "relationType": kind, "skillType": "", "skillUri": skill}
            for job, kind, skill in rows
        ]

    return {
        "occupationSkillRelations": needs(
            (KEEPER, "essential", POLISH),
            (KEEPER, "essential", TIDES),
            (KEEPER, "optional", RAKE),
            (RAKER, "essential", RAKE),
        ),
        "skillSkillRelations": [
            {"originalSkillUri": TIDES, "relationType": "optional", "relatedSkillUri": RAKE}
        ],
        "broaderRelationsOccPillar": broader(
            (ISCO_96, ISCO_9), (ISCO_9613, ISCO_96), (KEEPER, ISCO_9613), (RAKER, KEEPER)
        ),
        "broaderRelationsSkillPillar": broader(
            (POLISH, CARE), (RAKE, CARE), (SPREADSHEETS, CARE), (LUNAR, TONGUES)
        ),
    }


def written(table: Iterable[Mapping[str, str]], columns: Sequence[str] = ()) -> bytes:
    """A table as the portal writes it: commas, quotes where needed, CRLF."""
    rows = list(table)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns or list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def zipped(path: Path, files: Mapping[str, Table | bytes]) -> Path:
    """An archive of tables (named without ``.csv``) or of files as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if isinstance(content, bytes):
                archive.writestr(name, content)
            else:
                archive.writestr(f"{name}.csv", written(content))
    return path


def archive_name(version: str, language: str) -> str:
    """What the portal calls an archive; that of the relations has no language."""
    return f"ESCO dataset - v{version} - classification - {language} - csv.zip"


def a_release(
    folder: Path, *, version: str = "1.1.1", languages: Mapping[str, Labels] | None = None
) -> list[Path]:
    """The archives of a release: one per language, and the relations."""
    made = [
        zipped(folder / archive_name(version, code), classification(code, labels))
        for code, labels in (languages or {"en": ENGLISH}).items()
    ]
    return [*made, zipped(folder / archive_name(version, ""), relations())]
