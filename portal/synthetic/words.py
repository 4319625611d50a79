"""The words that synthetic entries are made of: each in English, Arabic and French."""

from publishing.languages import PAGE_LANGUAGES, column_in

Words = tuple[str, str, str]
LANGUAGES = ("en", "ar", "fr")

# Names of no place on a map; each is a country, and with a direction a town.
NAMES: tuple[Words, ...] = (
    ("Sarhan", "سرحان", "Sarhane"),
    ("Wadi Nur", "وادي نور", "Oued Nour"),
    ("Jabala", "جبالة", "Djebala"),
    ("Tell Amin", "تل أمين", "Tell Amine"),
    ("Rawda", "الروضة", "Raouda"),
    ("Kasr Zayn", "قصر زين", "Ksar Zine"),
    ("Bahira", "البحيرة", "Bahira"),
    ("Dar Salim", "دار سليم", "Dar Salim"),
    ("Ghadir", "الغدير", "Ghadir"),
    ("Marwa", "مروة", "Maroua"),
    ("Nahr Asal", "نهر عسل", "Nahr Assal"),
    ("Qal'at Fajr", "قلعة فجر", "Kalaat Fajr"),
    ("Hisn Bahr", "حصن بحر", "Hosn Bahr"),
    ("Sahl Rih", "سهل ريح", "Sahl Rih"),
    ("Bustan", "البستان", "Boustan"),
    ("Manara", "المنارة", "Manara"),
    ("Shatt Luban", "شط لبان", "Chott Louban"),
    ("Zuhur", "الزهور", "Zouhour"),
    ("Karm Adl", "كرم عدل", "Karm Adl"),
    ("Barr Amal", "بر أمل", "Barr Amal"),
    ("Samaha", "سماحة", "Samaha"),
    ("Yanbu Hakim", "ينبع حكيم", "Yanbou Hakim"),
    ("Tariq Najm", "طريق نجم", "Tarik Najm"),
    ("Lu'lu'a", "لؤلؤة", "Louloua"),
    ("Ard Wafa", "أرض وفاء", "Ard Wafa"),
    ("Khalij Badr", "خليج بدر", "Khalij Badr"),
    ("Jisr Ulfa", "جسر ألفة", "Jisr Oulfa"),
    ("Maydan Haqq", "ميدان حق", "Maydan Hakk"),
    ("Rabwa", "الربوة", "Rabwa"),
    ("Ufuq", "الأفق", "Oufouk"),
)
DIRECTIONS: tuple[Words, ...] = (
    ("North {0}", "شمال {0}", "{0} du Nord"),
    ("South {0}", "جنوب {0}", "{0} du Sud"),
    ("East {0}", "شرق {0}", "{0} de l’Est"),
    ("West {0}", "غرب {0}", "{0} de l’Ouest"),
    ("Old {0}", "{0} القديمة", "{0} la Vieille"),
    ("New {0}", "{0} الجديدة", "{0} la Neuve"),
)
BODIES: tuple[Words, ...] = (
    ("Government of {0}", "حكومة {0}", "Gouvernement de {0}"),
    ("Front of {0}", "جبهة {0}", "Front de {0}"),
    ("Council of {0}", "مجلس {0}", "Conseil de {0}"),
    ("Movement of {0}", "حركة {0}", "Mouvement de {0}"),
    ("Mission to {0}", "البعثة إلى {0}", "Mission à {0}"),
)
THEMES: tuple[Words, ...] = (
    ("Synthetic theme: monitoring", "موضوع اصطناعي: الرصد", "Thème synthétique : surveillance"),
    ("Synthetic theme: prisoners", "موضوع اصطناعي: الأسرى", "Thème synthétique : prisonniers"),
    ("Synthetic theme: aid", "موضوع اصطناعي: الإغاثة", "Thème synthétique : aide"),
    ("Synthetic theme: return", "موضوع اصطناعي: العودة", "Thème synthétique : retour"),
    ("Synthetic theme: mediation", "موضوع اصطناعي: الوساطة", "Thème synthétique : médiation"),
    ("Synthetic theme: funds", "موضوع اصطناعي: التمويل", "Thème synthétique : financement"),
)
REPORT = ("Report on {0}, no. {1}", "تقرير عن {0}، رقم {1}", "Rapport sur {0}, n° {1}")
CASE = ("Ceasefire of {0} ({1})", "وقف إطلاق النار في {0} ({1})", "Cessez-le-feu de {0} ({1})")
PROJECT = ("Rebuilding of {0} ({1})", "إعادة إعمار {0} ({1})", "Reconstruction de {0} ({1})")
FINDING = (
    "The parties in {0} agreed to hold their fire, to let aid pass and to report breaches to a committee.",
    "اتفق الطرفان في {0} على وقف إطلاق النار والسماح بمرور المساعدات وإبلاغ لجنة مشتركة بكل خرق.",
    "Les parties de {0} ont convenu de cesser le feu, de laisser passer l’aide et de signaler tout écart.",
)
NOTHING_OF_IT_HAPPENED = (
    "This record is synthetic: it was made to measure the casebook, and nothing of it happened.",
    "هذا السجل اصطناعي: أُنشئ لقياس أداء هذا السجل، ولم يحدث شيء مما فيه.",
    "Cette fiche est synthétique : elle sert à mesurer ce recueil, et rien de cela n’a eu lieu.",
)
STORY = (
    "In {0} the talks went on for some weeks. Mediators carried drafts between the delegations, which met "
    "twice. The text names the lines that nobody may cross and the days on which prisoners are exchanged.",
    "استمرت المحادثات في {0} بضعة أسابيع. وحمل الوسطاء المسودات بين الوفدين اللذين التقيا مرتين. ويسمي النص "
    "الخطوط التي لا يجوز لأحد تجاوزها والأيام التي يجري فيها تبادل الأسرى.",
    "À {0}, les pourparlers ont duré quelques semaines. Des médiateurs ont porté les projets "
    "d’une délégation à l’autre. Le texte nomme les lignes que nul ne franchit et les jours d’échange.",
)
AGREED: tuple[Words, ...] = (
    ("All firing stops at noon.", "يتوقف إطلاق النار كله ظهرا.", "Tout tir cesse à midi."),
    ("Forces withdraw two kilometres.", "تنسحب القوات مسافة كيلومترين.", "Les forces reculent de 2 km."),
    ("Both sides free the wounded.", "يطلق الطرفان سراح الجرحى.", "Les parties libèrent les blessés."),
    ("Convoys pass without search.", "تمر القوافل دون تفتيش.", "Les convois passent sans fouille."),
)
HAPPENED: tuple[Words, ...] = (
    ("The delegations meet.", "يلتقي الوفدان.", "Les délégations se rencontrent."),
    ("The text is signed.", "يوقع النص.", "Le texte est signé."),
    ("The first convoy arrives.", "تصل القافلة الأولى.", "Le premier convoi arrive."),
)
COMMITTEE = ("Joint committee of {0}", "اللجنة المشتركة في {0}", "Comité conjoint de {0}")


def texts(column: str, words: Words, *values: object) -> dict[str, str]:
    """The columns of a text in every language of the pages that has words."""
    in_words = dict(zip(LANGUAGES, words, strict=True))
    return {
        column_in(one, column): in_words[one].format(*values) for one in PAGE_LANGUAGES if one in in_words
    }


def put_into(words: Words, name: Words) -> Words:
    """The words around a name, each in its language."""
    en, ar, fr = (word.format(part) for word, part in zip(words, name, strict=True))
    return en, ar, fr


def texts_of(column: str, words: Words, name: Words, *more: object) -> dict[str, str]:
    """As `texts`, of something that has a name in each language."""
    filled = [word.format(part, *more) for word, part in zip(words, name, strict=True)]
    return {
        column_in(one, column): text
        for one, text in zip(LANGUAGES, filled, strict=True)
        if one in PAGE_LANGUAGES
    }
