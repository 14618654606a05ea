/* SPDX-License-Identifier: MIT */
/* examples/embed/embed.c - quern in a program of your own: each line of standard input is a
 * document; its entities come out. `make`, then `./embed news.cfg <lines.txt`.
 * docs/embedding.md goes on from here. */
#include <quern/run.h>
#include <stdio.h>

static int say(qn_pipeline *p)
{
    fprintf(stderr, "embed: %s\n", p ? qn_pipeline_error(p) : "out of memory");
    qn_pipeline_free(p);
    return 1;
}

int main(int argc, char **argv)
{
    qn_pipeline *p = qn_pipeline_new();
    const qn_record *r;
    char text[65536];
    if (!p || qn_pipeline_config(p, argc > 1 ? argv[1] : "news.cfg") || qn_pipeline_open(p))
        return say(p);
    while (fgets(text, sizeof text, stdin)) {
        if (qn_pipeline_push(p, NULL, text, strlen(text), NULL) || qn_pipeline_next(p, &r))
            return say(p);
        if (!qn_live(r)) fprintf(stderr, "%s: left out: %s\n", r->id.p, r->why.p);
        const qn_layer *ents = &r->layer[qn_pipeline_layer(p, "ents")];
        for (uint32_t i = 0; qn_live(r) && i < ents->n; i++) {
            qn_str name = qn_span_text(r, &ents->v[i]);
            printf("%s %.*s\n", qn_pipeline_word(p, ents->v[i].label).p, (int)name.n, name.p);
        }
    }
    qn_pipeline_free(p);
    return 0;
}
