"""A small invented set of occupations with their labels and places, for tests."""

from matching.linking.labels import Label, OccupationLabels, Place

TAILOR, SHOEMAKER, BAKER, PASTRY, DRIVER, COURIER, BOOKBINDER = (
    f"urn:test:{name}"
    for name in ("tailor", "shoemaker", "baker", "pastry", "driver", "courier", "bookbinder")
)
ISCO_DRIVERS = "http://data.europa.eu/esco/isco/C8332"

LABELS = {
    TAILOR: ("sarto/sarta", "cucitore di abiti su misura", "modellista di abiti"),
    SHOEMAKER: ("calzolaio/calzolaia", "riparatore di scarpe", "chi ripara le scarpe"),
    BAKER: ("panettiere/panettiera", "addetto al forno del pane", "fornaio"),
    PASTRY: ("pasticciere/pasticciera", "addetto ai dolci da forno"),
    DRIVER: ("autista di camion", "conducente di autocarri", "camionista"),
    COURIER: ("corriere in furgone", "autista di furgoni", "conducente di furgoni"),
    BOOKBINDER: ("rilegatore/rilegatrice", "addetto alla rilegatura di libri"),
    ISCO_DRIVERS: ("Conducenti di autocarri pesanti",),
}
PLACES = {
    TAILOR: Place(isco08="7531"),
    SHOEMAKER: Place(isco08="7536"),
    BAKER: Place(isco08="7512"),
    PASTRY: Place(isco08="7512", nested=1),
    DRIVER: Place(isco08="8332"),
    COURIER: Place(isco08="8322"),
    BOOKBINDER: Place(isco08="7323"),
}


def trade_labels(**changed: tuple[str, ...]) -> OccupationLabels:
    """Labels of the set; a test replaces those of the concepts that it is about."""
    named = {uri.replace("/", ":").rsplit(":", 1)[-1]: uri for uri in LABELS}
    held = LABELS | {named[name]: texts for name, texts in changed.items()}
    return OccupationLabels(
        tuple(
            Label(uri, text, preferred=place == 0)
            for uri, texts in held.items()
            for place, text in enumerate(texts)
        ),
        places=PLACES,
    )
