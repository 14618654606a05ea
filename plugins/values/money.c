/* SPDX-License-Identifier: MIT */
/* plugins/values/money.c - amounts of money: by a sign before them or a currency's name behind. */
#include "rules.h"

/* Dollars, pounds, francs of whom: the word before a currency's name. */
static const struct {
    const char *nation, *name, *code;
} national[] = {
    {"australian", "USD", "AUD"},     {"canadian", "USD", "CAD"},    {"american", "USD", "USD"},
    {"u.s.", "USD", "USD"},           {"us", "USD", "USD"},          {"singapore", "USD", "SGD"},
    {"kong", "USD", "HKD"},           {"zealand", "USD", "NZD"},     {"taiwan", "USD", "TWD"},
    {"taiwanese", "USD", "TWD"},      {"jamaican", "USD", "JMD"},    {"guyanese", "USD", "GYD"},
    {"namibian", "USD", "NAD"},       {"fijian", "USD", "FJD"},      {"caribbean", "USD", "XCD"},
    {"barbados", "USD", "BBD"},       {"bahamian", "USD", "BSD"},    {"liberian", "USD", "LRD"},
    {"egyptian", "GBP", "EGP"},       {"sudanese", "GBP", "SDG"},    {"syrian", "GBP", "SYP"},
    {"lebanese", "GBP", "LBP"},       {"british", "GBP", "GBP"},     {"sterling", "GBP", "GBP"},
    {"irish", "GBP", "IEP"},          {"swiss", "franc", "CHF"},     {"cfa", "franc", "XOF"},
    {"congolese", "franc", "CDF"},    {"rwandan", "franc", "RWF"},   {"guinean", "franc", "GNF"},
    {"burundian", "franc", "BIF"},    {"comorian", "franc", "KMF"},  {"pacific", "franc", "XPF"},
    {"mexican", "peso", "MXN"},       {"argentine", "peso", "ARS"},  {"chilean", "peso", "CLP"},
    {"colombian", "peso", "COP"},     {"philippine", "peso", "PHP"}, {"cuban", "peso", "CUP"},
    {"uruguayan", "peso", "UYU"},     {"dominican", "peso", "DOP"},  {"indian", "rupee", "INR"},
    {"pakistani", "rupee", "PKR"},    {"nepalese", "rupee", "NPR"},  {"mauritian", "rupee", "MUR"},
    {"lankan", "rupee", "LKR"},       {"kenyan", "shilling", "KES"}, {"ugandan", "shilling", "UGX"},
    {"tanzanian", "shilling", "TZS"}, {"somali", "shilling", "SOS"}, {"iraqi", "dinar", "IQD"},
    {"kuwaiti", "dinar", "KWD"},      {"jordanian", "dinar", "JOD"}, {"tunisian", "dinar", "TND"},
    {"algerian", "dinar", "DZD"},     {"libyan", "dinar", "LYD"},    {"serbian", "dinar", "RSD"},
    {"bahraini", "dinar", "BHD"},     {"moroccan", "dirham", "MAD"}, {"uae", "dirham", "AED"},
    {"emirati", "dirham", "AED"},     {"iranian", "rial", "IRR"},    {"omani", "rial", "OMR"},
    {"yemeni", "rial", "YER"},        {"qatari", "SAR", "QAR"},      {"saudi", "SAR", "SAR"},
    {"swedish", "krona", "SEK"},      {"icelandic", "krona", "ISK"}, {"norwegian", "krone", "NOK"},
    {"danish", "krone", "DKK"},       {"czech", "crown", "CZK"},     {"zambian", "kwacha", "ZMW"},
    {"malawian", "kwacha", "MWK"},    {"romanian", "lei", "RON"},    {"moldovan", "lei", "MDL"},
    {"convertible", "mark", "BAM"},   {"belarusian", "RUB", "BYN"},  {"african", "ZAR", "ZAR"},
};

/* "euros", "Swedish kronor", "CFA francs", "US cents". Its code in *code. */
uint32_t money_currency(const words *w, uint32_t j, const char **code)
{
    uint32_t k = j;
    size_t i;
    if (word_dash(go_on(w, k)) && word_tight(at(w, k))) k++;
    if ((go_on(w, k)->flags & WORD_CAP) && (go_on(w, k + 1)->flags & WORD_CAP) &&
        (go_on(w, k + 2)->sets & V_CURRENCY) && !(go_on(w, k)->sets & V_CURRENCY))
        k += 2; /* "Hong Kong dollars" */
    else if (((go_on(w, k)->flags & WORD_CAP) || word_is(go_on(w, k), "convertible")) &&
             (go_on(w, k + 1)->sets & V_CURRENCY) && go_on(w, k + 1)->n > 3)
        k++;
    if (!(go_on(w, k)->sets & V_CURRENCY)) return j;
    if (at(w, k)->n == 1 && !word_tight(at(w, k))) return j;
    if (at(w, k)->n <= 3 && !(at(w, k)->flags & WORD_CAP) && !word_is(at(w, k), "yen") &&
        !word_is(at(w, k), "won") && !word_is(at(w, k), "lei") && !word_is(at(w, k), "p"))
        return j;
    if (word_is(at(w, k), "real") || word_is(at(w, k), "sum") ||
        (word_is(at(w, k), "won") && (go_on(w, k + 1)->flags & WORD_LETTERS) &&
         !(go_on(w, k + 1)->sets & (V_CUE | V_MONTH_CUE)) && before(w, k)->n < 5))
        return j;
    if (word_is(at(w, k), "pound") && word_dash(before(w, k))) return j; /* a 340-pound bell */
    if (word_is(at(w, k), "pounds") && word_is(go_on(w, k + 1), "of") &&
        !(before(w, k)->sets & V_SCALE))
        return j; /* of what is weighed */
    *code = word_sym(at(w, k));
    if (word_is(at(w, k), "euro") &&
        (word_is(go_on(w, k + 1), "cents") || word_is(go_on(w, k + 1), "cent"))) {
        *code = "EURc";
        return k + 2;
    }
    if (k > j)
        for (i = 0; i < sizeof national / sizeof *national; i++)
            if (word_is(at(w, k - 1), national[i].nation) && strcmp(*code, national[i].name) == 0)
                *code = national[i].code;
    return k + 1;
}

/* An amount in the hundredth part of a currency. */
static const char *whole_currency(const char *code, amount *a)
{
    const char *whole = strcmp(code, "GBp") == 0 ? "GBP" : strcmp(code, "EURc") == 0 ? "EUR" : NULL;
    if (whole && decimal_scale(&a->lo, 1, -2) && (a->kind == '1' || decimal_scale(&a->hi, 1, -2)))
        return whole;
    return code;
}

/* Neither is twenty times the other: "rose $12 to $2,671" is no range. */
static int comparable(decimal a, decimal b)
{
    const int64_t x = decimal_whole(a), y = decimal_whole(b);
    return x < 0 || y < 0 || (y < 20 * x && x < 20 * y);
}

/* "€55-€58 million": the scale of the second amount, which ends at j, is that of the first, too. */
static const amount *share_scale(const words *w, uint32_t k, uint32_t j, amount *a)
{
    if ((at(w, j - 1)->sets & V_SCALE) && !(at(w, k - 1)->sets & V_SCALE) &&
        !word_is(at(w, k - 1), "m") && decimal_whole(a->lo) >= 0 && decimal_whole(a->lo) < 1000)
        (void)decimal_scale(&a->lo, 1, word_num(at(w, j - 1)));
    return a;
}

/* "$2,000", "Rs 40 crore", "€5m-€10m", "R$ 38.90": at a sign. */
uint32_t money_read(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    const word *x = at(w, i);
    const char *code = word_sym(x);
    amount a, b;
    uint32_t j, k, s;
    int dollar = x->n == 1 && x->p[0] == '$';
    if ((x->flags & WORD_LETTERS) && !(x->flags & WORD_CAP)) return i;
    if (x->n <= 2 && (x->flags & WORD_LETTERS) && !strchr("$", x->p[x->n - 1]) && x->n == 1 &&
        !(go_on(w, i + 1)->flags & WORD_CUT) && !(go_on(w, i + 2)->sets & V_SCALE))
        return i; /* "R 5" of a list */
    j = i + 1;
    if (dollar && go_on(w, j)->mark == '(') j++; /* $(0.93): a loss */
    if (!(go_on(w, j)->flags & WORD_FIGURE)) return i;
    k = amount_read(w, j, &a);
    if (k == j) return i;
    if (j > i + 1) {
        if (go_on(w, k)->mark != ')') return i;
        a.lo.m = -a.lo.m;
        k++;
    }
    if (dollar && r->dollar) code = r->dollar;
    /* "$5m-$10m", "$5 to $10 million", "between £14 and £22" */
    if (a.kind == '1' &&
        (word_dash(go_on(w, k)) || word_is(go_on(w, k), "to") ||
         (word_is(go_on(w, k), "and") && word_is(before(w, i), "between"))) &&
        (go_on(w, k + 1)->sets & V_SIGN) && !amount_moves(w, i) &&
        (j = amount_read(w, k + 2, &b)) > k + 2 && b.kind == '1' &&
        comparable(share_scale(w, k, j, &a)->lo, b.lo)) {
        a.hi = b.lo;
        a.kind = '-';
        k = j;
    } else if (word_dash(go_on(w, k)) && word_tight(at(w, k)) && (at(w, k + 1)->sets & V_SCALE) &&
               at(w, k + 1)->n > 3) { /* "$95-million" */
        (void)decimal_scale(&a.lo, 1, word_num(at(w, k + 1)));
        k += 2;
    }
    if (a.kind == ':') a.kind = '-';
    s = amount_start(w, i, &a);
    h->first = s;
    h->label = L_MONEY;
    amount_note(&h->value, &a, code, "");
    return k;
}

/* "10 €", "500 SEK": a sign behind the figure, unless it is that of a figure behind it. */
static uint32_t sign_behind(const values_rules *r, const amount *a, const char **code)
{
    const word *x = go_on(r->w, a->end), *next = go_on(r->w, a->end + 1);
    const int letters = x->n > 0 && (unsigned char)x->p[0] < 0x80 && x->p[0] != '$';
    if (!a->figures || !(x->sets & V_SIGN)) return a->end;
    if (letters && (x->n != 3 || x->p[0] > 'Z' || x->p[2] < 'A' || x->p[2] > 'Z')) return a->end;
    if (!letters && (next->flags & WORD_FIGURE) && word_tight(next)) return a->end;
    *code = x->n == 1 && x->p[0] == '$' && r->dollar ? r->dollar : word_sym(x);
    return a->end + 1;
}

uint32_t money_behind(const values_rules *r, uint32_t i, amount *a, hit *h)
{
    const char *code = "";
    uint32_t k = money_currency(r->w, a->end, &code);
    if (k == a->end) k = sign_behind(r, a, &code);
    if (k == a->end) return k;
    h->label = L_MONEY;
    if (a->kind == ':') a->kind = '-';
    h->first = amount_start(r->w, i, a);
    code = whole_currency(code, a);
    amount_note(&h->value, a, code, "");
    return k;
}
