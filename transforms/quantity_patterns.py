"""The grammar of quantities as regular expressions: numbers, units, calendars, amounts, dates, and what is
none."""

from __future__ import annotations

import re

NUMBER_WORDS = (
    "un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|vingts|trente|"
    "quarante|cinquante|soixante|cent|cents|mille|million|millions|et|one|two|three|four|five|seven|eight|nine|ten|eleven|"
    "twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    "ninety|hundred|thousand|and|half|a"
)
OPENING_WORDS = "|".join(
    word
    for word in NUMBER_WORDS.split("|")
    if word not in {"et", "and", "a", "million", "millions", "cents", "vingts"}
)
DIGITS = r"\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
WORDS = rf"(?:{OPENING_WORDS})\b(?:[\s-]+(?:{NUMBER_WORDS})\b)*"
# "within a month" is a duration, "a month" after a price is not.
A_TIME = (
    r"(?:(?<=for )|(?<=within )|(?<=least )|(?<=than )|(?<=after ))"
    r"a(?=\s(?:full\s|calendar\s)?(?:week|month|year)\b)"
)
NUMBER = rf"(?:(?<![\d.,/])(?:{DIGITS})|\b{WORDS}|{A_TIME})"
VALUE = rf"{NUMBER}(?:\s*\(\s*(?:{DIGITS}|{WORDS})\s*(?:%|e|ème)?\s*\))?"
SCALE = r"(?:\s?(?:millions?|thousand|milliers|milliards?|billion|k|m)\b(?:\s+(?:d['’]|of\s))?)?"

OR_MORE = r"(?:\s+(?:or|ou)\s+(?:more|fewer|less|plus|moins))?"

UNITS: dict[str, str] = {
    "day": r"jours?|days?|tage?n?|dagen|dag|giorni|giorno|d[ií]as?",
    "week": r"semaines?|weeks?|wochen?|weken|settimane|semanas?",
    "month": r"mois|months?|monate?n?|maanden|maand|mesi|mese|meses",
    "year": r"années?|ans?|years?|jahre?n?|jaar|anni|anno|años?",
    "hour": r"heures?|hours?|h\b|stunden?|uur|uren|ore|horas?",
    "minute": r"minutes?|minuten|minuti|minutos?",
    "percent": r"%|pour\s?-?cents?\b|per\s?cent\b|percent\b|prozent\b|procent\b|percento\b|por\s?ciento\b",
    "EUR": r"€|euros?\b|eur\b",
    "USD": r"us\s?\$|usd\b|(?:us\s)?dollars?\b|\$",
    "GBP": r"£|gbp\b|(?:british\s)?pounds?(?:\ssterling)?\b|livres?\ssterling\b",
    "SEK": r"sek\b|kr\b|swedish\skron(?:a|or)\b|couronnes?\ssuédoises?\b",
    "PLN": r"pln\b|polish\sz[łl]oty\b|zł\b|z[łl]oty\b",
    "CHF": r"chf\b|francs?\ssuisses?\b",
    "CNY": r"cny\b|rmb\b|yuans?\b",
    "item": (
        r"commandes?|orders?|avis|reviews?|fois|times|occurrences?|ventes?|sales|offres?|listings?|annonces?|salariés?|"
        r"employees?|médiateurs?|mediators?|articles?\svendus|items?|units?|unités?|points?|étoiles?|stars?|infractions?|"
        r"violations?|strikes?|avertissements?|warnings?|produits?|products?|litiges?|disputes?|crit[èe]res?|criteria|"
        r"options|comptes|accounts?|cr[ée]dits|images?|photos?|photographies|relances?|reminders?|"
        r"annulations?|cancellations?|retours|attempts?|tentatives?|boutiques|shops|stores|caract[èe]res|"
        r"characters|mots|words|r[ée]servations|bookings|courses|nuits|nights|schedules|tours?|"
        r"personnes|participants|exemplaires|copies|langues|languages|cat[ée]gories|categories|refus"
    ),
}
CALENDARS: dict[str, str] = {
    "business": r"ouvrées?|ouvrés|business|banking|bank",
    "working": r"ouvrables?|working|work",
    "clear": r"francs|clear",
    "calendar": r"calendaires?|calendar|kalender",
}
QUALIFIER = "|".join(
    [*CALENDARS.values(), r"consécutifs|consécutives|consecutive|glissants|pleins|entiers|full|natural"]
)
CURRENCIES = tuple(unit for unit in UNITS if unit.isupper())
UNIT = "|".join(f"(?P<{name}>{forms})" for name, forms in UNITS.items())
TIME_UNIT = "|".join(UNITS[name] for name in ("day", "week", "month", "year", "hour", "minute"))

MEASURE = re.compile(
    rf"(?P<low>{VALUE})(?:(?:\s*(?:-|–|à|to|or|ou|et|and)\s*|\s*%\s*(?:-|–|à|to)\s*)(?P<high>{VALUE}))?{SCALE}{OR_MORE}\s*(?:-\s?)?"
    rf"(?:(?P<before>{QUALIFIER})[\s-]+){{0,2}}(?:{UNIT})(?!\w)['’]?(?:\s+(?P<after>{QUALIFIER})(?!\w))?",
    re.IGNORECASE,
)
AMOUNT = re.compile(
    rf"(?P<currency>€|£|us\s?\$|\$|\b(?:eur|usd|gbp|sek|kr|pln|chf|cny|rmb))\s?(?P<low>{DIGITS})(?P<scale>{SCALE})",
    re.IGNORECASE,
)
MONTHS = (
    "janvier|january|januar|janv",
    "février|fevrier|february|februar|feb",
    "mars|march|märz",
    "avril|april|apr",
    "mai|may",
    "juin|june|juni",
    "juillet|july|juli",
    "août|aout|august|aug",
    "septembre|september|sept",
    "octobre|october|oktober|oct",
    "novembre|november|nov",
    "décembre|decembre|december|dezember|dec",
)
MONTH = "|".join(MONTHS)
DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\.?\s+(?:of\s)?(?P<month>{MONTH})\.?,?\s+(?P<year>(?:19|20)\d\d))"
    rf"|(?:(?P<month2>{MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>(?:19|20)\d\d))"
    r"|(?:(?<![\d.,/])(?P<day3>[0-3]?\d)(?P<mark>[./-])(?P<month3>[01]?\d)(?P=mark)(?P<year3>(?:19|20)\d\d)(?!\d))"
    r"|(?:(?<!\d)(?P<year4>(?:19|20)\d\d)-(?P<month4>[01]\d)-(?P<day4>[0-3]\d)(?!\d))",
    re.IGNORECASE,
)
# "the 15th of each month": a date without year, whose value is the day.
DAY_OF_MONTH = re.compile(
    r"\b(?P<day>[0-3]?\d)(?:er|st|nd|rd|th|ème|e)?\s+(?:(?:day\s)?of\s(?:each|every|the\s(?:following|next))\smonth|"
    r"(?:de\schaque|du)\smois(?:\ssuivant)?)\b",
    re.IGNORECASE,
)
# Not facts: clock times, round-the-clock, ages, references to articles and numbered texts, a company's capital,
# telephone numbers.
NO_FACT = re.compile(
    r"(?<!sous )(?<!dans les )(?<!délai de )(?<!within )(?<!moins de )(?<!plus de )(?<!durée de )(?<!under )"
    r"\b\d{1,2}\s?h(?:\s?\d{2})?\b(?!\s?ouvr|\s(?:avant|après|before|after)\b)|"
    r"\b(?:avant|à)\s\d{1,2}\sheures(?:\s\d{2}(?:\sminutes)?)?\b|\b\d{1,2}:\d{2}\b|\b\d{1,2}(?:[.:]\d{2})?\s?[ap]\.?m\b\.?"
    r"|\b\d\s?j(?:ours)?\s?(?:/|sur)\s?7\b|\b24\s?(?:h|heures|hours)?\s?(?:/|sur)\s?(?:24|7)\b|\b7\s?days\sa\sweek\b"
    r"|\bdays?\s+(?:a|per)\s+week\b|\b(?:articles?|art\.|section|clause|paragraph|annexe|annex|schedule|n°)\s*[A-Z]?\.?\s?"
    r"\d[\d.\-]*"
    r"|\b(?:capital(?: social)?(?: variable)? (?:de|of)|share capital of|stammkapital von)\s+"
    r"(?:[a-z]{3}\s?|[€£$]\s?)?\d"
    r"|(?:\+|\b00)\d[\d\s().-]{7,}\d|\b0\d(?:[\s.-]\d{2}){4}\b|\b\d{4}/\d{1,4}(?:/[A-Z]{2,3})?\b|\b(?:19|20)\d\d-\d{2,4}\b",
    re.IGNORECASE,
)
AGE = re.compile(r"(?:âgée?s?|aged?|ages?|majeur\w*|mineur\w*|minor\w*)\b[^.;]{0,40}$", re.IGNORECASE)
AGE_AFTER = re.compile(r"^\s*(?:old|of age|d['’]âge|révolus|or older|and older|et plus et)", re.IGNORECASE)
COMPARATORS: tuple[tuple[str, str], ...] = (
    (
        "at least",
        r"(?:égale?s? ou supérieure?s?|supérieure?s? ou égale?s?|greater than or equal|"
        r"equal to or (?:greater|more))",
    ),
    ("at most", r"(?:inférieure?s? ou égale?s?|less than or equal|equal to or less)"),
    (
        "at least",
        r"(?:au moins|au minimum|minim\w+|at least|no less than|not less than|no fewer than|a minimum)",
    ),
    (
        "at most",
        r"(?:au plus(?: tard)?|au maximum|maxim\w+|jusqu['’]à|at most|up to|no (?:more|later|longer) than|"
        r"not (?:exceed|more than)|within|dans (?:les|un délai)|sous|d['’]ici|n['’]excèd\w+|"
        r"ne (?:pourra|peut) excéder)",
    ),
    (
        "more than",
        r"(?:plus de|supérieure?s?|excéd\w+|excède|dépass\w+|more than|over|exceed\w*|greater|above|"
        r"longer than)",
    ),
    ("less than", r"(?:moins de|inférieure?s?|less than|under|below|fewer than)"),
    ("from", r"(?:à partir de|à compter de|dès|from|starting)"),
)
COMPARED = tuple(
    (name, re.compile(rf"\b{form}(?:\s+(?:à|de|d['’]|than|to|of|a|period|délai)){{0,3}}\s*$", re.IGNORECASE))
    for name, form in COMPARATORS
)
COMPARED_AFTER = (
    ("at least", re.compile(r"^\s*(?:ou plus|or more|minimum|au moins|at least|and above)", re.IGNORECASE)),
    ("at most", re.compile(r"^\s*(?:ou moins|or less|maximum|au plus|or fewer)", re.IGNORECASE)),
)
EVERY = re.compile(
    rf"\b(?:any|each|every|chaque|tout|toute|per|par)\s+(?P<unit>{TIME_UNIT})\b", re.IGNORECASE
)
