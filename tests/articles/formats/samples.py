"""Small real files of every format, made here: what the readers and the fuzzer start from."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage

import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PARAGRAPHS = (
    "Mayor Ines Holt said on Tuesday that the old ferry pier will reopen in June, four months after "
    "a storm tore away the landing stage and left the island without a regular crossing.",
    "“It is safe again,” Holt told reporters at the harbour. “We have replaced every one of the pilings, "
    "and the engineers have signed the papers.”",
    "The Ferry Workers’ Union denied that. Its chairman, Tomas Brandt, said that the café on the pier "
    "would stay closed all summer and that nobody had asked the crews who will have to land there.",
)
TEXT = "\n\n".join(PARAGRAPHS) + "\n"
TITLE = "Ferry pier to reopen in June, mayor says"
URL = "https://gazette.example/2024/05/02/pier"

HTML = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{TITLE} - The Lindau Gazette</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="The Lindau Gazette">
<meta name="author" content="Jane Roe"><meta property="article:published_time" content="2024-05-02T08:00:00Z">
<link rel="canonical" href="{URL}"><script>var x = "<p>no</p>";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>{TITLE}</h1>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</article>
<footer>© 2024 The Lindau Gazette</footer></body></html>
""".encode()

MARKDOWN = f"""---
title: "{TITLE}"
date: 2024-05-02
author: Jane Roe
publisher: The Lindau Gazette
url: {URL}
tags: [harbour, ferries]
---

# {TITLE}

{TEXT}""".encode()

RECORDS: tuple[Mapping[str, object], ...] = tuple(
    {
        "title": f"{TITLE} ({n})",
        "body": f"{TEXT}\nEdition {n}.",
        "date": f"2024-05-0{n}T10:00:00+02:00",
        "source": {"id": None, "name": "The Lindau Gazette"},
        "authors": ["Jane Roe", "John Doe"],
        "link": f"{URL}-{n}",
    }
    for n in (1, 2, 3)
)
JSON_LINES = b"".join(json.dumps(record).encode() + b"\n" for record in RECORDS)
JSON_ARRAY = json.dumps(list(RECORDS), indent=2, ensure_ascii=False).encode()
JSON_OBJECT = json.dumps(RECORDS[0], indent=1).encode()


def table(delimiter: str = ",", newline: str = "\r\n") -> bytes:
    """The records as a table."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline)
    writer.writerow(["Headline", "Text", "Published", "Source", "URL"])
    for r in RECORDS:
        writer.writerow([r["title"], r["body"], r["date"], "The Lindau Gazette", r["link"]])
    return out.getvalue().encode()


def letter(html: bool = False) -> bytes:
    """A newsletter; with `html` one that has no plain part."""
    message = EmailMessage()
    message["From"] = "The Lindau Gazette <news@gazette.example>"
    message["To"] = "readers@gazette.example"
    message["Date"] = "Thu, 02 May 2024 08:00:00 +0200"
    message["Subject"] = TITLE
    if html:
        message.set_content(HTML.decode(), subtype="html")
    else:
        message.set_content(TEXT)
        message.add_alternative(HTML.decode(), subtype="html")
        message.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="x.png")
    return bytes(message)


def pdf(pages: tuple[str, ...] = PARAGRAPHS) -> bytes:
    """A PDF with one paragraph a page, without compression."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for page in pages:
        words, lines = (
            page.encode("cp1252", "replace").replace(b"(", b"\\(").replace(b")", b"\\)").split(),
            [b""],
        )
        for word in words:
            if len(lines[-1]) + len(word) > 80:
                lines.append(b"")
            lines[-1] += (b" " if lines[-1] else b"") + word
        shown = b"\n".join(b"(" + line + b") Tj T*" for line in lines)
        stream = b"BT /F1 10 Tf 12 TL 50 700 Td\n" + shown + b"\nET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (
        b" ".join(b"%d 0 R" % k for k in kids),
        len(kids),
    )
    out, offsets = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def warc(
    pages: Mapping[str, bytes] | None = None, gzipped: bool = True, sent: str = "text/html; charset=utf-8"
) -> bytes:
    """A web archive of pages sent as this type, with what else such archives hold."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
    for url, page in (pages or {URL: HTML}).items():
        for status, kind, body in (
            ("404 Not Found", "text/html", b"gone"),
            ("200 OK", "image/png", b"\x89PNG"),
            ("200 OK", sent, page),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=headers
            )
            writer.write_record(record)
        writer.write_record(
            writer.create_warc_record(url, "request", payload=io.BytesIO(b"GET / HTTP/1.1\r\n\r\n"))
        )
    return out.getvalue()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    """A tar archive; "w:gz" and the like compress it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


MEMBERS = {"a.txt": TEXT.encode(), "sub/page.html": HTML, "dump.jsonl": JSON_LINES, "x.png": b"\x89PNG\0\0"}

SAMPLES: dict[str, bytes] = {
    "a.txt": TEXT.encode(),
    "latin.txt": TEXT.encode("cp1252"),
    "utf16.txt": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "page.html": HTML,
    "a.md": MARKDOWN,
    "dump.jsonl": JSON_LINES,
    "dump.json": JSON_ARRAY,
    "one.json": JSON_OBJECT,
    "table.csv": table(),
    "table.tsv": table("\t", "\n"),
    "excel.txt": b"\xff\xfe" + table("\t").decode().encode("utf-16-le"),
    "letter.eml": letter(),
    "html.eml": letter(html=True),
    "a.pdf": pdf(),
    "site.warc": warc(gzipped=False),
    "site.warc.gz": warc(),
    "a.txt.gz": gzip.compress(TEXT.encode()),
    "a.txt.bz2": bz2.compress(TEXT.encode()),
    "dump.jsonl.xz": lzma.compress(JSON_LINES),
    "a.txt.zst": zstandard.ZstdCompressor().compress(TEXT.encode()),
    "archive.zip": zipped(MEMBERS),
    "archive.tar": tarred(MEMBERS),
    "archive.tar.gz": tarred(MEMBERS, "w:gz"),
    "nested.zip": zipped({"inner.tar.gz": tarred(MEMBERS, "w:gz"), "b.txt": TEXT.encode()}),
}
