"""How people in warehouses, vans, shops and offices say what they can do."""

from collections.abc import Mapping
from types import MappingProxyType

GOODS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # warehouse
        "carico-scarico": ("vuotare e riempire i bilici", "lavorare in ribalta coi camion"),
        "movimentazione-merci": (
            "spostare la roba da un reparto all'altro",
            "portare la roba in produzione",
        ),
        "picking": ("raccogliere gli articoli col carrello", "fare le liste dei clienti"),
        "ricevimento-merci": (
            "firmare a chi porta e vedere che ci sia tutto",
            "aprire gli arrivi la mattina",
        ),
        "stoccaggio": (
            "mettere ogni cosa sul suo ripiano, anche in alto",
            "dare il posto a ogni articolo",
        ),
        "ddt": ("preparare le carte per l'autista", "controllare le carte di viaggio"),
        "imballaggio": (
            "chiudere bene tutto col nastro",
            "fare i cartoni",
            "incartare gli articoli perché non si rompano",
        ),
        "inventario": ("contare le giacenze", "verificare quanto ce n'è davvero"),
        "lettore-codici-a-barre": (
            "bippare gli articoli",
            "leggere i colli col raggio",
            "pistola radio",
        ),
        "patentino-muletto": (
            "tesserino del carrello in regola",
            "esame del carrello passato",
        ),
        "preparazione-spedizioni": (
            "far partire la roba",
            "mettere insieme le partenze della sera",
        ),
        "transpallet": ("tirare i carichi a mano", "girare col carrellino elettrico"),
        "uso-muletto": (
            "portare il carrello a forche",
            "portare in alto la roba col mezzo",
            "mulettare",
        ),
        "wms": ("scaricare dal computer le ubicazioni", "seguire il sistema sul terminale"),
        "carico-automezzi": ("riempire i bilici senza rompere", "sistemare i colli nel cassone"),
        "carrello-retrattile": ("lavorare nelle corsie strette", "prendere a dieci metri"),
        "controllo-muletto": (
            "attaccare la batteria del mezzo a fine turno",
            "prima di salire sul mezzo vedere che sia a posto",
        ),
        "filmatura-pallet": ("mettere la pellicola attorno", "girare il cellofan"),
        "pallettizzazione": ("tirare su pile dritte", "incrociare gli strati"),
        "magazzino-refrigerato": ("lavorare sotto zero", "passare le ore a meno venti"),
        "etichettatura": (
            "mettere il nome e il lotto su ogni pezzo",
            "mettere le scritte sui colli",
        ),
        "copacking": ("mettere insieme le promozioni", "preparare espositori e multipli"),
        "pesatura": ("mettere sulla bilancia ogni scatola", "fare le pesate"),
        # van
        "consegna-merci": ("lasciare la roba a chi l'ha comprata", "suonare e far firmare"),
        "guida-furgone": ("stare al volante del mezzo della ditta", "portare il daily"),
        "conoscenza-strade": ("girare anche senza mappa", "sapere tutte le vie"),
        "giro-consegne": (
            "mettere in fila gli indirizzi della giornata",
            "organizzare il percorso dei clienti",
        ),
        "incasso-contrassegni": (
            "prendere i soldi sulla porta di casa",
            "ritirare i soldi dei pacchi",
        ),
        "prova-consegna": ("far firmare sullo schermo", "fotografare il pacco lasciato"),
        "orientamento-al-cliente": ("mettere a suo agio chi compra", "ascoltare chi compra"),
        "puntualita": ("non far aspettare nessuno", "essere lì cinque minuti prima"),
        # shop
        "comunicazione": ("trovare le parole giuste con chiunque", "farmi capire bene"),
        "uso-cassa": ("battere i conti", "stare alla barriera"),
        "vendita-al-dettaglio": ("servire chi entra", "stare in bottega con la gente"),
        "vendita-assistita": ("seguire chi entra fino all'acquisto", "capire cosa cerca chi entra"),
        "consiglio-al-cliente": (
            "dare un parere su taglie e modelli",
            "suggerire l'articolo giusto",
        ),
        "allestimento-vetrine": (
            "rifare i manichini a ogni stagione",
            "preparare l'esterno del negozio",
        ),
        "esposizione-merce": (
            "mettere in mostra gli articoli",
            "mettere bene in vista le offerte della settimana",
        ),
        "fidelizzazione": ("far fare la carta del negozio", "far tornare le persone"),
        "incasso-pagamenti": ("prendere contanti e carte", "chiedere se contanti o carta"),
        "prezzatura": (
            "scrivere su ogni articolo quanto costa",
            "cambiare i cartellini delle offerte",
        ),
        "resi-e-cambi": ("riprendere la roba difettosa", "fare i buoni a chi riporta"),
        "rifornimento-scaffali": (
            "riempire i buchi in corsia",
            "caricare le corsie la mattina presto",
        ),
        "rotazione-prodotti": ("mettere davanti quello che scade prima", "guardare le date"),
        "senso-ordine": ("lasciare tutto a posto", "tenere la postazione in riga"),
        "scarico-merce-negozio": ("svuotare i roll", "portare i roll in corsia"),
        "controllo-prezzi": (
            "verificare che il cartellino corrisponda",
            "girare le corsie coi cartellini",
        ),
        "pulizia-negozio": ("dare una pulita prima di chiudere", "tenere bella la corsia"),
        "maneggio-denaro": (
            "non perdere per strada un centesimo",
            "avere in mano i soldi della giornata",
        ),
        "chiusura-cassa": ("la sera far tornare i soldi col rotolo", "fare la zeta"),
        "casse-automatiche": ("aiutare chi fa da solo il conto", "sorvegliare le self"),
        "imbustare-la-spesa": ("riempire i sacchetti", "aiutare a mettere nelle borse"),
        # office
        "archiviazione-documenti": (
            "mettere ogni foglio nel suo raccoglitore",
            "scansionare e dare un nome ai file",
        ),
        "office": (
            "scrivere e impaginare al computer",
            "il programma per scrivere e quello per le tabelle",
        ),
        "pratiche-amministrative": ("sbrigare le carte", "seguire le scartoffie fino alla firma"),
        "centralino": ("dire chi è in linea e passarlo", "smistare chi chiama"),
        "excel": ("fare tabelle con le somme", "fogli con filtri e pivot"),
        "fotocopie": ("stampare e rilegare", "fare i fascicoli"),
        "gestionale": ("usare il programma che ha la ditta", "caricare gli articoli a sistema"),
        "gestione-corrispondenza": ("aprire e smistare le buste", "preparare le raccomandate"),
        "inserimento-dati": (
            "battere le schede a terminale",
            "copiare a video quello che c'è sui fogli",
        ),
        "posta-elettronica": (
            "rispondere ai messaggi in arrivo",
            "tenere vuota la casella dei messaggi",
        ),
        "compilazione-moduli": (
            "scrivere nelle caselle per chi non ci riesce",
            "preparare le domande da firmare",
        ),
        "contabilita": ("seguire i registri della ditta", "tenere i libri"),
        "fatture-fornitori": (
            "mettere dentro i documenti passivi",
            "controllare quello che si deve pagare",
        ),
        "partita-doppia": ("scrivere in dare e avere", "registrare nei mastri"),
        "prima-nota": ("segnare giorno per giorno cosa entra e cosa esce", "tenere il brogliaccio"),
        "fatturazione": ("mandare il dovuto ai clienti a fine mese", "emettere i documenti attivi"),
        "riconciliazione-bancaria": ("spuntare l'estratto conto", "far tornare la banca"),
        "scadenzario": ("ricordare chi deve pagare e quando", "tenere il calendario delle rate"),
        "solleciti-pagamento": ("chiamare chi non salda", "scrivere a chi è in ritardo"),
        "adempimenti-iva": (
            "preparare i conti trimestrali per lo studio",
            "mandare le comunicazioni periodiche",
        ),
        "software-contabilita": (
            "usare il programma dello studio",
            "registrare a terminale i movimenti",
        ),
    }
)
