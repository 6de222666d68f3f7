"""Building HTML so that no words of a report can become markup.

``el`` makes an element. What is given inside is escaped unless it is ``Html``, which only ``el`` and this package's own constants make.
"""

from __future__ import annotations

from html import escape

from thucydides.desk.telling import shown

VOID = frozenset({"meta", "br", "path", "circle", "rect", "line", "use", "stop"})
CAMEL = frozenset({"viewBox", "preserveAspectRatio", "patternUnits", "patternTransform"})


class Html(str):
    """Markup that is safe as it stands."""

    __slots__ = ()


Inside = str | None


def el(name: str, /, *inside: Inside, **attributes: str | int | float | bool | None) -> Html:
    """An element. ``None`` inside or as an attribute is left out; ``class_`` is ``class``, ``data_c`` is ``data-c``."""
    told = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None and value is not False)
    if name in VOID and not inside:
        return Html(f"<{name}{told}/>" if name not in ("meta", "br") else f"<{name}{told}>")
    return Html(f"<{name}{told}>{joined(*inside)}</{name}>")


def joined(*inside: Inside) -> Html:
    """Elements and words one after the other, the words escaped."""
    return Html("".join(part if isinstance(part, Html) else words(part) for part in inside if part is not None))


def words(text: str) -> Html:
    """Words as text and nothing else."""
    return Html(escape(shown(text), quote=True))


def _attribute(key: str, value: str | int | float | bool) -> str:
    name = key.rstrip("_")
    name = name if name in CAMEL else name.replace("_", "-")
    if value is True:
        return f" {name}"
    told = f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
    return f' {name}="{words(told)}"'
