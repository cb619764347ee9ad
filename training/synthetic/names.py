"""Fictional people and firms."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FEMININE = _words(
    """
    Adele Alina Anna Beatrice Bruna Carla Chiara Clara Daniela Donatella Elena Elisa Emma
    Federica Francesca Gaia Giada Giovanna Giulia Ilaria Irene Laura Lidia Loredana Luisa
    Marta Martina Michela Monica Nadia Noemi Ornella Paola Patrizia Rita Roberta Sara Silvia
    Teresa Valeria
    """
)
MASCULINE = _words(
    """
    Alberto Aldo Andrea Angelo Antonio Bruno Carlo Cesare Claudio Daniele Davide Dario Edoardo
    Elio Enrico Fabio Federico Filippo Franco Giacomo Gianni Giulio Ivan Jacopo Lorenzo Luca
    Marco Mario Massimo Matteo Mauro Michele Nicola Oscar Paolo Pietro Roberto Sergio Stefano
    Tommaso
    """
)
SURNAMES = _words(
    """
    Albonacci Barzanelli Bellusconi Bosetrani Brambilleri Calvinati Carminelli Castrovilli
    Cesanotti Colnaghetti Cortinelli Dellosasso Falcinati Ferrandelli Fontelunga Galimbassi
    Gerosanti Ghislandri Invernisci Lazzaranti Locatrini Maggionelli Mandelliri Montanesi
    Nespolati Orlandelli Panzerotti Perucchesi Pirovanelli Pozzonari Redaellini Rigamontesi
    Riveltani Rotastelli Sangallini Sirtorelli Spreaficano Tavolari Tentorati Valsecchini
    Vassenari Viganelli Villagrandi Zambettini Zuccherati
    """
)
STREETS = (
    "via Roma",
    "via Verdi",
    "via Dante",
    "via Manzoni",
    "piazza Garibaldi",
    "via IV Novembre",
    "via dei Mille",
    "vicolo Stretto",
)
# By mother tongue: given names in the feminine and in the masculine, and family names.
ABROAD = {
    "ro": ("Mihaela Ionela Alina", "Florin Marius Ionut", "Popenaru Dumitrasc Radulevici"),
    "pl": ("Agnieszka Beata", "Piotr Marek", "Kowalewicz Nowarski"),
    "sq": ("Arta Mirela Blerta", "Arben Ilir Gentian", "Hoxhallari Gjokaj Prelashi"),
    "ar": ("Fatima Samira Naima", "Youssef Hassan Karim", "El Amrari Benhaddou Tazari"),
    "uk": ("Oksana Halyna Svitlana", "Andriy Mykola", "Shevchukenko Bondarivna Kovalichuk"),
    "es": ("Rosario Yolanda Marisol", "Wilmer Jorge", "Quispelara Huamantica Mendozar"),
    "fr": ("Aminata Awa Mariama", "Ousmane Ibrahima Koffi", "Diallonke Traoredi Kouassiba"),
    "bn": ("Nasrin Shirin", "Rafiqul Kamal", "Hossainuddin Miahbari"),
    "ur": ("Saima Rubina", "Imran Tariq", "Chaudhrani Malikpur"),
}
LANGUAGE_NAMES = {
    "it": "italiano",
    "en": "inglese",
    "ro": "rumeno",
    "pl": "polacco",
    "sq": "albanese",
    "ar": "arabo",
    "uk": "ucraino",
    "es": "spagnolo",
    "fr": "francese",
    "bn": "bengalese",
    "ur": "urdu",
}
# By branch: what a firm calls itself, and what it says about itself.
FIRMS = {
    "workshop": ("Officine Meccaniche", "produce particolari meccanici su disegno"),
    "goods": ("Logistica", "gestisce depositi e consegne per conto terzi"),
    "care": ("Cooperativa Sociale", "segue persone e famiglie del territorio"),
    "cleaning": ("Servizi", "cura ambienti per aziende e strutture ricettive"),
    "kitchen": ("Ristorazione", "gestisce locali e cucine"),
    "shop": ("Punto Vendita", "è presente in zona con più negozi"),
    "office": ("Studio", "affianca imprese e privati"),
    "site": ("Impresa", "lavora nel residenziale e nelle piccole opere"),
    "green": ("Verde e Natura", "si occupa di parchi e giardini"),
    "cloth": ("Confezioni", "lavora per marchi italiani"),
}
FIRM_NAMES = _words(
    """
    Alborata Brezzalta Campofelice Dorsale Fiordiroccia Granmonte Lunaria Montebruno Novalba
    Pontechiaro Quercialta Roccamara Serenella Solivaga Tramontana Valfiorita Ventochiaro
    Zefira
    """
)
