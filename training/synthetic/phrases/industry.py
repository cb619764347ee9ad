"""How people in workshops, on building sites and in mills say what they can do."""

from collections.abc import Mapping
from types import MappingProxyType

INDUSTRY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # workshop
        "calibro-micrometro": ("tenere il centesimo su ogni pezzo", "controllare le quote a mano"),
        "lavorazioni-meccaniche": ("fare i pezzi in officina", "ricavare particolari dal pieno"),
        "macchine-utensili": (
            "stare alla macchina in officina",
            "far girare le macchine del reparto",
        ),
        "attrezzaggio-macchine": (
            "cambiare produzione sulla macchina",
            "mettere ganasce e battute per la serie dopo",
        ),
        "carico-scarico-macchine": ("mettere e togliere i pezzi", "servire la macchina col grezzo"),
        "carroponte": (
            "muovere i fasci di barre dalla pulsantiera",
            "far viaggiare le barre appese al gancio",
        ),
        "controllo-dimensionale": ("verificare che le quote tornino", "misurare ogni tot pezzi"),
        "foratura": ("bucare il ferro dove è segnato", "bucare le piastre"),
        "lettura-disegno": (
            "capire dal foglio com'è fatto il pezzo",
            "lavorare col foglio delle quote davanti",
        ),
        "sbavatura": ("togliere gli spigoli vivi", "ripassare i bordi con la lima"),
        "uso-dpi": (
            "lavorare sempre con scarpe e guanti",
            "mettersi sempre gli occhiali e i tappi",
        ),
        "lavoro-a-turni": ("fare sia la mattina sia la notte", "seguire la rotazione del reparto"),
        "molatura": ("mangiare il ferro in più col disco", "lisciare i cordoni"),
        "saldatura": ("unire le lamiere a caldo", "attaccare ferro con ferro a caldo"),
        "carpenteria-metallica": (
            "dal tubo al lavoro finito, tutto in ferro",
            "mettere in piedi lo scheletro di un capannone",
        ),
        "saldatura-mig-mag": ("lavorare con la torcia a gas e bobina", "cordoni col filo animato"),
        "saldatura-tig": ("cordoni fini su acciaio lucido", "giunti a vista su tubo sottile"),
        "saldatura-elettrodo": ("lavorare con le bacchette", "cordoni a bacchetta"),
        "preparazione-lembi": ("fare lo smusso prima di unire", "preparare i bordi delle lamiere"),
        "macchine-cnc": (
            "far lavorare il centro col programma",
            "dare il via al ciclo e tenere d'occhio lo schermo",
        ),
        "azzeramento-pezzo": (
            "dire alla macchina da dove si parte",
            "trovare i riferimenti sul grezzo",
        ),
        "cambio-utensili": ("sostituire gli inserti consumati", "girare le placchette"),
        "programmazione-cnc": ("scrivere il part program", "correggere i codici G"),
        "tolleranze": ("stare dentro i due centesimi", "rispettare le quote strette"),
        "tornitura-cnc": ("lavorare di tondo a programma", "barre in automatico dal caricatore"),
        "assemblaggio": ("mettere insieme i pezzi", "comporre i gruppi finiti"),
        "avvitatura": ("stringere le viti a coppia", "usare la pistola pneumatica per le viti"),
        "manualita": (
            "cavarsela bene con le mani",
            "dita che non tremano",
            "lavorare di fino con le dita",
        ),
        "assemblaggio-meccanico": ("accoppiare ingranaggi e alberi", "calettare alberi e bussole"),
        "catena-di-montaggio": (
            "fare la propria parte mentre il pezzo passa",
            "non restare indietro quando il nastro corre",
        ),
        "controllo-visivo": (
            "guardare che non ci siano difetti",
            "mettere da parte quelli venuti male",
        ),
        "lettura-istruzioni": (
            "fare passo per passo quello che dice il foglio",
            "capire gli schemini del reparto",
        ),
        "minuteria-metallica": ("lavorare con viti, dadi e rondelle", "pezzi piccoli in ferro"),
        # maintenance
        "manutenzione-macchinari": ("tenere in marcia gli impianti", "sistemare le linee ferme"),
        "manutenzione-meccanica": (
            "mettere mano agli organi in movimento",
            "rifare boccole e perni",
        ),
        "ricerca-guasti": ("capire perché si ferma", "trovare dove sta il problema"),
        "riparazione-macchinari": (
            "rimettere in funzione le macchine rotte",
            "aggiustare le presse",
        ),
        "sostituzione-componenti": (
            "cambiare quello che è consumato",
            "mettere il nuovo al posto di quello rotto",
        ),
        "manutenzione-preventiva": (
            "passare in rassegna gli impianti alle date stabilite",
            "intervenire prima che si rompa",
        ),
        "ingrassaggio": ("dare olio alle macchine", "tenere unte le guide"),
        "oleodinamica": (
            "rimettere a posto i cilindri che trafilano",
            "cambiare i tubi dell'olio che sudano",
        ),
        "smontaggio-macchine": ("aprire e richiudere i gruppi", "tirare giù il motore"),
        "impianti-elettrici": ("fare la corrente nelle case", "tirare su quadri e linee"),
        "posa-cavi": (
            "far correre i fili dentro i muri",
            "portare i fili dal contatore a ogni lampadina",
        ),
        "schemi-elettrici": ("lavorare con lo schema del quadro", "seguire il multifilare"),
        "prese-e-punti-luce": ("mettere lampade e pulsanti", "portare la luce dove serve in casa"),
        "interruttori-protezioni": ("mettere salvavita e differenziali", "sistemare il contatore"),
        "domotica": ("case comandate dal telefono", "luci che si comandano a voce"),
        "citofonia": ("mettere i campanelli col video", "sistemare il campanello"),
        # building site
        "attrezzi-edili": ("lavorare di filo a piombo", "lavorare di staggia e livella"),
        "intonacatura": ("dare la malta ai muri", "tirare il rustico e poi il fino"),
        "muratura": ("fare le pareti un corso dopo l'altro", "venir su dritti coi forati"),
        "preparazione-malta": ("fare la molta", "bagnare e girare la calce"),
        "casseratura": ("armare i getti", "mettere le assi prima del getto"),
        "demolizioni": ("buttare giù quello che va rifatto", "spaccare e portare via"),
        "massetti": (
            "fare il fondo per il pavimento",
            "preparare il piano dove andrà la mattonella",
        ),
        "ponteggi": ("preparare le passerelle per chi sta in facciata", "mettere su tubi e giunti"),
        "posa-piastrelle": (
            "mettere giù bagni e cucine in ceramica",
            "attaccare le mattonelle con le fughe dritte",
        ),
        "ristrutturazioni": (
            "rinnovare una casa da cima a fondo",
            "rimettere a nuovo case vecchie",
        ),
        "sicurezza-cantiere": (
            "casco, scarpe e imbrago sempre",
            "non salire mai senza la cintura agganciata",
        ),
        "lavori-manovalanza": ("dare una mano al capomastro", "passare la roba a chi fa il muro"),
        "pulizia-cantiere": ("non lasciare niente per terra la sera", "caricare i calcinacci"),
        "trasporto-materiali-edili": (
            "far arrivare la roba a chi sta sul ponte",
            "passare i blocchi ai piani",
        ),
        "martello-demolitore": ("usare il rompitore", "spaccare col compressore"),
        "scavi-manuali": ("aprire le tracce per terra", "aprire la terra a forza di braccia"),
        "resistenza-fisica": ("arrivare a sera senza crollare", "avere la schiena buona"),
        "preparazione-pareti": (
            "chiudere i buchi e lisciare prima del colore",
            "chiudere crepe e dare il fondo",
        ),
        "tinteggiatura": ("dare due mani di bianco", "pennello e rullo"),
        "cartongesso": (
            "dividere un locale in due senza mattoni",
            "nascondere i tubi con le lastre",
        ),
        "carta-da-parati": ("rivestire il muro coi rotoli a fiori", "tirare i rotoli al muro"),
        "pitture-decorative": ("finti marmi sui muri", "effetti antichi sui muri"),
        "verniciatura-infissi": ("ridare lo smalto alle imposte", "sistemare le gelosie in legno"),
        # green
        "decespugliatore": ("buttare giù i rovi col filo", "dare una pulita ai fossi"),
        "giardinaggio": ("stare dietro al verde", "tenere bello il parco del condominio"),
        "potatura": ("accorciare i rami", "dare forma alle piante d'inverno"),
        "taglio-erba": ("passare la macchina sul prato", "rasare i giardini"),
        "potatura-siepi": ("pareggiare il lauro", "squadrare il verde di confine"),
        "motosega": ("fare a pezzi le piante cadute", "sezionare i rami grossi"),
        "impianti-irrigazione": (
            "mettere gli ugelli interrati",
            "collegare l'acqua alle ali gocciolanti",
        ),
        "aiuole": ("mettere giù i fiori di stagione", "bordi fioriti"),
        # cloth
        "cucito-a-macchina": ("lavorare alla lineare", "unire i pezzi a punto diritto"),
        "tagliacuci": ("rifinire i bordi a tre fili", "usare la quattro fili"),
        "precisione": ("fare le cose fatte bene", "occhio ai particolari", "pochi scarti"),
        "confezione-capi": ("finire camicie e pantaloni", "montare maniche e colli"),
        "orli-e-riparazioni": ("accorciare gonne e maniche", "far tornare giusto un vestito largo"),
        "asole-e-bottoni": ("fare gli occhielli", "chiudere le abbottonature"),
        "controllo-capi": ("passare in rassegna i finiti prima che partano", "togliere i fili"),
        "conoscenza-tessuti": ("riconoscere cotone, lana e misti", "capire la mano della stoffa"),
        "controllo-tessuti": (
            "passare la pezza allo specchio",
            "segnare buchi e barre della stoffa",
        ),
        "filatura": ("rimettere insieme il filo quando si spezza", "stare ai ring"),
        "tessitura": ("far correre la trama senza fermate", "rimettere la trama quando salta"),
        "roccatura": ("portare il filo sul cono", "cambiare i coni"),
        "finissaggio": ("asciugare e allargare le pezze", "dare la mano giusta alla stoffa finita"),
    }
)
