/* SPDX-License-Identifier: MIT */
/* plugins/html/words.c - see words.h. Classes and ids are cut into words at everything that is no
 * letter and at capitals ("storyBody"); only the first 400 bytes of an attribute count. */
#include "words.h"

#include "page.h"

#include <string.h>

enum { LONGEST = 15, MOST_BYTES = 400, MOST_ATTRS = 64 };

/* Sorted by word. */
static const struct {
    const char *word;
    uint32_t flags;
} vocabulary[] = {
    {"ad", HTML_IN_BAD},
    {"ads", HTML_IN_BAD},
    {"advert", HTML_IN_BAD},
    {"advertisement", HTML_IN_BAD},
    {"advertising", HTML_IN_BAD},
    {"also", HTML_IN_BAD},
    {"articlebody", HTML_IN_GOOD},
    {"articletext", HTML_IN_GOOD},
    {"attribution", HTML_IN_HEADER},
    {"authors", HTML_IN_HEADER},
    {"banner", HTML_IN_BAD},
    {"bio", HTML_IN_BAD},
    {"breadcrumb", HTML_IN_BAD},
    {"breadcrumbs", HTML_IN_BAD},
    {"breaking", HTML_IN_BAD},
    {"byline", HTML_IN_HEADER},
    {"bylines", HTML_IN_HEADER},
    {"caption", HTML_IN_FIGURE},
    {"captions", HTML_IN_FIGURE},
    {"carousel", HTML_IN_BAD},
    {"comment", HTML_IN_COMMENTS},
    {"comments", HTML_IN_COMMENTS},
    {"consent", HTML_IN_BAD},
    {"cookie", HTML_IN_BAD},
    {"cookies", HTML_IN_BAD},
    {"copyright", HTML_IN_BAD},
    {"credit", HTML_IN_FIGURE},
    {"credits", HTML_IN_FIGURE},
    {"dateline", HTML_IN_HEADER},
    {"disclaimer", HTML_IN_BAD},
    {"disqus", HTML_IN_COMMENTS},
    {"donate", HTML_IN_BAD},
    {"dropdown", HTML_IN_BAD},
    {"excerpt", HTML_IN_BAD},
    {"excerpts", HTML_IN_BAD},
    {"footer", HTML_IN_MARGIN},
    {"gallery", HTML_IN_BAD},
    {"headlines", HTML_IN_BAD},
    {"hidden", HTML_IN_HIDDEN},
    {"latest", HTML_IN_BAD},
    {"login", HTML_IN_BAD},
    {"marquee", HTML_IN_BAD},
    {"menu", HTML_IN_MARGIN},
    {"metadata", HTML_IN_HEADER},
    {"modal", HTML_IN_BAD},
    {"nav", HTML_IN_MARGIN},
    {"navbar", HTML_IN_MARGIN},
    {"navigation", HTML_IN_MARGIN},
    {"newsletter", HTML_IN_BAD},
    {"outbrain", HTML_IN_BAD},
    {"pagination", HTML_IN_BAD},
    {"paywall", HTML_IN_BAD},
    {"popular", HTML_IN_BAD},
    {"popup", HTML_IN_BAD},
    {"print", HTML_IN_BAD},
    {"promo", HTML_IN_BAD},
    {"promoted", HTML_IN_BAD},
    {"pubdate", HTML_IN_HEADER},
    {"rating", HTML_IN_BAD},
    {"readmore", HTML_IN_BAD},
    {"recirc", HTML_IN_BAD},
    {"recommend", HTML_IN_BAD},
    {"recommended", HTML_IN_BAD},
    {"related", HTML_IN_BAD},
    {"replies", HTML_IN_COMMENTS},
    {"respond", HTML_IN_COMMENTS},
    {"share", HTML_IN_BAD},
    {"sharing", HTML_IN_BAD},
    {"sidebar", HTML_IN_MARGIN},
    {"signup", HTML_IN_BAD},
    {"skip", HTML_IN_BAD},
    {"slideshow", HTML_IN_BAD},
    {"social", HTML_IN_BAD},
    {"sponsor", HTML_IN_BAD},
    {"sponsored", HTML_IN_BAD},
    {"storybody", HTML_IN_GOOD},
    {"storytext", HTML_IN_GOOD},
    {"subscribe", HTML_IN_BAD},
    {"subscription", HTML_IN_BAD},
    {"taboola", HTML_IN_BAD},
    {"tags", HTML_IN_BAD},
    {"teaser", HTML_IN_BAD},
    {"teasers", HTML_IN_BAD},
    {"ticker", HTML_IN_BAD},
    {"timestamp", HTML_IN_HEADER},
    {"toolbar", HTML_IN_BAD},
    {"tooltip", HTML_IN_BAD},
    {"trending", HTML_IN_BAD},
    {"widget", HTML_IN_BAD},
    {"widgets", HTML_IN_BAD},
};

static uint32_t meaning(const char *word)
{
    size_t lo = 0, hi = sizeof vocabulary / sizeof *vocabulary;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = strcmp(vocabulary[mid].word, word);
        if (c == 0) return vocabulary[mid].flags;
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return 0;
}

/* "article-body", "post_content", "entryText": a noun for the story, then one for what it says. */
static int starts_body(const char *w)
{
    return !strcmp(w, "article") || !strcmp(w, "story") || !strcmp(w, "post") ||
           !strcmp(w, "entry") || !strcmp(w, "news");
}

static int ends_body(const char *w)
{
    return !strcmp(w, "body") || !strcmp(w, "content") || !strcmp(w, "text");
}

static uint32_t class_flags(const char *p, uint32_t beg, uint32_t end)
{
    char word[LONGEST + 1], before[LONGEST + 1] = "";
    uint32_t flags = 0, k = 0;
    if (end - beg > MOST_BYTES) end = beg + MOST_BYTES;
    for (uint32_t i = beg; i <= end; i++) {
        char c = i < end ? p[i] : ' ';
        int upper = c >= 'A' && c <= 'Z', letter = upper || (c >= 'a' && c <= 'z');
        int hump = upper && i > beg && p[i - 1] >= 'a' && p[i - 1] <= 'z';
        if ((!letter || hump) && k) {
            word[k <= LONGEST ? k : 0] = '\0';
            if (ends_body(word) && starts_body(before)) flags |= HTML_IN_GOOD;
            flags |= meaning(word);
            memcpy(before, word, sizeof before);
            k = 0;
        }
        if (c == ' ' && !k) before[0] = '\0';
        if (!letter) continue;
        if (k < LONGEST) word[k] = (char)(c | 32);
        k++;
    }
    return flags;
}

static int contains(const char *p, uint32_t beg, uint32_t end, const char *what)
{
    return end - beg <= 2 * MOST_BYTES && memmem(p + beg, end - beg, what, strlen(what)) != NULL;
}

static uint32_t attr_flags(const char *p, const struct html_attr *a)
{
    uint32_t beg = a->value, end = a->value_end;
    switch (p[a->name] | 32) {
    case 'c':
        return html_is(p, a->name, a->name_end, "class") ? class_flags(p, beg, end) : 0;
    case 'i':
        if (html_is(p, a->name, a->name_end, "id")) return class_flags(p, beg, end);
        if (!html_is(p, a->name, a->name_end, "itemprop")) return 0;
        if (contains(p, beg, end, "articleBody")) return HTML_IN_BODY_PROP;
        return html_is(p, beg, end, "author") || html_is(p, beg, end, "datepublished")
                   ? HTML_IN_HEADER
                   : 0;
    case 'r':
        if (!html_is(p, a->name, a->name_end, "role")) return 0;
        if (html_is(p, beg, end, "main")) return HTML_IN_MAIN;
        return html_is(p, beg, end, "navigation") || html_is(p, beg, end, "complementary") ||
                       html_is(p, beg, end, "contentinfo") || html_is(p, beg, end, "dialog")
                   ? HTML_IN_MARGIN
                   : 0;
    case 'h':
        return html_is(p, a->name, a->name_end, "hidden") ? HTML_IN_HIDDEN : 0;
    case 's':
        return html_is(p, a->name, a->name_end, "style") &&
                       (contains(p, beg, end, "display:none") ||
                        contains(p, beg, end, "display: none"))
                   ? HTML_IN_HIDDEN
                   : 0;
    default:
        return 0;
    }
}

static uint32_t tag_flags(enum html_tag tag)
{
    switch (tag) {
    case HTML_T_ARTICLE:
        return HTML_IN_ARTICLE;
    case HTML_T_MAIN:
        return HTML_IN_MAIN;
    case HTML_T_NAV:
    case HTML_T_ASIDE:
    case HTML_T_FOOTER:
    case HTML_T_FORM:
        return HTML_IN_MARGIN;
    case HTML_T_HEADER:
        return HTML_IN_HEADER;
    case HTML_T_FIGURE:
    case HTML_T_FIGCAPTION:
        return HTML_IN_FIGURE;
    case HTML_T_UL:
    case HTML_T_OL:
        return HTML_IN_LIST;
    case HTML_T_TABLE:
        return HTML_IN_TABLE;
    case HTML_T_BLOCKQUOTE:
        return HTML_IN_QUOTE;
    case HTML_T_EM:
    case HTML_T_I:
        return HTML_IN_SLANT;
    default:
        return 0;
    }
}

uint32_t html_element_flags(const char *p, const struct html_token *tag)
{
    uint32_t at = tag->attrs, flags = tag_flags(tag->tag), n = 0;
    struct html_attr a;
    while (n++ < MOST_ATTRS && html_attr(p, tag, &at, &a))
        flags |= attr_flags(p, &a);
    /* the page's own frame says much in its classes that is not about its text */
    if (tag->tag == HTML_T_HTML || tag->tag == HTML_T_BODY) flags = 0;
    return flags;
}
