# SPDX-License-Identifier: MIT
"""quern from Python: one file, nothing to build, Python 3.8 or later and libquern.so.1.

    import quern

    with quern.Pipeline("news.cfg") as annotate:
        doc = annotate("Angela Merkel met Barack Obama in Berlin.")
        for ent in doc.ents:
            print(ent.label, ent.text)
        for doc in annotate.pipe(texts):          # many at once, in order
            print(doc.id, doc.summary)

    quern.run("news.cfg", ["articles/"], "out.jsonl")    # as `quern run` does

Copy the file beside your program, or put its folder on PYTHONPATH. QUERN_LIBRARY names another
libquern. A Pipeline may be used by one thread at a time; make one for each thread that needs one.
"""
import collections
import ctypes
import json
import os
import threading

__all__ = ["Pipeline", "Doc", "Span", "Problem", "Counts", "Error", "ConfigError",
           "DocumentError", "run", "version"]

OK, END = 0, 1
_NAMES = {-1: "out of memory", -2: "wrong config", -3: "reading or writing failed",
          -4: "a document failed", -5: "cancelled", -6: "not supported", -7: "wrong use"}
_DROPPED, _FAILED = 2, 4

Problem = collections.namedtuple("Problem", "code file line column length message note help")
Problem.__doc__ = "A mistake in a config, with its place; `quern help CODE` explains it."
Counts = collections.namedtuple("Counts", "read out dropped failed")


# ---- the library -------------------------------------------------------------------------------

class _Str(ctypes.Structure):
    _fields_ = [("p", ctypes.POINTER(ctypes.c_char)), ("n", ctypes.c_size_t)]

    def bytes(self):
        return ctypes.string_at(self.p, self.n) if self.n else b""

    def str(self):
        return self.bytes().decode("utf-8", "replace")


class _Record(ctypes.Structure):  # qn_record of quern/record.h
    _fields_ = [("batch", ctypes.c_void_p), ("id", _Str), ("place", _Str), ("text", _Str),
                ("raw", _Str), ("map", ctypes.c_void_p), ("nmap", ctypes.c_uint32),
                ("flags", ctypes.c_uint32), ("ordinal", ctypes.c_uint64),
                ("meta", ctypes.c_void_p), ("nmeta", ctypes.c_uint32),
                ("capmeta", ctypes.c_uint32), ("nlayer", ctypes.c_uint32),
                ("stage", ctypes.c_uint32), ("layer", ctypes.c_void_p), ("why", _Str)]


class _Problem(ctypes.Structure):
    _fields_ = [("code", ctypes.c_char_p), ("file", ctypes.c_char_p),
                ("line", ctypes.c_uint32), ("column", ctypes.c_uint32),
                ("len", ctypes.c_uint32), ("unused", ctypes.c_uint32),
                ("message", ctypes.c_char_p), ("note", ctypes.c_char_p),
                ("help", ctypes.c_char_p)]


class _Counts(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in Counts._fields]


_Log = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p)


def _load():
    lib = ctypes.CDLL(os.environ.get("QUERN_LIBRARY") or "libquern.so.1")
    handle, text, size, status = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int)
    record = ctypes.POINTER(_Record)
    for name, result, arguments in (
            ("qn_version", text, []),
            ("qn_pipeline_new", handle, []),
            ("qn_pipeline_free", None, [handle]),
            ("qn_pipeline_config", status, [handle, text]),
            ("qn_pipeline_config_text", status, [handle, text, size, text]),
            ("qn_pipeline_set", status, [handle, text]),
            ("qn_pipeline_input", status, [handle, text]),
            ("qn_pipeline_output", status, [handle, text]),
            ("qn_pipeline_plugin_path", status, [handle, text]),
            ("qn_pipeline_data_path", status, [handle, text]),
            ("qn_pipeline_on_log", None, [handle, _Log, ctypes.c_void_p]),
            ("qn_pipeline_open", status, [handle]),
            ("qn_pipeline_push", status, [handle, text, text, size, text]),
            ("qn_pipeline_next", status, [handle, ctypes.POINTER(record)]),
            ("qn_pipeline_finish", status, [handle]),
            ("qn_pipeline_json", status, [handle, record, ctypes.POINTER(_Str)]),
            ("qn_pipeline_run", status, [handle, ctypes.POINTER(_Counts)]),
            ("qn_pipeline_stop", None, [handle]),
            ("qn_pipeline_problem", ctypes.POINTER(_Problem), [handle, size]),
            ("qn_pipeline_error", text, [handle])):
        function = getattr(lib, name)
        function.restype = result
        function.argtypes = arguments
    return lib


_lib = _load()


def version():
    """The library's version."""
    return _lib.qn_version().decode()


# ---- what went wrong ---------------------------------------------------------------------------

class Error(Exception):
    """Something failed; `status` is the library's number for it."""

    def __init__(self, status, words, problems=()):
        super().__init__(words or _NAMES.get(status, "status %d" % status))
        self.status = status
        self.problems = list(problems)


class ConfigError(Error):
    """A config, or what was set beside it, is wrong; `problems` lists every mistake found."""


class DocumentError(Error):
    """A document could not be processed; `id` is its id."""

    def __init__(self, id, words):
        super().__init__(-4, "%s: %s" % (id, words))
        self.id = id


def _decoded(s):
    return None if s is None else s.decode("utf-8", "replace")


# ---- documents ---------------------------------------------------------------------------------

class Span:
    """A stretch of a document's text: start and end (code points), text, label, and in `data`
    everything else that is known of it ("value", "kb_id", "chain", ...)."""

    __slots__ = ("doc", "data")

    def __init__(self, doc, data):
        self.doc = doc
        self.data = data

    start = property(lambda self: self.data["start"])
    end = property(lambda self: self.data["end"])
    label = property(lambda self: self.data.get("label", ""))
    text = property(lambda self: self.doc.text[self.data["start"]:self.data["end"]])

    def __repr__(self):
        return "<%s %d-%d %r>" % (self.label or "Span", self.start, self.end, self.text)


class Doc:
    """A document that came back. Of one that was dropped, `dropped` names the rule; of one that
    failed, `failed` says why: both have only id and text. Else `json` is the parsed line of the
    jsonl sink (spaCy: Doc(vocab).from_json(doc.json)), and the other properties read from it."""

    def __init__(self, id, line=None, text="", dropped=None, failed=None):
        self.id = id
        self.dropped = dropped
        self.failed = failed
        self.line = line
        self._text = text
        self._json = None

    @property
    def json(self):
        if self._json is None:
            self._json = json.loads(self.line) if self.line else {"id": self.id,
                                                                  "text": self._text}
        return self._json

    def spans(self, layer):
        """The spans of a layer, whether it has a key of its own or not."""
        found = self.json.get(layer)
        if found is None:
            found = self.json.get("layers", {}).get(layer, ())
        return [Span(self, data) for data in found]

    text = property(lambda self: self.json["text"])
    ents = property(lambda self: self.spans("ents"))
    sents = property(lambda self: self.spans("sents"))
    tokens = property(lambda self: self.spans("tokens"))
    headings = property(lambda self: self.spans("headings"))
    summary = property(lambda self: self.json.get("summary"))
    meta = property(lambda self: self.json.get("meta", {}))

    def __repr__(self):
        return "<Doc %s%s>" % (self.id, " dropped" if self.dropped else
                               " failed" if self.failed else "")


# ---- pipelines ---------------------------------------------------------------------------------

def _value(value):
    """A Python value as a config writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    if isinstance(value, str):
        return '"%s"' % value.replace("\\", "\\\\").replace('"', '\\"')
    return str(value)


class _Handle:
    """A qn_pipeline with what it is to run."""

    def __init__(self, config, text, options, workers, plugin_path, data_path, log):
        self.p = _lib.qn_pipeline_new()
        if not self.p:
            raise MemoryError
        self._log = _Log(lambda user, level, stage, words: log(
            level, _decoded(stage), _decoded(words))) if log else None
        if self._log:
            _lib.qn_pipeline_on_log(self.p, self._log, None)
        if text is not None:
            raw = text.encode("utf-8")
            self.check(_lib.qn_pipeline_config_text(self.p, raw, len(raw),
                                                    os.fsencode(config or "config")))
        else:
            self.check(_lib.qn_pipeline_config(self.p, os.fsencode(config)))
        for option, value in (options or {}).items():
            self.set("%s=%s" % (option, _value(value)))
        if workers is not None:
            self.set("run.workers=%d" % workers)
        if plugin_path:
            self.check(_lib.qn_pipeline_plugin_path(self.p, os.fsencode(plugin_path)))
        if data_path:
            self.check(_lib.qn_pipeline_data_path(self.p, os.fsencode(data_path)))

    def set(self, assignment):
        self.check(_lib.qn_pipeline_set(self.p, assignment.encode("utf-8")))

    def problems(self):
        i = 0
        while True:
            found = _lib.qn_pipeline_problem(self.p, i)
            if not found:
                return
            x = found.contents
            yield Problem(_decoded(x.code), _decoded(x.file), x.line, x.column, x.len,
                          _decoded(x.message), _decoded(x.note), _decoded(x.help))
            i += 1

    def check(self, status):
        if status == OK:
            return
        words = _decoded(_lib.qn_pipeline_error(self.p))
        if status == -1:
            raise MemoryError(words)
        if status == -2:
            raise ConfigError(status, words, self.problems())
        raise Error(status, words)

    def free(self):
        if self.p:
            _lib.qn_pipeline_free(self.p)
        self.p = None


class Pipeline:
    """An open pipeline: documents in, annotated documents out. `config` is a path, or a name for
    the config given as `text`. `options` sets "stage.option" to values, `workers` the number of
    threads (default: the config's), `log(level, stage, words)` hears what stages have to say.
    Folders of `plugin_path` and `data_path` are searched first."""

    def __init__(self, config=None, *, text=None, options=None, workers=None, plugin_path=None,
                 data_path=None, log=None):
        if config is None and text is None:
            raise TypeError("a Pipeline needs a config: a path, or text=")
        self._busy = False
        self._handle = None
        handle = _Handle(config, text, options, workers, plugin_path, data_path, log)
        try:
            handle.check(_lib.qn_pipeline_open(handle.p))
        except BaseException:
            handle.free()
            raise
        self._handle = handle

    def _open(self):
        if not self._handle or not self._handle.p:
            raise ValueError("the pipeline is closed")
        return self._handle

    def _push(self, document):
        """A text, or a dict with "text", perhaps "id", and metadata."""
        id, meta = None, None
        if not isinstance(document, str):
            meta = dict(document)
            document, id = meta.pop("text"), meta.pop("id", None)
        text = document.encode("utf-8")
        if id is not None:
            id = str(id).encode("utf-8")
            if b"\0" in id:
                raise ValueError("an id holds no NUL")
        status = _lib.qn_pipeline_push(self._handle.p, id, text, len(text),
                                       json.dumps(meta).encode() if meta else None)
        if status == -5:  # the run is over: next says why
            self._next()
        if status != OK:
            raise Error(status, None)

    def _next(self):
        """The next document, or None when none is under way."""
        record = ctypes.POINTER(_Record)()
        status = _lib.qn_pipeline_next(self._handle.p, ctypes.byref(record))
        if status == END:
            return None
        self._handle.check(status)
        r = record.contents
        if r.flags & (_DROPPED | _FAILED):
            why = r.why.str()
            return Doc(r.id.str(), text=r.text.str(), dropped=None if r.flags & _FAILED else why,
                       failed=why if r.flags & _FAILED else None)
        line = _Str()
        self._handle.check(_lib.qn_pipeline_json(self._handle.p, record, ctypes.byref(line)))
        return Doc(r.id.str(), line.bytes())

    def _begin(self):
        self._open()
        if self._busy:
            raise RuntimeError("the pipeline is busy with a pipe() that has not ended")
        self._busy = True

    def __call__(self, document):
        """Annotates one document; DocumentError when it cannot be processed."""
        self._begin()
        try:
            self._push(document)
            doc = self._next()
        finally:
            self._busy = False
        if doc.failed:
            raise DocumentError(doc.id, doc.failed)
        return doc

    def pipe(self, documents, window=256):
        """Annotates documents (texts, or dicts with "text", "id" and metadata) by all workers at
        once; yields them in order, `window` being under way at most. One that failed comes with
        `failed` set, and the others go on."""
        self._begin()
        under_way = 0
        try:
            for document in documents:
                self._push(document)
                under_way += 1
                if under_way >= window:
                    under_way -= 1
                    yield self._next()
            while under_way:
                under_way -= 1
                yield self._next()
        finally:
            try:
                while under_way and self._handle and self._handle.p and self._next():
                    under_way -= 1
            finally:
                self._busy = False

    def finish(self):
        """Ends the pipeline well: what stages write at the end (reports, quarantine) is kept."""
        handle = self._open()
        try:
            handle.check(_lib.qn_pipeline_finish(handle.p))
        finally:
            handle.free()

    def close(self):
        """Ends the pipeline at once."""
        if self._handle:
            self._handle.free()

    def __enter__(self):
        self._open()
        return self

    def __exit__(self, kind, error, trace):
        if kind is None and self._handle and self._handle.p:
            self.finish()
        else:
            self.close()

    def __del__(self):
        if getattr(self, "_handle", None):
            self.close()


def run(config=None, inputs=(), output=None, *, text=None, options=None, workers=None,
        plugin_path=None, data_path=None, log=None):
    """Runs a whole config from its source to its sinks, as `quern run` does; returns Counts.
    Ctrl-C ends it after the documents that are under way."""
    handle = _Handle(config, text, options, workers, plugin_path, data_path, log)
    counts, result = _Counts(), []
    try:
        for path in [inputs] if isinstance(inputs, (str, bytes, os.PathLike)) else inputs:
            handle.check(_lib.qn_pipeline_input(handle.p, os.fsencode(path)))
        if output is not None:
            handle.check(_lib.qn_pipeline_output(handle.p, os.fsencode(output)))
        thread = threading.Thread(
            target=lambda: result.append(_lib.qn_pipeline_run(handle.p, ctypes.byref(counts))))
        thread.start()
        try:
            while thread.is_alive():
                thread.join(0.2)
        except BaseException:
            _lib.qn_pipeline_stop(handle.p)
            thread.join()
            raise
        handle.check(result[0])
        return Counts(counts.read, counts.out, counts.dropped, counts.failed)
    finally:
        handle.free()
