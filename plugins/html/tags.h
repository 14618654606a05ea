/* SPDX-License-Identifier: MIT */
/* plugins/html/tags.h - the elements that matter for text, and what each does to it. */
#ifndef HTML_TAGS_H
#define HTML_TAGS_H
#include <stddef.h>

/* In the order of their names, for the search in tags.c. */
#define HTML_TAGS(X)                                                                               \
    X(A, "a", 0)                                                                                   \
    X(ADDRESS, "address", HTML_BLOCK)                                                              \
    X(AREA, "area", HTML_VOID)                                                                     \
    X(ARTICLE, "article", HTML_BLOCK)                                                              \
    X(ASIDE, "aside", HTML_BLOCK)                                                                  \
    X(AUDIO, "audio", HTML_HIDE)                                                                   \
    X(B, "b", 0)                                                                                   \
    X(BASE, "base", HTML_VOID)                                                                     \
    X(BLOCKQUOTE, "blockquote", HTML_BLOCK)                                                        \
    X(BODY, "body", HTML_BLOCK)                                                                    \
    X(BR, "br", HTML_VOID)                                                                         \
    X(BUTTON, "button", HTML_HIDE)                                                                 \
    X(CANVAS, "canvas", HTML_HIDE)                                                                 \
    X(CAPTION, "caption", HTML_BLOCK)                                                              \
    X(CENTER, "center", HTML_BLOCK)                                                                \
    X(COL, "col", HTML_VOID)                                                                       \
    X(DD, "dd", HTML_BLOCK)                                                                        \
    X(DETAILS, "details", HTML_BLOCK)                                                              \
    X(DIV, "div", HTML_BLOCK)                                                                      \
    X(DL, "dl", HTML_BLOCK)                                                                        \
    X(DT, "dt", HTML_BLOCK)                                                                        \
    X(EM, "em", 0)                                                                                 \
    X(EMBED, "embed", HTML_VOID)                                                                   \
    X(FIELDSET, "fieldset", HTML_BLOCK)                                                            \
    X(FIGCAPTION, "figcaption", HTML_BLOCK)                                                        \
    X(FIGURE, "figure", HTML_BLOCK)                                                                \
    X(FOOTER, "footer", HTML_BLOCK)                                                                \
    X(FORM, "form", HTML_BLOCK)                                                                    \
    X(H1, "h1", HTML_BLOCK)                                                                        \
    X(H2, "h2", HTML_BLOCK)                                                                        \
    X(H3, "h3", HTML_BLOCK)                                                                        \
    X(H4, "h4", HTML_BLOCK)                                                                        \
    X(H5, "h5", HTML_BLOCK)                                                                        \
    X(H6, "h6", HTML_BLOCK)                                                                        \
    X(HEAD, "head", HTML_BLOCK | HTML_HIDE)                                                        \
    X(HEADER, "header", HTML_BLOCK)                                                                \
    X(HR, "hr", HTML_BLOCK | HTML_VOID)                                                            \
    X(HTML, "html", HTML_BLOCK)                                                                    \
    X(I, "i", 0)                                                                                   \
    X(IFRAME, "iframe", HTML_RAW | HTML_HIDE)                                                      \
    X(IMG, "img", HTML_VOID)                                                                       \
    X(INPUT, "input", HTML_VOID)                                                                   \
    X(LEGEND, "legend", HTML_BLOCK)                                                                \
    X(LI, "li", HTML_BLOCK)                                                                        \
    X(LINK, "link", HTML_VOID)                                                                     \
    X(MAIN, "main", HTML_BLOCK)                                                                    \
    X(MENU, "menu", HTML_BLOCK)                                                                    \
    X(META, "meta", HTML_VOID)                                                                     \
    X(NAV, "nav", HTML_BLOCK)                                                                      \
    X(NOEMBED, "noembed", HTML_RAW | HTML_HIDE)                                                    \
    X(NOFRAMES, "noframes", HTML_RAW | HTML_HIDE)                                                  \
    X(NOSCRIPT, "noscript", HTML_HIDE)                                                             \
    X(OBJECT, "object", HTML_HIDE)                                                                 \
    X(OL, "ol", HTML_BLOCK)                                                                        \
    X(OPTION, "option", HTML_BLOCK)                                                                \
    X(P, "p", HTML_BLOCK)                                                                          \
    X(PARAM, "param", HTML_VOID)                                                                   \
    X(PLAINTEXT, "plaintext", HTML_RAW | HTML_BLOCK)                                               \
    X(PRE, "pre", HTML_BLOCK)                                                                      \
    X(SCRIPT, "script", HTML_RAW | HTML_HIDE)                                                      \
    X(SECTION, "section", HTML_BLOCK)                                                              \
    X(SELECT, "select", HTML_HIDE)                                                                 \
    X(SOURCE, "source", HTML_VOID)                                                                 \
    X(SPAN, "span", 0)                                                                             \
    X(STRONG, "strong", 0)                                                                         \
    X(STYLE, "style", HTML_RAW | HTML_HIDE)                                                        \
    X(SUMMARY, "summary", HTML_BLOCK)                                                              \
    X(SVG, "svg", HTML_HIDE)                                                                       \
    X(TABLE, "table", HTML_BLOCK)                                                                  \
    X(TBODY, "tbody", HTML_BLOCK)                                                                  \
    X(TD, "td", HTML_BLOCK)                                                                        \
    X(TEMPLATE, "template", HTML_HIDE)                                                             \
    X(TEXTAREA, "textarea", HTML_RCDATA | HTML_HIDE)                                               \
    X(TFOOT, "tfoot", HTML_BLOCK)                                                                  \
    X(TH, "th", HTML_BLOCK)                                                                        \
    X(THEAD, "thead", HTML_BLOCK)                                                                  \
    X(TIME, "time", 0)                                                                             \
    X(TITLE, "title", HTML_RCDATA | HTML_HIDE)                                                     \
    X(TR, "tr", HTML_BLOCK)                                                                        \
    X(TRACK, "track", HTML_VOID)                                                                   \
    X(UL, "ul", HTML_BLOCK)                                                                        \
    X(VIDEO, "video", HTML_HIDE)                                                                   \
    X(WBR, "wbr", HTML_VOID)                                                                       \
    X(XMP, "xmp", HTML_RAW | HTML_BLOCK)

enum html_tag {
    HTML_T_NONE,
#define X(id, name, what) HTML_T_##id,
    HTML_TAGS(X)
#undef X
        HTML_TAG_COUNT
};

enum {
    HTML_BLOCK = 1,  /* begins and ends a stretch of text */
    HTML_VOID = 2,   /* has no content and no end tag */
    HTML_RAW = 4,    /* its content is no markup */
    HTML_RCDATA = 8, /* the same, but for character references */
    HTML_HIDE = 16   /* its content is not text of the page */
};

/* The element of a name in any case; HTML_T_NONE when it is none of these. */
enum html_tag html_tag_find(const char *name, size_t n);
unsigned html_tag_what(enum html_tag tag);
const char *html_tag_name(enum html_tag tag);
#endif
