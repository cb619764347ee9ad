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
        "ricevimento-merci": ("prendere in carico i corrieri", "aprire gli arrivi la mattina"),
        "stoccaggio": ("mettere a posto negli scaffali alti", "dare il posto a ogni articolo"),
        "ddt": ("preparare le carte per l'autista", "controllare le carte di viaggio"),
        "imballaggio": ("chiudere i pacchi", "fare i cartoni", "mettere in scatola gli articoli"),
        "inventario": ("contare le giacenze", "verificare quanto ce n'è davvero"),
        "lettore-codici-a-barre": (
            "bippare gli articoli",
            "leggere i colli col raggio",
            "pistola radio",
        ),
        "patentino-muletto": (
            "tesserino del carrello in regola",
            "abilitazione ai carrelli semoventi",
        ),
        "preparazione-spedizioni": (
            "far partire la roba",
            "mettere insieme le partenze della sera",
        ),
        "transpallet": ("tirare i carichi a mano", "girare col carrellino elettrico"),
        "uso-muletto": ("portare il carrello a forche", "alzare con le forche", "mulettare"),
        "wms": ("scaricare dal computer le ubicazioni", "seguire il sistema sul terminale"),
        "carico-automezzi": ("riempire i bilici senza rompere", "sistemare i colli nel cassone"),
        "carrello-retrattile": ("lavorare nelle corsie strette", "prendere a dieci metri"),
        "controllo-muletto": (
            "mettere in carica la macchina a fine turno",
            "guardare forche e freni",
        ),
        "filmatura-pallet": ("mettere la pellicola attorno", "girare il cellofan"),
        "pallettizzazione": ("tirare su pile dritte", "incrociare gli strati"),
        "magazzino-refrigerato": ("lavorare sotto zero", "stare nel freddo con la giacca termica"),
        "etichettatura": ("attaccare i bollini", "mettere le scritte sui colli"),
        "copacking": ("mettere insieme le promozioni", "preparare espositori e multipli"),
        "pesatura": ("mettere sulla bilancia ogni scatola", "fare le pesate"),
        # van
        "consegna-merci": ("portare i pacchi a domicilio", "suonare e far firmare"),
        "guida-furgone": ("stare al volante del Ducato", "portare il daily"),
        "conoscenza-strade": ("conoscere bene la zona", "sapere tutte le vie"),
        "giro-consegne": ("cento fermate al giorno", "organizzare il percorso dei clienti"),
        "incasso-contrassegni": (
            "incassare sulla porta di casa",
            "ritirare i soldi dei pacchi",
        ),
        "prova-consegna": ("far firmare sul palmare", "fotografare il pacco lasciato"),
        "orientamento-al-cliente": ("saper trattare la gente", "ascoltare chi compra"),
        "puntualita": ("arrivare sempre in orario", "mai un ritardo"),
        # shop
        "comunicazione": ("saper parlare con tutti", "farmi capire bene"),
        "uso-cassa": ("battere i conti", "stare alla barriera"),
        "vendita-al-dettaglio": ("servire chi entra", "stare dietro al banco"),
        "vendita-assistita": ("seguire chi entra fino all'acquisto", "capire cosa cerca chi entra"),
        "consiglio-al-cliente": (
            "dare un parere su taglie e modelli",
            "suggerire l'articolo giusto",
        ),
        "allestimento-vetrine": ("vestire i manichini", "preparare l'esterno del negozio"),
        "esposizione-merce": ("mettere in mostra gli articoli", "sistemare le isole promozionali"),
        "fidelizzazione": ("far fare la tessera punti", "far tornare le persone"),
        "incasso-pagamenti": ("prendere contanti e carte", "riscuotere alla barriera"),
        "prezzatura": ("mettere i cartellini", "cambiare i cartellini delle offerte"),
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
        "maneggio-denaro": ("avere il fondo in consegna", "avere in mano l'incasso"),
        "chiusura-cassa": ("quadrare l'incasso la sera", "fare la zeta"),
        "casse-automatiche": ("aiutare chi fa da solo il conto", "sorvegliare le self"),
        "imbustare-la-spesa": ("riempire i sacchetti", "aiutare a mettere nelle borse"),
        # office
        "archiviazione-documenti": (
            "mettere a posto i faldoni",
            "scansionare e dare un nome ai file",
        ),
        "office": ("scrivere e impaginare al computer", "il pacchetto di scrittura e tabelle"),
        "pratiche-amministrative": ("sbrigare le carte", "seguire le scartoffie fino alla firma"),
        "centralino": ("dire chi è in linea e passarlo", "smistare chi chiama"),
        "excel": ("fare tabelle con le somme", "fogli con filtri e pivot"),
        "fotocopie": ("stampare e rilegare", "fare i fascicoli"),
        "gestionale": ("lavorare sul programma aziendale", "caricare gli articoli a sistema"),
        "gestione-corrispondenza": ("aprire e smistare le buste", "preparare le raccomandate"),
        "inserimento-dati": ("battere le schede a terminale", "caricare gli ordini a video"),
        "posta-elettronica": ("rispondere ai messaggi in arrivo", "stare dietro alle mail"),
        "compilazione-moduli": (
            "riempire i moduli per gli altri",
            "preparare le domande da firmare",
        ),
        "contabilita": ("seguire i registri della ditta", "tenere i libri"),
        "fatture-fornitori": (
            "mettere dentro i documenti passivi",
            "controllare quello che si deve pagare",
        ),
        "partita-doppia": ("scrivere in dare e avere", "registrare nei mastri"),
        "prima-nota": ("segnare entrate e uscite ogni giorno", "tenere il brogliaccio"),
        "fatturazione": ("mandare il dovuto ai clienti a fine mese", "emettere i documenti attivi"),
        "riconciliazione-bancaria": ("spuntare l'estratto conto", "far tornare la banca"),
        "scadenzario": ("ricordare chi deve pagare e quando", "tenere il calendario delle rate"),
        "solleciti-pagamento": ("telefonare a chi non paga", "scrivere a chi è in ritardo"),
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
