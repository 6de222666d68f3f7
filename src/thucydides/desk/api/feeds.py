"""Feeds: RSS, RDF and Atom come in, their entries go out as reports to be read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from thucydides.errors import UnreadableReport
from thucydides.reports import Raw

_FEED = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<[!?][^>]{0,500}>\s*)*<(?:rss|feed|(?:\w+:)?RDF)\b", re.IGNORECASE)
_TEXTS = ("encoded", "content", "description", "summary")
"""What an entry tells, the fullest first."""


def is_feed(data: bytes) -> bool:
    """Whether bytes begin as a feed does."""
    return _FEED.match(data[:4096].removeprefix(b"\xef\xbb\xbf")) is not None


def entries(raw: Raw, url: str = "") -> Iterator[Raw]:
    """The entries of a feed as reports in JSON, those without words left out. ``url`` is what their links are counted from."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False)
    try:
        root = etree.fromstring(raw.data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableReport(f"{raw.name}: damaged feed ({error})", remedy="Fetch it again.") from error
    if root is None:
        raise UnreadableReport(f"{raw.name}: nothing of the feed can be read", remedy="Fetch it again.")
    publisher = _words(root, ("title",)) or _words(_child(root, "channel"), ("title",))
    for number, entry in enumerate(one for one in root.iter() if _tag(one) in ("item", "entry")):
        text = _plain(_words(entry, _TEXTS) or "")
        title = _plain(_words(entry, ("title",)) or "")
        if not text and not title:
            continue
        link = _link(entry)
        told = {
            "text": f"{title}\n\n{text}".strip() if title and not text.startswith(title) else text,
            "title": title or None,
            "url": urljoin(url, link) if link else None,
            "published": _day(_words(entry, ("pubDate", "published", "date", "updated", "issued"))),
            "source": _plain(publisher or "") or None,
            "author": _plain(_words(entry, ("creator", "author")) or "") or None,
        }
        data = json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False).encode()
        yield Raw(f"{raw.name}, entry {number + 1}", data, "application/json")


def _tag(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _child(element: Any, name: str) -> Any:
    return next((one for one in element if _tag(one) == name), None)


def _words(element: Any, names: tuple[str, ...]) -> str | None:
    """The text of the first of some children that has one."""
    if element is None:
        return None
    for name in names:
        for child in element:
            if _tag(child) == name:
                words = "".join(child.itertext()) if len(child) == 0 or name in _TEXTS else " ".join(child.itertext())
                if words.strip():
                    return words.strip()
    return None


def _link(entry: Any) -> str | None:
    for child in entry:
        if _tag(child) == "link" and child.get("rel", "alternate") == "alternate":
            found = child.get("href") or (child.text or "").strip()
            if found:
                return str(found)
    return None


def _plain(words: str) -> str:
    """The text of words that may be HTML, paragraphs apart."""
    if "<" not in words:
        return " ".join(words.split()) if "\n" not in words else words.strip()
    from lxml import html

    try:
        drawn = html.fromstring(f"<div>{words}</div>")
    except (etree.ParserError, ValueError):
        return words
    for gone in drawn.xpath(".//script | .//style"):
        gone.drop_tree()
    for block in drawn.xpath(".//p | .//br | .//div | .//li | .//h1 | .//h2 | .//h3 | .//blockquote"):
        block.tail = "\n\n" + (block.tail or "")
    text = drawn.text_content()
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())


def _day(words: str | None) -> str | None:
    if words is None:
        return None
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except (ValueError, TypeError):
        return words
