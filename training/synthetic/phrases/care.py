"""How people who care, clean, cook and serve say what they can do."""

from collections.abc import Mapping
from types import MappingProxyType

CARE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # care
        "assistenza-anziani": (
            "stare con una signora di 90 anni",
            "stare dietro a due nonni",
            "guardare un vecchietto",
        ),
        "compagnia": ("far passare la giornata", "fare due chiacchiere e la passeggiata"),
        "igiene-persona": (
            "tenere pulito chi non ce la fa più",
            "insaponare e asciugare la signora",
            "aiutare in bagno",
        ),
        "preparazione-pasti": (
            "stare ai fornelli per la famiglia",
            "pensare ogni giorno a qualcosa di caldo",
            "far trovare pronto a mezzogiorno",
        ),
        "accompagnamento-visite": (
            "aspettare con la persona fuori dall'ambulatorio",
            "andare insieme dal dottore",
        ),
        "assistenza-convivenza": (
            "vivere in casa con la persona",
            "restare a vivere dalla signora",
        ),
        "assistenza-notturna": ("alzarsi quando chiama", "sentire se di notte ha bisogno"),
        "demenza-alzheimer": ("persone che non ricordano più", "chi perde la memoria"),
        "empatia": (
            "sentire quello che sente l'altro",
            "avere cuore",
            "capire come sta una persona",
        ),
        "mobilizzazione": (
            "tirare su chi non ce la fa",
            "voltare su un fianco chi sta fermo",
            "spostare una persona senza farle male",
        ),
        "promemoria-farmaci": ("non far dimenticare la compressa", "dare le gocce all'ora giusta"),
        "pulizie-domestiche": (
            "tirare a lucido l'appartamento",
            "far sparire il disordine in casa",
            "dare una rassettata dappertutto",
        ),
        "spesa-commissioni": ("andare al mercato e in posta", "girare per negozi"),
        "aiuto-pasti": ("stare vicino mentre mangia", "dare il cucchiaio"),
        "qualifica-oss": ("titolo regionale da mille ore", "abilitazione regionale all'assistenza"),
        "assistenza-allettati": ("chi non si alza più", "persone che non si possono più tirare su"),
        "diario-assistenziale": (
            "lasciare scritto com'è andata la notte",
            "segnare tutto per il turno dopo",
        ),
        "lavoro-equipe": (
            "trovarsi bene coi colleghi del nucleo",
            "lavorare insieme a infermieri e medici",
        ),
        "parametri-vitali": (
            "contare i battiti e guardare se c'è febbre",
            "segnare i valori sul foglio",
        ),
        "prevenzione-piaghe": ("cambiare posizione ogni due ore", "curare la pelle"),
        "unita-malato": (
            "tenere a posto il comodino dell'ospite",
            "cambiare le lenzuola con l'ospite dentro",
        ),
        "vestizione": ("mettere e togliere gli abiti", "preparare la signora la mattina"),
        "babysitting": ("tenere i piccoli", "guardare due gemelli"),
        "cura-quotidiana-bambini": (
            "cambio, merenda e riposino",
            "far mangiare e addormentare i piccoli",
        ),
        "gioco-bambini": ("fare costruzioni e girotondi coi piccoli", "far divertire i piccoli"),
        "aiuto-compiti": ("stare dietro ai libri il pomeriggio", "far ripetere la lezione"),
        "accompagnamento-scuola": (
            "fare da casa all'asilo e ritorno",
            "aspettare fuori dalle elementari",
        ),
        "cura-neonati": ("latte e ruttino", "stare coi piccoli di pochi mesi"),
        "lavaggio-biancheria": ("mettere su i bianchi e i colorati", "stendere e piegare"),
        "rifacimento-letti": ("cambiare le lenzuola", "tirare le coperte"),
        "stiro": ("passare le camicie col vapore", "dare il ferro"),
        "affidabilita": ("potete lasciarmi le chiavi", "mantenere la parola", "essere di fiducia"),
        "autonomia": ("non serve starmi dietro", "sapere cosa fare senza che lo dicano"),
        "riservatezza": ("non raccontare fuori", "tenere per sé quello che si vede"),
        # cleaning
        "detergenti": ("sapere quale flacone usare", "diluire nel secchio senza sbagliare"),
        "lavaggio-pavimenti": ("dare giù l'acqua per terra", "dare lo straccio per terra"),
        "pulizia-ambienti": (
            "lasciare i locali in ordine",
            "far trovare tutto pulito a chi arriva la mattina",
        ),
        "pulizia-bagni": ("fare i sanitari", "far brillare lavandini e docce"),
        "aspirapolvere": ("togliere lo sporco dai tappeti", "tirare su lo sporco dalle moquette"),
        "lavasciuga": (
            "portare la macchina che lava per terra",
            "macchina uomo a terra nei corridoi",
        ),
        "pulizia-scale": ("fare i condomini", "dare ai gradini una volta a settimana"),
        "pulizia-uffici": ("fare gli studi la sera", "vuotare i cestini e passare le scrivanie"),
        "pulizia-vetri": ("far tornare trasparenti le finestre", "tirare il tergi"),
        "rifiuti-pulizie": (
            "vuotare i bidoni prima che passi il camion",
            "dividere carta e plastica",
        ),
        "sanificazione": ("passare il cloro su maniglie e tasti", "trattare le superfici toccate"),
        "spolveratura": ("passare i mobili col panno", "dare il panno"),
        # kitchen
        "preparazione-ingredienti": (
            "pesare e tagliare prima del servizio",
            "avere tutto tagliato prima di mezzogiorno",
        ),
        "pulizia-cucina": (
            "lasciare i fuochi che brillano a fine servizio",
            "lasciare la brigata in ordine",
        ),
        "coltelli-cucina": (
            "tagliare sottile senza guardare",
            "fare a pezzi un pollo in due minuti",
        ),
        "conservazione-alimenti": (
            "segnare la data su ogni vaschetta",
            "girare i prodotti in cella",
        ),
        "haccp": ("tesserino per gli alimenti rinnovato", "corso per chi tocca il cibo"),
        "igiene-alimentare": (
            "capelli raccolti e guanti puliti",
            "tenere lontano il crudo dal cotto",
        ),
        "lavaggio-stoviglie": ("stare al lavandino con la spugna", "fregare teglie e padelle"),
        "lavoro-in-squadra": ("tirare tutti dalla stessa parte", "aiutarsi tra colleghi"),
        "linea-cucina": ("tenere una partita", "uscire coi primi"),
        "porzionatura": ("mettere la stessa quantità in ogni piatto", "pesare le razioni"),
        "verdure-contorni": ("pulire carciofi e zucchine", "insalate e patate"),
        "lavastoviglie": ("caricare i cestelli", "usare la macchina a capotta"),
        "pulizia-attrezzature-cucina": (
            "smontare il forno e togliere l'unto",
            "togliere l'unto da griglie e filtri",
        ),
        "derrate-cucina": (
            "mettere via quello che arriva per la cucina",
            "ritirare i fornitori della cucina",
        ),
        "comande": (
            "segnare sul blocchetto cosa vogliono mangiare",
            "portare i foglietti in cucina",
        ),
        "mise-en-place": ("preparare tovaglie e bicchieri", "mettere giù posate prima del turno"),
        "servizio-tavoli": ("reggere tre portate sul braccio", "servire chi è seduto"),
        "banchetti": ("matrimoni e cresime", "fare le cerimonie la domenica"),
        "conto-clienti": ("portare il totale e salutare", "far pagare a fine pasto"),
        "palmare-comande": (
            "segnare i piatti sullo schermo, niente carta",
            "mandare in cucina col dispositivo",
        ),
        "presentazione-menu": ("dire cosa c'è di buono oggi", "raccontare la carta"),
        "sbarazzo-tavoli": ("togliere i piatti sporchi", "liberare e ripulire per i prossimi"),
        "servizio-bevande": ("stappare e versare", "portare acqua e vino"),
        "stoviglie-posate": ("passare i calici col panno", "rimettere in ordine piatti e tazze"),
        "riassetto-camere": (
            "rimettere in ordine dopo che l'ospite parte",
            "preparare il piano per chi arriva",
        ),
        "gestione-biancheria": (
            "contare lenzuola e asciugamani",
            "portare giù lo sporco dei piani",
        ),
        "rifornimento-camere": (
            "rimettere saponi e bottigliette",
            "rimettere bagnoschiuma e ciabattine",
        ),
        "distribuzione-pasti": ("servire al self", "riempire i vassoi ai bimbi"),
        "allergeni": (
            "evitare che il latte finisca nel piatto sbagliato",
            "sapere chi non può mangiare cosa",
        ),
        "diete-speciali": (
            "vassoi a parte per chi non può il glutine",
            "piatti diversi per chi è malato",
        ),
        "rigenerazione-pasti": ("scaldare le monoporzioni", "rimettere a temperatura le teglie"),
        "ristorazione-collettiva": ("cucine di scuole e aziende", "trecento coperti a mezzogiorno"),
    }
)
