"""Words that name health, union, belief, origin or convictions wherever they stand.

Two nets are made of them, which must differ: :mod:`matching.hub.sensitive` looks where somebody
tells of herself, and keeps a whole document apart; :mod:`matching.hub.forbidden_matters` looks
anywhere in a sentence that a company writes or would read, and leaves that one out. What is
ambiguous elsewhere (*fede*, *pena*, *operata*) is of the first alone; what a company may not choose
by and nearly every CV has (age, family, an ill relative, citizenship) is of the second alone.

Patterns work on plain text (lower case, no accents); each alternative begins with a word and says
by itself where it ends.
"""

HEALTH = (
    r"invalid\w*|inabil\w*|handicap\w*|mutilat\w*|dislessi\w*|epiless\w*|epilett\w*|diabet\w*"
    r"|celiac[oa]\b|ipertes\w*|autis(?:mo|tic)\w*|depress\w*|cardiopat\w*|asma\b|asmatic\w*|sclerosi\b"
    r"|ipovedent\w*|ipoacus\w*|non (?:vedent|udent)\w*|sord[oaie]\b|sordomut\w*|ciec[oa]\b"
    r"|zopp\w*|in carrozzina\b|sedia a rotelle\b|stampell\w*|protesi\b|leucemi\w*|tumor[ei]\b"
    r"|malatti[ae]\b|salute\b|convalescen\w*|ricover\w*|chemioterapi\w*|dialisi\b"
    r"|terapi[ae]\b|categori[ae] protett\w*|collocamento (?:mirato|obbligatorio)\b"
    r"|(?:legge|l\.?|art\.?|l[ae]) ?(?:n\.? ?)?(?:68|104)\b"
    r"|tossicod\w*|alcol(?:is|izz|dipend)\w*|dipendenza da\b|ser[dt]\b|comunita terap\w*"
)
UNION = (
    r"sindaca\w*|cgil\b|cisl\b|uil\b|ugl\b|usb\b|cobas\b|rsu\b|fiom\b|fim\b|uilm\b|filt\b"
    r"|filcams\b|fisascat\b|scioper\w*"
)
BELIEF = (
    r"religio\w*|cattolic\w*|mus+ulman\w*|islam\w*|ortodoss\w*|evangelic\w*|cristian[oaei]\b"
    r"|protestant\w*|pentecostal\w*|avventist\w*|geova\b|ebre[oai]\b|ebraic\w*|buddis\w*"
    r"|indu(?:is[tm]\w*)?\b|sikh\b|ateo\b|atea\b|agnostic\w*|mosche[ae]\b|chiesa\b|parrocchi\w*"
    r"|sinagog\w*|il velo\b|hijab\b|turbant\w*"
)
ORIGIN = (
    r"etni[ae]\b|etnic\w*|origin[ei]\b(?! animal| veget| controll)|originari[oa]\b"
    r"|richiedent[ei] (?:asilo|protezione)\b|asilo politico\b|rifugiat\w*|profug\w*"
    r"|protezione (?:internaz|sussid|umanit|speciale|temporanea)\w*"
)
CONVICTIONS = (
    r"carcer\w*|detenut\w*|detenzion\w*|galer[ae]\b|galeott\w*|prigion\w*|reclus\w*|fedina\b"
    r"|condann\w*|pregiudicat\w*|incensurat\w*|arrest[oi] domiciliar\w*|arrestat\w*|semiliberta\b"
    r"|casellario\b|(?:precedent[ei]|caric[oh]i?|pendenze|process[oi]|procediment\w) "
    r"(?:penal|pendent)\w*|affidamento in prova\b|messa alla prova\b"
)
