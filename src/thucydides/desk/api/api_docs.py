"""The API's documentation as one plain page, made of its OpenAPI: no script, nothing from elsewhere."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from thucydides.desk.api.plain import page_of
from thucydides.desk.page.html import Html, el, joined


def docs_page(openapi: dict[str, Any]) -> str:
    """All addresses with what they take and answer, and all shapes."""
    by_tag: dict[str, list[Html]] = defaultdict(list)
    for path, methods in openapi["paths"].items():
        for method, told in methods.items():
            by_tag[(told.get("tags") or ["other"])[0]].append(_operation(path, method, told))
    schemas = openapi["components"]["schemas"]
    body = [
        el("h1", f"{openapi['info']['title']} API {openapi['info']['version']}"),
        el("p", openapi["info"]["description"]),
        el("p", el("a", "openapi.json", href="/api/openapi.json"), " says the same for programs."),
        el(
            "ul", *(el("li", el("a", tag, href=f"#{tag.replace(' ', '-')}")) for tag in by_tag), el("li", el("a", "shapes", href="#shapes"))
        ),
    ]
    for tag, operations in by_tag.items():
        body += [el("h2", tag, id=tag.replace(" ", "-")), *operations]
    body += [el("h2", "shapes", id="shapes"), *(_schema(name, schemas[name]) for name in sorted(schemas))]
    return page_of("API", "/api-docs", body)


def _operation(path: str, method: str, told: dict[str, Any]) -> Html:
    rows = [
        el("tr", el("th", el("code", one["name"]), scope="row"), el("td", _kind(one["schema"])), el("td", _about(one)))
        for one in told.get("parameters", ())
    ]
    heads = el("thead", el("tr", *(el("th", head, scope="col") for head in ("parameter", "kind", "what it is"))))
    answers = [el("li", el("code", status), " ", *_answer(one)) for status, one in sorted(told.get("responses", {}).items())]
    sends = [
        part
        for media, one in told.get("requestBody", {}).get("content", {}).items()
        for part in (el("code", media), " ", _kind(one["schema"]), " ")
    ]
    return el(
        "section",
        el("h3", el("code", f"{method.upper()} {path}")),
        el("p", told.get("description") or told.get("summary")),
        el("table", heads, el("tbody", *rows)) if rows else None,
        el("p", "Sends: ", *sends) if sends else None,
        el("ul", *answers),
    )


def _answer(told: dict[str, Any]) -> list[Html | str]:
    kinds = [part for media, one in told.get("content", {}).items() for part in (el("code", media), " ", _kind(one.get("schema", {})), " ")]
    return [*kinds, told.get("description", "")]


def _schema(name: str, schema: dict[str, Any]) -> Html:
    if "enum" in schema:
        inside = el("p", ", ".join(map(str, schema["enum"])))
    else:
        rows = (
            el("tr", el("th", el("code", field), scope="row"), el("td", _kind(one))) for field, one in schema.get("properties", {}).items()
        )
        inside = el("table", el("tbody", *rows))
    return el(
        "section",
        el("h3", el("code", name), id=f"s-{name}"),
        el("p", schema.get("description")) if schema.get("description") else None,
        inside,
    )


def _about(one: dict[str, Any]) -> str:
    needed = ["needed"] if one.get("required") and one.get("in") != "path" else []
    usual = [f"usually {one['schema']['default']}"] if one["schema"].get("default") not in (None, "") else []
    return "; ".join(filter(None, [one.get("description") or one["schema"].get("description"), *needed, *usual]))


def _kind(schema: dict[str, Any]) -> Html:
    """What a value is, with links to the shapes."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return el("a", name, href=f"#s-{name}")
    if "anyOf" in schema:
        return joined(*(part for n, one in enumerate(schema["anyOf"]) for part in (" or " if n else None, _kind(one))))
    if schema.get("type") == "array":
        inner = schema.get("items") or {"type": ", ".join(str(one.get("type", "")) for one in schema.get("prefixItems", ()))}
        return joined("list of ", _kind(inner))
    return joined(str(schema.get("format") or schema.get("type") or schema.get("title") or "anything"))
