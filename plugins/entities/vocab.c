/* SPDX-License-Identifier: MIT */
/* plugins/entities/vocab.c - see vocab.h. */
#include "vocab.h"

#include "lexicon.h"

#define LIST(name, ...) static const char *const name[] = {__VA_ARGS__, NULL}

LIST(units, "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
     "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
     "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
LIST(tens, "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
LIST(scales, "hundred", "thousand", "million", "billion", "trillion", "crore", "lakh", "mn", "bn",
     "tn", "m");
LIST(many, "dozens", "hundreds", "thousands", "millions", "billions", "trillions", "scores");
LIST(some, "dozen", "hundred", "thousand", "million", "billion", "trillion", "half");
LIST(parts, "half", "third", "thirds", "quarter", "quarters", "fifth", "fifths", "tenth", "tenths",
     "sixth", "eighth");
LIST(months, "january", "february", "march", "april", "may", "june", "july", "august", "september",
     "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
     "sept", "oct", "nov", "dec", "jan.", "feb.", "mar.", "apr.", "jun.", "jul.", "aug.", "sep.",
     "sept.", "oct.", "nov.", "dec.");
LIST(weekdays, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
     "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays");
LIST(long_periods, "day", "days", "week", "weeks", "weekend", "weekends", "month", "months", "year",
     "years", "decade", "decades", "century", "centuries", "fortnight", "quarter", "quarters",
     "season", "seasons", "generation", "night", "nights");
LIST(short_periods, "second", "seconds", "minute", "minutes", "hour", "hours", "millisecond",
     "milliseconds", "mins", "hrs");
LIST(day_parts, "morning", "afternoon", "evening", "night", "noon", "midnight", "dawn", "dusk");
LIST(seasons, "spring", "summer", "autumn", "winter", "fall");
LIST(relative, "last", "next", "this", "past", "previous", "coming", "following", "current");
LIST(deictic, "today", "yesterday", "tomorrow", "tonight");
LIST(early, "early", "late", "mid");
LIST(meridiem, "a.m.", "p.m.", "am", "pm", "a.m", "p.m");
LIST(zones, "gmt", "utc", "est", "edt", "cet", "cest", "bst", "ist", "pst", "et", "pt");
LIST(currencies, "dollar", "dollars", "euro", "euros", "pound", "pounds", "yen", "yuan", "renminbi",
     "rupee", "rupees", "rouble", "roubles", "ruble", "rubles", "franc", "francs", "peso", "pesos",
     "krona", "kronor", "krone", "kroner", "won", "baht", "ringgit", "rand", "naira", "shilling",
     "shillings", "dinar", "dinars", "dirham", "dirhams", "lira", "riyal", "riyals", "rial",
     "rials", "zloty", "zlotys", "hryvnia", "hryvnias", "shekel", "shekels", "taka", "real",
     "reais", "cedi", "cedis", "birr", "kwacha", "cent", "cents", "pence", "penny", "sterling",
     "forint", "forints", "lei", "leva", "soles", "usd", "eur", "gbp", "inr", "crowns");
LIST(currency_before, "$", "£", "€", "¥", "₹", "₽", "₩", "₦", "₺", "₴", "us$", "a$", "c$", "nz$",
     "hk$", "s$", "r$", "usd", "eur", "gbp", "inr", "rs", "rs.", "chf", "sek", "nok", "dkk", "rmb",
     "kes", "ksh", "zar", "r", "rm", "rp", "php", "jpy", "cny", "aed");
LIST(physical, "metre", "metres", "meter", "meters", "kilometre", "kilometres", "kilometer",
     "kilometers", "km", "m", "cm", "mm", "centimetre", "centimetres", "centimeter", "centimeters",
     "millimetre", "millimetres", "millimeters", "mile", "miles", "yard", "yards", "foot", "feet",
     "ft", "inch", "inches", "acre", "acres", "hectare", "hectares", "gram", "grams", "g",
     "kilogram", "kilograms", "kg", "kilo", "kilos", "tonne", "tonnes", "ton", "tons", "pound-feet",
     "ounce", "ounces", "oz", "lb", "lbs", "stone", "litre", "litres", "liter", "liters", "gallon",
     "gallons", "barrel", "barrels", "degree", "degrees", "celsius", "fahrenheit", "c", "f", "°c",
     "°f", "km/h", "kph", "mph", "knots", "watt", "watts", "kilowatt", "kilowatts", "megawatt",
     "megawatts", "mw", "gigawatt", "gigawatts", "gw", "kwh", "kilowatt-hours", "megawatt-hours",
     "volt", "volts", "hertz", "megahertz", "mhz", "ghz", "gigabytes", "gb", "megabytes", "mb",
     "terabytes", "tb", "kilobytes", "bushels", "carats", "calories", "nautical", "light-years",
     "cubic", "square");
LIST(after_area, "metre", "metres", "meter", "meters", "kilometre", "kilometres", "kilometers",
     "mile", "miles", "km", "feet", "foot", "yards", "inches", "centimetres", "m");
LIST(ordinals, "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
     "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
     "seventeenth", "eighteenth", "nineteenth", "twentieth", "thirtieth", "fortieth", "fiftieth",
     "hundredth");
LIST(single_modifiers, "about", "around", "nearly", "almost", "roughly", "approximately", "some",
     "over", "under", "exactly", "only", "barely", "approx", "approx.", "circa", "above", "below");
LIST(pronoun_one_before, "this", "that", "no", "each", "every", "any", "which", "the", "another",
     "only", "latter", "former");
LIST(year_cues, "in", "since", "by", "from", "until", "till", "before", "after", "during", "of",
     "to", "early", "late", "mid", "between", "through", "for", "-", "–", "and", "around", "year",
     "the");
LIST(month_cues, "in", "since", "of", "by", "last", "next", "until", "late", "early", "from",
     "this", "to", "on", "and", "each", "every", "after", "before", "mid", "-");
LIST(after_one, "of", "another", "day", "by");
LIST(openers, "the", "a", "an", "in", "on", "at", "by", "for", "from", "with", "to", "of", "as",
     "but", "and", "or", "so", "yet", "if", "when", "while", "after", "before", "since", "until",
     "because", "although", "though", "however", "meanwhile", "this", "that", "these", "those",
     "it", "its", "he", "she", "they", "we", "i", "you", "his", "her", "their", "our", "my", "your",
     "there", "here", "what", "who", "why", "how", "where", "which", "some", "many", "most", "all",
     "both", "each", "every", "no", "not", "one", "two", "three", "four", "five", "six", "seven",
     "eight", "nine", "ten", "last", "next", "even", "now", "then", "also", "still", "just", "only",
     "more", "despite", "during", "under", "over", "between", "among", "against", "according",
     "asked", "speaking", "once", "another", "other", "few", "several", "such", "any", "than",
     "about", "yes", "mr", "mr.", "mrs", "ms", "dr", "is", "are", "was", "were", "will", "can",
     "could", "would", "should", "may", "might", "let", "do", "does", "did", "have", "has", "had",
     "nearly", "almost", "around", "into", "within", "without", "through", "like", "unlike",
     "instead", "today", "yesterday", "tomorrow", "officials", "police", "people", "residents",
     "critics", "former", "new", "photo", "image", "caption", "source", "read", "share", "video",
     "watch");
LIST(speech, "said", "says", "told", "added", "adds", "asked", "warned", "argued", "wrote",
     "claimed", "agrees", "agreed", "explained", "insisted", "recalled", "replied", "noted",
     "believes", "admitted", "joked", "laughed", "denied", "announced", "tweeted", "testified",
     "thinks");
LIST(roles, "spokesman", "spokeswoman", "spokesperson", "director", "analyst", "expert", "officer",
     "farmer", "lawyer", "teacher", "driver", "nurse", "doctor", "engineer", "economist", "author",
     "researcher", "scientist", "resident", "owner", "founder", "chairman", "chairwoman", "manager",
     "coach", "captain", "actor", "actress", "singer", "writer", "journalist", "historian",
     "activist", "leader", "politician", "minister", "president", "secretary", "mayor", "governor",
     "senator", "colleague", "wife", "husband", "son", "daughter", "brother", "sister", "mother",
     "father", "student", "pensioner", "fisherman", "striker", "midfielder", "goalkeeper",
     "defender", "professor", "chief", "executive", "biologist", "physicist", "musician", "artist",
     "photographer", "filmmaker", "novelist", "poet", "composer", "conductor", "billionaire",
     "entrepreneur", "lawmaker", "candidate", "commissioner", "ambassador", "envoy", "judge",
     "prosecutor", "commander", "shopkeeper", "baker", "carpenter", "mechanic", "vendor", "trader",
     "volunteer", "survivor", "victim", "witness", "neighbour", "neighbor", "grandmother", "aunt",
     "uncle", "cousin", "veteran", "seismologist", "hydrologist", "geologist", "epidemiologist");
LIST(place_words, "in", "near", "from", "outside", "across", "at", "around");
LIST(joiners, "of", "for", "on", "and", "&", "the", "in");
LIST(not_organisations, "tv", "ai", "dna", "hiv", "gdp", "ceo", "cfo", "pm", "mp", "mps", "ok",
     "am", "gmt", "id", "it", "pc", "usb", "suv", "bst", "est", "utc", "cet", "aids", "covid",
     "vip", "phd", "ngo", "ngos", "dj", "faq", "diy", "i", "ii", "iii", "iv", "vi", "vii", "viii",
     "ix", "cctv", "gps", "pdf", "ev", "evs", "lng", "co2", "the", "a", "an", "and", "of", "in",
     "by");
LIST(language_cues, "speak", "speaks", "spoke", "speaking", "spoken", "fluent", "learn", "learning",
     "translated", "into", "in", "and", "write", "written", "teach", "taught", "sing");
LIST(language_heads, "language", "speaker", "speakers", "translation", "words", "word", "lessons",
     "subtitles", "dialect");

static const char *const *const lists[VOC_LISTS] = {
    [VOC_UNITS] = units,
    [VOC_TENS] = tens,
    [VOC_SCALES] = scales,
    [VOC_MANY] = many,
    [VOC_SOME] = some,
    [VOC_PARTS] = parts,
    [VOC_MONTHS] = months,
    [VOC_WEEKDAYS] = weekdays,
    [VOC_LONG_PERIODS] = long_periods,
    [VOC_SHORT_PERIODS] = short_periods,
    [VOC_DAY_PARTS] = day_parts,
    [VOC_SEASONS] = seasons,
    [VOC_RELATIVE] = relative,
    [VOC_DEICTIC] = deictic,
    [VOC_EARLY] = early,
    [VOC_MERIDIEM] = meridiem,
    [VOC_ZONES] = zones,
    [VOC_CURRENCIES] = currencies,
    [VOC_CURRENCY_BEFORE] = currency_before,
    [VOC_PHYSICAL] = physical,
    [VOC_AFTER_AREA] = after_area,
    [VOC_ORDINALS] = ordinals,
    [VOC_SINGLE_MODIFIERS] = single_modifiers,
    [VOC_PRONOUN_ONE_BEFORE] = pronoun_one_before,
    [VOC_YEAR_CUES] = year_cues,
    [VOC_MONTH_CUES] = month_cues,
    [VOC_AFTER_ONE] = after_one,
    [VOC_OPENERS] = openers,
    [VOC_SPEECH] = speech,
    [VOC_ROLES] = roles,
    [VOC_PLACE_WORDS] = place_words,
    [VOC_JOINERS] = joiners,
    [VOC_NOT_ORGANISATIONS] = not_organisations,
    [VOC_LANGUAGE_CUES] = language_cues,
    [VOC_LANGUAGE_HEADS] = language_heads,
};

static uint32_t slot_of(const vocab *v, uint64_t hash)
{
    uint32_t at = (uint32_t)(hash >> 20) & (VOC_SLOTS - 1);
    while (v->slot[at].sets && v->slot[at].hash != hash)
        at = (at + 1) & (VOC_SLOTS - 1);
    return at;
}

void vocab_init(vocab *v)
{
    int i;
    for (i = 0; i < VOC_LISTS; i++) {
        const char *const *word = lists[i];
        for (; *word; word++) {
            uint64_t hash = lex_hash(LEX_HASH_START, *word, strlen(*word));
            uint32_t at = slot_of(v, hash);
            v->slot[at].hash = hash;
            v->slot[at].sets |= UINT64_C(1) << i;
        }
    }
}

uint64_t vocab_find(const vocab *v, uint64_t lower)
{
    return v->slot[slot_of(v, lower)].sets;
}
