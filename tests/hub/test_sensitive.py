import pytest

from matching.hub.sensitive import Sensitive, sensitive_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Invalidità civile al 60%", Sensitive.HEALTH),
        ("Anna Rossi\nIscritta alle liste della legge 68/99", Sensitive.HEALTH),
        ("Curriculum\nSono diabetica\nCuoca dal 2015", Sensitive.HEALTH),
        ("Dopo la visita si certifica che la signora è affetta da asma.", Sensitive.HEALTH),
        ("Anna Rossi\nDelegata sindacale CGIL", Sensitive.UNION),
        ("Anna Rossi\nReligione: cattolica", Sensitive.BELIEF),
        ("Anna Rossi\nTestimone di Geova", Sensitive.BELIEF),
        ("Anna Rossi\nRichiedente asilo", Sensitive.ORIGIN),
        ("Etnia: rom", Sensitive.ORIGIN),
        ("Anna Rossi\nIscritta alla CGIL", Sensitive.UNION),
        ("Anna Rossi\nFedina penale pulita", Sensitive.CONVICTIONS),
        ("Certificato del casellario giudiziale", Sensitive.CONVICTIONS),
    ],
)
def test_what_somebody_says_of_herself_is_found(text: str, found: Sensitive) -> None:
    assert found in sensitive_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Assistenza a malati di Parkinson in casa di riposo",
        "Operatrice in comunità per detenuti, dal 2015 al 2019",
        "Cuoca presso la mensa della parrocchia di San Giovanni",
        "Impiegata presso il patronato CGIL di Lecco, pratiche di invalidità",
        "Nazionalità: italiana\nStato civile: coniugata con due figli",
        "Permesso di soggiorno per motivi di lavoro",
        "2018-2019 pausa per maternità",
        "Dal 2014 al 2022 niente (figlia malata)",
        "Sono autista di bilico dal 2004",
        "Infermiera, reparto di oncologia",
        "Autorizzo il trattamento dei miei dati personali ai sensi del GDPR",
    ],
)
def test_work_for_others_and_what_every_cv_has_is_not(text: str) -> None:
    assert sensitive_in(text) == frozenset()
