"""The drawing (SVG) of a map of control: shaded areas if wanted, then a sign for every place.

A sign is filled with its holder's colour in its holder's shape; hatched in both colours where it is contested; in a ring of the besieger's
colour where it is besieged; filled by its share where that is told; empty where nobody is known to hold it. What is less sure is paler.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thucydides.desk.control_map.colours import Colour, colours
from thucydides.desk.control_map.marks import Mark, Scene, Spot
from thucydides.desk.control_map.shading import Patch, patches
from thucydides.desk.page.framing import frame_of
from thucydides.desk.page.ground import (
    HEIGHT,
    KM,
    MARGIN,
    WIDTH,
    Bounding,
    Frame,
    Near,
    graticule,
    ground,
    landmark,
    landmarks,
    path_data,
    scale_bar,
)
from thucydides.desk.page.html import Html, el
from thucydides.desk.page.land import Point, clipped
from thucydides.desk.unit_symbols import unit_mark
from thucydides.places import Shapes

LEAST_KM = 45.0
"""The map is never closer than this at first: the quarters of one town."""
PALEST = 0.35
NAMED = 400
"""Signs that may have a name beside them, the surest; all have theirs when pointed at."""
_SIZES = ((150, 1.0), (600, 0.8), (10**9, 0.55))  # up to so many signs, how large each is
_LETTER = 7.4  # units that a letter of a name takes
_SIDES = ((14.0, 4.0, "start"), (-14.0, 4.0, "end"), (0.0, -14.0, "middle"), (0.0, 24.0, "middle"))


def frame_for(scene: Scene) -> Frame:
    """The stretch that the map shows at first."""
    return frame_of(scene.spots(), LEAST_KM)


def draw(scene: Scene, near: Near | None = None, *, shaded: bool = False) -> Html:
    """The drawing of all places that have a point."""
    spots, frame = scene.spots(), frame_for(scene)
    areas = patches(scene.marks, frame) if shaded else []
    sorted_spots = sorted(spots, key=lambda spot: (spot.first.fine, spot.first.confidence, -spot.first.number))
    title = f"Who holds what on {scene.day}: {len(scene.marks)} places"
    taken: list[Bounding] = []
    named = sorted_spots[::-1][:NAMED]
    names = _placed(named, frame, taken)
    labelled = {id(spot) for spot in named}
    size = next(size for most, size in _SIZES if len(spots) <= most)
    return el(
        "svg",
        el("title", title),
        el("desc", "The table below gives the same places in words."),
        el("defs", *_hatches(scene.marks, areas, scene), *_shares(scene.marks, scene), *_clips(areas, scene, frame)),
        ground(frame, taken),
        _asked(scene, frame),
        _shaded(areas, scene) if shaded else None,
        el("g", *graticule(frame), class_="graticule"),
        el("g", *(landmark(town, frame) for town in landmarks([(s.lon, s.lat) for s in spots], frame, near)), class_="landmarks"),
        el(
            "g",
            *(_sign(spot, frame, scene, names.get(id(spot)), labelled=id(spot) in labelled, size=size) for spot in sorted_spots),
            class_="spots",
        ),
        scale_bar(frame),
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        role="group",
        aria_label=title,
        data_km=f"{KM / frame.scale:.5f}",
    )


# ── signs ────────────────────────────────────────────────────────────────────────────────────────


def colour_of(holder: str | None, scene: Scene) -> tuple[str, Colour]:
    """The class and the colour of a holder."""
    at = scene.colours.get(holder or "", len(colours()) - 1)
    return f"g{at}", colours()[at]


def _sign(spot: Spot, frame: Frame, scene: Scene, name: tuple[float, float, str] | None, *, labelled: bool, size: float) -> Html:
    x, y = frame.at((spot.lon, spot.lat))
    mark = spot.first
    told = "; ".join(f"{one.name}: {one.summary}" for one in spot.marks)
    dx, dy, anchor = name or (*_SIDES[0],)
    label = el("text", mark.label, x=dx, y=dy, text_anchor=anchor, class_="name" if name else "name hidden") if labelled else None
    unit = unit_mark(mark.symbol, -13.0, -12.0, 13.0) if mark.symbol and mark.told_holder and not mark.lapsed else None
    many = el("text", f"+{len(spot.marks) - 1}", x=9, y=-8, class_="many") if len(spot.marks) > 1 else None
    return el(
        "a",
        el("title", told),
        el(
            "g",
            el("circle", r=13.0, class_="halo"),
            el("g", *symbol(mark, scene), transform=f"scale({size})"),
            unit,
            many,
            label,
            class_="fixed",
        ),
        href=f"#c{mark.number}",
        class_=f"spot {colour_of(mark.holder, scene)[0]}{'' if mark.fine else ' vague'}{' lapsed' if mark.lapsed else ''}",
        transform=f"translate({x:.1f} {y:.1f})",
        aria_label=told,
        data_c=" ".join(f"c{one.number}" for one in spot.marks),
    )


def symbol(mark: Mark, scene: Scene) -> list[Html]:
    """The sign of a state, about its own middle."""
    name, colour = colour_of(mark.holder, scene)
    other = mark.others[0] if mark.others else None
    sure = f"{max(PALEST, mark.confidence):.2f}"
    if mark.lapsed:
        return [el("path", d=colours()[-1].path, transform="scale(.62)", class_="sign empty")]
    drawn = [el("path", d=colour.path, class_="under")]
    if mark.status == "contested":
        drawn.append(
            el("path", d=colour.path, fill=f"url(#{_hatch(mark.holder, other, scene)})", fill_opacity=sure, class_=f"hatched {name}")
        )
    elif mark.status == "partly" and mark.share is not None:
        drawn.append(el("path", d=colour.path, fill=f"url(#{_share(mark, scene)})", fill_opacity=sure, class_=f"hatched {name}"))
    else:
        drawn.append(el("path", d=colour.path, fill_opacity=sure, class_=f"sign {name}"))
    if mark.status == "besieged":
        drawn.append(el("circle", r=11.0, class_=f"siege {colour_of(other, scene)[0]}"))
    return drawn


def _placed(spots: Sequence[Spot], frame: Frame, taken: list[Bounding]) -> dict[int, tuple[float, float, str]]:
    """Where names stand beside their signs, the surest first; a name that finds no free side is left out. ``taken`` gets what they fill."""
    points = [frame.at((spot.lon, spot.lat)) for spot in spots]
    taken += [(x - 8, y - 8, x + 8, y + 8) for x, y in points]
    found = {}
    for spot, (x, y) in zip(spots, points, strict=True):
        long = _LETTER * len(spot.first.label)
        for dx, dy, anchor in _SIDES:
            left = x + dx - (long if anchor == "end" else long / 2 if anchor == "middle" else 0)
            box = (left, y + dy - 11, left + long, y + dy + 3)
            inside = box[0] > 4 and box[2] < WIDTH - 4 and box[1] > 4 and box[3] < HEIGHT - 20
            if inside and not any(box[0] < o[2] and box[2] > o[0] and box[1] < o[3] and box[3] > o[1] for o in taken):
                taken.append(box)
                found[id(spot)] = (dx, dy, anchor)
                break
    return found


# ── fillings ─────────────────────────────────────────────────────────────────────────────────────


def _hatch(one: str | None, other: str | None, scene: Scene) -> str:
    return f"h-{colour_of(one, scene)[0]}-{colour_of(other, scene)[0]}"


def _share(mark: Mark, scene: Scene) -> str:
    other = mark.others[0] if mark.others else None
    return f"p-{colour_of(mark.holder, scene)[0]}-{colour_of(other, scene)[0]}-{round(100 * (mark.share or 0))}"


def _hatches(marks: Iterable[Mark], areas: Iterable[Patch], scene: Scene) -> list[Html]:
    pairs = [(mark.holder, mark.others[0] if mark.others else None, "") for mark in marks if mark.status == "contested"]
    pairs += [(area.holder, area.other, "a") for area in areas if area.status != "held"]
    found = {f"{wide}{_hatch(one, other, scene)}": _stripes(one, other, wide, scene) for one, other, wide in pairs}
    return list(found.values())


def _stripes(one: str | None, other: str | None, wide: str, scene: Scene) -> Html:
    """Stripes in two colours, those of areas wider and with gaps."""
    length = 9.0 if wide else 4.4
    first, second = colour_of(one, scene)[0], colour_of(other, scene)[0]
    inside = [el("rect", width=length / 2, height=length, class_=f"sign {first}")] if one is not None else []
    at = length / 2 if one is not None else 0.0
    return el(
        "pattern",
        *inside,
        el("rect", x=at, width=length / 2 - (1.5 if wide else 0), height=length, class_=f"sign {second}"),
        id=f"{wide}{_hatch(one, other, scene)}",
        width=length,
        height=length,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def _shares(marks: Iterable[Mark], scene: Scene) -> list[Html]:
    found = {}
    for mark in marks:
        if mark.status == "partly" and mark.share is not None:
            at = f"{mark.share:.2f}"
            one, other = colour_of(mark.holder, scene)[0], colour_of(mark.others[0] if mark.others else None, scene)[0]
            stops = [el("stop", offset=at, class_=f"stop {one}"), el("stop", offset=at, class_=f"stop {other}")]
            found[_share(mark, scene)] = el("linearGradient", *stops, id=_share(mark, scene))
    return list(found.values())


# ── areas ────────────────────────────────────────────────────────────────────────────────────────


def _clips(areas: Iterable[Patch], scene: Scene, frame: Frame) -> list[Html]:
    countries = dict.fromkeys(area.country for area in areas)
    found = [el("clipPath", _outline(_country(country), frame), id=f"in-{country or 'x'}") for country in countries]
    return [*found, el("clipPath", _outline(scene.area, frame), id="asked")] if scene.area else found


def _country(code: str | None) -> Sequence[Sequence[Point]]:
    shape = Shapes.open().of(f"country:{code}") if code else None
    return shape.parts if shape else ()


def _outline(rings: Sequence[Sequence[Point]], frame: Frame) -> Html:
    """Rings of latitude and longitude as a path; everywhere, where there is none."""
    box = frame.box(MARGIN)
    pieces = [clipped([(lon, lat) for lat, lon in ring], box) for ring in rings]
    drawn = [path_data([frame.at(point) for point in piece]) + "Z" for piece in pieces if len(piece) > 2]
    if not rings:
        drawn = [f"M{-2 * WIDTH:.0f} {-2 * HEIGHT:.0f}H{3 * WIDTH:.0f}V{3 * HEIGHT:.0f}H{-2 * WIDTH:.0f}Z"]
    return el("path", d="".join(drawn), clip_rule="evenodd")


def _shaded(areas: Sequence[Patch], scene: Scene) -> Html:
    told = []
    for area in areas:
        path = "".join(path_data(loop) + "Z" for loop in area.loops)
        clip = f"url(#in-{area.country or 'x'})"
        if area.status == "held":
            told.append(el("path", d=path, fill_rule="evenodd", clip_path=clip, class_=f"sign {colour_of(area.holder, scene)[0]}"))
        else:
            fill = f"url(#a{_hatch(area.holder, area.other, scene)})"
            told.append(el("path", d=path, fill_rule="evenodd", clip_path=clip, fill=fill))
    return el("g", el("g", *told, clip_path="url(#asked)" if scene.area else None), class_="shaded", aria_hidden="true")


def _asked(scene: Scene, frame: Frame) -> Html | None:
    """The outline of the area that was asked for."""
    if not scene.area:
        return None
    return el("g", _outline(scene.area, frame), class_="asked", aria_hidden="true")
