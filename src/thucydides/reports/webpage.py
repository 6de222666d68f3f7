"""The main text of a web page, and what its metadata say.

Pages too long or too deeply nested for the tree-building parser are stripped of their tags instead: one scan, no recursion.
"""

from __future__ import annotations

import html
import re
import unicodedata

from thucydides.errors import EmptyReport
from thucydides.reports.content import Content
from thucydides.reports.encoding import decode
from thucydides.reports.phrasing import phrase_of
from thucydides.reports.received import MB, Limits

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w:.-]{2,40})|<\?xml[^>]{0,80}encoding=[\"']([\w:.-]{2,40})", re.IGNORECASE)
_TAG = re.compile(r"<(?:!--|(/?)([a-zA-Z][a-zA-Z0-9:-]*)(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*'|[\"'])*>?)")
_FLAT = frozenset((  # tags without content, or which the next of their kind closes
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li",
    "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rp", "rt",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p", "pre",
    "section", "table", "td", "th", "title", "tr", "ul",
))  # fmt: skip
_SILENT = frozenset(("script", "style", "noscript", "template", "svg", "head", "iframe"))
_TITLE = phrase_of("webpage", "title")
_LIGATURES = re.compile("[\ufb00-\ufb06\u00ad\u200b-\u200d\u2060\ufeff]")


def read_html(data: bytes | str, limits: Limits) -> Content:
    """The content of a page; ``EmptyReport`` where no words are left of it."""
    notes: list[str] = []
    if isinstance(data, bytes):
        declared = _CHARSET.search(data[:4096])
        page, encoding = decode(data, (declared[1] or declared[2]).decode("ascii", "replace") if declared else None)
        if encoding != "utf-8":
            notes.append(f"decoded as {encoding}")
    else:
        page = data
    page = page.replace("\0", " ")
    content: Content | None = None
    if len(page) > limits.html_mb * MB:
        notes.append(f"a page of {len(page) / MB:.1f} MB, more than html_mb={limits.html_mb:g}: tags stripped, main text not looked for")
    elif nesting(page, limits.html_depth) > limits.html_depth:
        notes.append(f"a page nested more than html_depth={limits.html_depth} deep: tags stripped, main text not looked for")
    else:
        content = _main_text(page)
        if content is None:
            notes.append("no main text found on the page: tags stripped")
    if content is None:
        title = _TITLE.search(page)
        content = Content(text=strip_tags(page), title=" ".join(html.unescape(title[1]).split()) or None if title else None)
    if not content.text.strip():
        raise EmptyReport("the page has no text", remedy="It may be drawn by a script: save the page from a browser, or give its text.")
    return content.noting(*notes)


def nesting(page: str, enough: int) -> int:
    """How deep the tags of a page go, counted without building a tree, up to ``enough`` and one more."""
    depth = deepest = 0
    for match in _TAG.finditer(page):
        name = (match[2] or "").lower()
        if not name or name in _FLAT or match[0].endswith("/>"):
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > deepest:
            deepest = depth
            if deepest > enough:
                break
    return deepest


def strip_tags(page: str) -> str:
    """A page's words: blocks on lines of their own, scripts and styles left out."""
    out: list[str] = []
    at, silent = 0, ""
    for match in _TAG.finditer(page):
        name = (match[2] or "").lower()
        if match.start() < at:
            continue
        if not silent:
            out.append(page[at : match.start()])
        at = match.end()
        if not name:  # a comment: skip to its end
            end = page.find("-->", at)
            at = len(page) if end < 0 else end + 3
        elif silent:
            silent = "" if match[1] and name == silent else silent
        elif name in _SILENT and not match[1]:
            silent = name if page.find(f"</{name}", at) >= 0 or name in ("script", "style") else ""
        elif name in _BLOCKS:
            out.append("\n")
    if not silent:
        out.append(page[at:])
    lines = (" ".join(line.split()) for line in html.unescape("".join(out)).split("\n"))
    return "\n".join(line for line in lines if line)


def unligature(text: str) -> str:
    """Extracted text without typesetters' ligatures, soft hyphens and marks of no width, which would split words."""
    return _LIGATURES.sub(lambda m: unicodedata.normalize("NFKC", m[0]) if m[0] >= "\ufb00" and m[0] != "\ufeff" else "", text)


def _main_text(page: str) -> Content | None:
    import lxml.etree
    import trafilatura  # slow to load, and only pages need it

    try:
        found = trafilatura.bare_extraction(page, include_comments=False, include_tables=True, with_metadata=True, favor_precision=False)
    except (ValueError, TypeError, AttributeError, RecursionError, lxml.etree.LxmlError):
        return None  # a page that defeats it is stripped instead, with a note
    if found is None or isinstance(found, dict) or not found.text or not found.text.strip():
        return None
    host = found.hostname or None
    return Content(
        text=unligature(found.text),
        title=found.title or None,
        byline=found.author or None,
        published=found.date or None,
        url=found.url or None,
        source=found.sitename or host,
        host=host,
    )
