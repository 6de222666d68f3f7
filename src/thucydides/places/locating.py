"""From a place as told to a place as found: a point, a radius, and the rule that gave them in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from thucydides.places.choosing import Choice, choose
from thucydides.places.context import Context
from thucydides.places.gazetteer import Gazetteer
from thucydides.places.geometry import Point, distance_km, midpoint, shifted
from thucydides.places.names import alike, fold_name
from thucydides.places.namesakes import SETTLEMENTS, WIDE
from thucydides.places.phrasing import phrase_of
from thucydides.places.polygons import extent_km, half, middle_and_reach
from thucydides.places.readings import Reading, readings
from thucydides.places.relations import Relation, relate
from thucydides.places.shapes import Shape, Shapes
from thucydides.places.sides import lies_towards, province_km, side_of_province
from thucydides.places.stretches import Found, border_by, narrowed, road_between
from thucydides.places.tables import Feature, never
from thucydides.record import Place, Where

_CITY_KM = 30.0  # up to this radius a place is treated as a town, beyond as an area
_BEYOND = 0.5  # "northern Syria" is thickest beyond half of the way from the middle to the northern edge
_COUNTRY = 0.4  # "the northern countryside of Homs" lies about two fifths of the way to where Homs province ends in the north
_BESIDE_KM = 20.0  # how far "east of" a river, road or border may point
_AWAY_KM = 150.0  # how far from Y a known X may be that is told as "X, east of Y"
_DEPTH = 3
_SEATS = ("city", "town")
_FROM_TOWNS = ("near", "outskirts", "distance", "direction")  # told from a town even where its province has the same name
_RIVER = Feature(words="river", stands="both", kind="river", effect="water", radius_km=0.0)
_LED = phrase_of("locating", "led")


def locate(name: str, context: Context, gazetteer: Gazetteer, *, relation: str | None = None, within: Where | None = None) -> Where:
    """Where a place told by name and relation is, in the light of the report's context.

    Unknown stays unknown: the name is kept and the coordinates are ``None``, unless ``within`` or the relation gives a hold. A
    location is never finer than the words: a neighbourhood nobody knows has the radius of its city.
    """
    return _located(gazetteer, context, " ".join(name.split()), " ".join((relation or "").split()) or None, within)


@lru_cache(maxsize=16384)
def _located(gazetteer: Gazetteer, context: Context, name: str, relation: str | None, within: Where | None) -> Where:
    return _marked(_told(gazetteer, context, name, relation, within))


def _marked(where: Where) -> Where:
    """A place with a word on whose it is, where more than one side claims it."""
    if where.lat is None or where.lon is None or where.precision == "country":
        return where
    disputed = Shapes.open().disputed_at(where.lat, where.lon)
    if disputed is None:
        return where
    return replace(where, rule=f"{where.rule}; in {disputed.name}, disputed: held by {disputed.held}; {disputed.view}")


def _told(gazetteer: Gazetteer, context: Context, name: str, relation: str | None, within: Where | None) -> Where:
    told = relate(relation) if relation else None
    if told is None:
        return replace(_named(name, context, gazetteer, within, 0), relation=relation)
    held = _related(told, name, context, gazetteer, within, 0)
    if not name or _is_anchor(name, told):
        return replace(held, name=name or held.name, relation=relation)
    if held.lat is None:
        return replace(_named(name, context, gazetteer, within, 0), relation=relation)
    own = _named(name, context, gazetteer, _reach(held, told), 0)
    if own.lat is None or own.precision == "country" or (own.place is None and (own.radius_km or 0) >= (held.radius_km or 0)):
        rule = f"{name} is unknown; placed by its relation: {held.rule}"
        return replace(held, name=name, relation=relation, rule=rule, score=round(0.9 * (held.score or 0.0), 3))
    return replace(own, relation=relation, rule=f"{own.rule}; agrees with “{relation}”")


def _reach(held: Where, told: Relation) -> Where:
    """Where a place told by a relation may lie: such words are loose, so twice the radius; and "south of" says no distance at all."""
    least_km = _AWAY_KM if told.kind == "direction" else 0.0
    return replace(held, radius_km=max(least_km, 2.0 * (held.radius_km or 0.0) + 5.0))


def _is_anchor(name: str, relation: Relation) -> bool:
    """Whether the name is only that of the relation's own anchor, as in ("Homs", "30km south of Homs city")."""
    if not relation.anchors:
        return True
    folded = fold_name(name)
    plain = {fold_name(reading.name) for reading in readings(name)}
    for anchor in relation.anchors:
        if folded == fold_name(anchor) or plain & {fold_name(reading.name) for reading in readings(anchor)}:
            return True
    return fold_name(relation.words) in folded


# ── by name ──────────────────────────────────────────────────────────────────────────────────────


def _named(name: str, context: Context, gazetteer: Gazetteer, within: Where | None, depth: int) -> Where:
    ways = readings(name)
    if not ways or depth > _DEPTH:
        return _unknown(name, within)
    whole = choose(ways[0].name, context, gazetteer, within=within)
    if whole is not None and (whole.why.startswith("named") or len(ways) == 1):
        found = _as_found(name, whole, None)
    else:
        found = None
    if found is None:
        told = relate(name)
        if told is not None:
            found = _related(told, name, context, gazetteer, within, depth + 1)
            if found.lat is None:
                found = None
    for way in ways[1:] if found is None else ():
        found = _by_reading(name, way, context, gazetteer, within, depth)
        if found is not None:
            break
    if found is None and whole is not None:
        found = _as_found(name, whole, None)
    if found is None:
        return _unknown(name, within)
    return narrowed(found, context, within) if found.relation is None else found


def _by_reading(name: str, way: Reading, context: Context, gazetteer: Gazetteer, within: Where | None, depth: int) -> Where | None:
    if fold_name(way.name) in never() and way.feature is None:
        return None
    held = within
    if way.holder is not None:
        holder = _named(way.holder, context, gazetteer, within, depth + 1)
        if holder.lat is None:
            return None
        held = holder
    choice = choose(way.name, context, gazetteer, feature=way.feature, within=held)
    if choice is not None:
        return _as_found(name, choice, way.feature)
    if way.holder is not None and held is not None and (way.feature is not None or not way.of):
        return _held(name, held)
    return None


def _as_found(name: str, choice: Choice, feature: Feature | None) -> Where:
    place = choice.place
    radius, precision, rule = place.radius_km, precision_of(place), choice.why
    own_kind = feature is None or place.kind == feature.kind
    if feature is not None and not own_kind:
        if feature.effect == "part":
            inside = place.kind in ("neighbourhood", "admin2") and feature.kind in ("district", "neighbourhood")
            if not inside:
                precision = "part" if place.kind in SETTLEMENTS else "area"
                radius, rule = max(radius, feature.radius_km), f"somewhere in {place.name} ({rule})"
        elif feature.effect == "site":
            precision = "near" if place.kind not in WIDE else "area"
            radius, rule = max(radius, feature.radius_km), f"{feature.words} of {place.name}, in or by it ({rule})"
        elif feature.effect == "around":
            precision = "area"
            radius, rule = radius + feature.radius_km, f"land about {place.name} ({rule})"
        elif feature.effect == "area" and place.kind in SETTLEMENTS:
            precision = "area"
            radius, rule = max(radius, 40.0 if feature.kind == "admin1" else 15.0), f"area named after {place.name} ({rule})"
    aliases = (place.name,) if fold_name(place.name) != fold_name(name) else ()
    return Where(
        name=name, place=place.id, lat=place.lat, lon=place.lon, radius_km=round(radius, 1), country=place.country, admin1=place.admin1,
        precision=precision, rule=rule, score=choice.score, aliases=aliases,
    )  # fmt: skip


def precision_of(place: Place) -> str:
    """The precision that a place's own kind allows."""
    if place.kind == "country":
        return "country"
    if place.kind == "admin1":
        return "admin1"
    return "area" if place.kind in WIDE or place.radius_km > _CITY_KM else "place"


def _unknown(name: str, within: Where | None) -> Where:
    if within is not None and within.lat is not None:
        return _held(name, within)
    return Where(name=name, rule="not in the gazetteer, or not likely in this report", score=0.0)


def _held(name: str, within: Where) -> Where:
    """An unknown place inside a known one: the known one's point and radius."""
    town = within.precision in ("place", "part")
    return replace(
        within, name=name, relation=None, place=None, aliases=(),
        precision="part" if town else within.precision if within.precision in ("admin1", "country") else "area",
        rule=f"{name} is unknown; somewhere in {within.name}", score=round(0.8 * (within.score or 0.5), 3),
    )  # fmt: skip


# ── by relation ──────────────────────────────────────────────────────────────────────────────────


def _related(told: Relation, name: str, context: Context, gazetteer: Gazetteer, within: Where | None, depth: int) -> Where:
    if told.kind == "border":
        return _border(told, name, context, gazetteer, within)
    own = _by_own_name(told, name, context, gazetteer, within)
    if own is not None:
        return own
    if told.kind == "along" and len(told.anchors) == 2:
        told = replace(told, anchors=_ends(told.anchors, gazetteer))
    anchors = [_named(anchor, context, gazetteer, within, depth + 1) for anchor in told.anchors or (name,)]
    if told.kind in _FROM_TOWNS:
        anchors = [_seat(anchor, gazetteer) or anchor for anchor in anchors]
    if told.kind == "bank":
        anchors = [_water(anchor, context, gazetteer, within) or found for anchor, found in zip(told.anchors, anchors, strict=True)]
    known = [anchor for anchor in anchors if anchor.lat is not None]
    if not known or (len(known) < len(anchors) and told.kind == "between"):
        return _unknown(name, within)
    if len(known) > 1:
        line = choose(told.line, context, gazetteer) if told.line else None
        return _between(told, name, known[0], known[1], line.place.id if line is not None else None)
    base = known[0]
    shape = Shapes.open().of(base.place, base.country, base.admin1) if base.place is not None else None
    if shape is not None and shape.kind == "line":
        return _beside(told, name, base)
    if told.kind == "part" and told.bearing is not None:
        if base.precision == "admin1" and lies_towards(base, told.bearing):
            return replace(base, name=name or base.name, relation=told.words)  # "eastern Nangarhar province" is Nangarhar, in the east
        side = shape if base.precision != "place" else side_of_province(base, told.bearing)
        if side is not None:
            return _half(told, name, base, side, told.bearing)
    return _by_rule(told, name, base)


def _by_own_name(told: Relation, name: str, context: Context, gazetteer: Gazetteer, within: Where | None) -> Where | None:
    """A phrase that is itself a name: "northern Gaza Strip", "South Darfur province", "the Juba-Nimule road" where one end is unknown."""
    ends = _ends(told.anchors, gazetteer)
    if told.kind not in ("part", "along") or (told.kind == "along" and len(ends) == 2 and all(map(gazetteer.known, ends))):
        return None
    for way in readings(_LED.sub("", told.words)):
        choice = choose(way.name, context, gazetteer, feature=way.feature, within=within) if way.holder is None else None
        if choice is not None and choice.why.startswith("named") and _is_area_or_line(choice.place):
            found = narrowed(_as_found(name or choice.place.name, choice, way.feature), context, within)
            return replace(found, relation=told.words, aliases=tuple(dict.fromkeys((choice.place.name, *found.aliases))))
    return None


def _is_area_or_line(place: Place) -> bool:
    return place.kind == "admin1" or place.id in Shapes.open().written


def _ends(anchors: tuple[str, ...], gazetteer: Gazetteer) -> tuple[str, ...]:
    """The two ends of a road told as "A-B", parted where both are known: "Ras al-Ayn-Tell Tamer" has three hyphens."""
    if len(anchors) != 2 or all(gazetteer.known(anchor) for anchor in anchors):
        return anchors
    pieces = "-".join(anchors).split("-")
    for cut in range(1, len(pieces)):
        ends = "-".join(pieces[:cut]).strip(), "-".join(pieces[cut:]).strip()
        if all(gazetteer.known(end) for end in ends):
            return ends
    return anchors


def _seat(area: Where, gazetteer: Gazetteer) -> Where | None:
    """The town of an area's own name in it: "near Mandera" is near the town, though "in Mandera" may be the county."""
    if area.place is None or area.lat is None or area.precision not in ("admin1", "area"):
        return None
    namesakes = gazetteer.namesakes(area.name)
    if next((place.kind for place in namesakes if place.id == area.place), "") not in ("admin1", "admin2"):
        return None  # a region, or the words tell that the area is meant: "near Mandera county"
    towns = [p for p in namesakes if p.kind in _SEATS and p.country == area.country and alike(p.name, area.name)]
    town = next((p for p in towns if distance_km((p.lat, p.lon), _point(area)) <= 1.5 * (area.radius_km or 0.0)), None)
    return _as_found(area.name, Choice(place=town, score=area.score or 0.0, why="the town, not its area"), None) if town else None


def _water(anchor: str, context: Context, gazetteer: Gazetteer, within: Where | None) -> Where | None:
    """The river of that name, even where a city has it too: banks are of rivers."""
    choice = choose(anchor, context, gazetteer, feature=_RIVER, within=within)
    return narrowed(_as_found(anchor, choice, _RIVER), context, within) if choice is not None else None


def _beside(told: Relation, name: str, base: Where) -> Where:
    """By, along or to one side of a line: the line's stretch itself, wider where the words are, moved a little where they name a side."""
    at, reach, away = _point(base), max(1.0, base.radius_km or 0.0), told.distance_km
    place: str | None = None
    rule = f"{told.words}: {base.rule.rpartition(': a circle')[0] or base.rule}"
    if told.kind == "distance" and away is not None:
        radius = reach + (away if told.bearing is None else 0.3 * away + 1)
        at = at if told.bearing is None else shifted(at, told.bearing, away)
    elif told.kind == "direction" and told.bearing is not None:
        shift = min(reach, _BESIDE_KM)
        at, radius = shifted(at, told.bearing, shift), reach + shift
    elif told.kind in ("near", "countryside", "coast", "outskirts"):
        radius = reach + 10.0
    else:
        radius, place = reach, base.place
    return replace(_around(told, name, base, at, radius, "area", rule), place=place)


def _half(told: Relation, name: str, base: Where, shape: Shape, bearing: float) -> Where:
    """The part of an area that lies in a direction, by its outline: the middle of what is beyond half of the way to that edge.

    The radius is that of the table, or as far as what is beyond reaches: such words are loose.
    """
    middle, _ = middle_and_reach(shape.rings())
    cut = shifted(middle, bearing, _BEYOND * extent_km(shape.rings(), middle, bearing))
    at, reach = middle_and_reach([part for ring in shape.rings() if (part := half(ring, cut, bearing))])
    radius = max(reach, 0.75 * (base.radius_km or 0.0))
    return _around(told, name, base, at, radius, "area", f"the part of {base.name} towards {bearing:g}°, by its outline")


def _by_rule(told: Relation, name: str, base: Where) -> Where:
    """The table of ``docs/places.md``: where the point goes, how wide the circle is, and how precise that may be called."""
    at, reach = _point(base), max(1.0, base.radius_km or 0.0)
    town = reach <= _CITY_KM and base.precision != "country"
    away, turn, anchor = told.distance_km, told.bearing, base.name
    if told.kind == "distance" and away is not None:
        if turn is not None:
            radius = max(reach, 0.3 * away + 1)
            return _around(told, name, base, shifted(at, turn, away), radius, "near", f"{away:g} km from {anchor} towards {turn:g}°")
        return _around(told, name, base, at, reach + away, "near" if away <= 30 else "area", f"within {away:g} km of {anchor}")
    if told.kind == "direction" and turn is not None:
        shift, radius = (reach + 5, reach + 8) if town else (0.8 * reach, reach)
        return _around(
            told, name, base, shifted(at, turn, shift), radius, "near" if town else "area", f"the land beyond {anchor} towards {turn:g}°"
        )
    if told.kind == "outskirts":
        shift = 0.8 * reach if turn is not None else 0.0
        return _around(told, name, base, shifted(at, turn or 0, shift), reach + 4, "near" if town else "area", f"the edge of {anchor}")
    if told.kind == "countryside":
        shift, radius = (0.0, reach + 25 if town else reach) if turn is None else (0.5 * reach, reach)
        if turn is not None and town:
            land = province_km(base, turn)
            shift, radius = max(reach + 5, _COUNTRY * land), max(reach + 15, _BEYOND * land)
        return _around(told, name, base, shifted(at, turn or 0, shift), radius, "area", f"the country about {anchor}")
    if told.kind == "part":
        if turn is None:
            return _around(told, name, base, at, reach, "part" if town else "area", f"the middle of {anchor}")
        radius = max(1.0, 0.75 * reach)
        return _around(
            told, name, base, shifted(at, turn, 0.5 * reach), radius, "part" if town else "area", f"the part of {anchor} towards {turn:g}°"
        )
    if told.kind == "coast":
        return _around(told, name, base, at, reach + 40, "area", f"the sea off {anchor}")
    if told.kind == "along":
        return _around(told, name, base, at, reach + 25, "area", f"the road by {anchor}")
    if told.kind == "near":
        return _around(told, name, base, at, reach + 10 if town else reach * 1.2, "near" if town else "area", f"near {anchor}")
    precision = "area" if base.precision == "place" and name != base.name else base.precision
    return _around(told, name, base, at, reach, precision, f"in {anchor}")


def _between(told: Relation, name: str, first: Where, second: Where, line: str | None) -> Where:
    a, b = _point(first), _point(second)
    least = max(first.radius_km or 0.0, second.radius_km or 0.0, 3.0)
    road = road_between(a, b, line) if told.kind == "along" else None
    if road is not None:
        rule = f"{road.why} between {first.name} and {second.name}"
        radius = max(road.radius_km, least)
        return replace(_around(told, name, first, road.at, radius, "near" if radius <= 15 else "area", rule), place=road.id)
    radius = max(distance_km(a, b) / 2, least)
    rule = f"half-way between {first.name} and {second.name}"
    return _around(told, name, first, midpoint(a, b), radius, "near" if radius <= 15 else "area", rule)


def _border(told: Relation, name: str, context: Context, gazetteer: Gazetteer, within: Where | None) -> Where:
    sides = [code for anchor in told.anchors if (code := gazetteer.country_named(anchor) or gazetteer.demonyms().get(fold_name(anchor)))]
    if told.anchors and not sides:
        return _unknown(name, within)
    aim = (_point(within),) if within is not None and within.lat is not None else context.anchors
    found = border_by(sides, context, aim)
    if found is None:
        return _unknown(name, within)
    return _on_border(told, name, context, found, sides, 0.8 if aim else 0.6)


def _on_border(told: Relation, name: str, context: Context, found: Found, sides: Sequence[str], score: float) -> Where:
    others = [code for code in context.countries if code in found.id.removeprefix("border:").split("-") and code not in sides]
    base = Where(name=name, country=others[0] if len(sides) < 2 and others else sides[0] if sides else None, score=score)
    where = _around(told, name, base, found.at, found.radius_km, "near" if found.radius_km <= 50 else "area", found.why)
    return replace(where, place=found.id)


def _around(told: Relation, name: str, base: Where, at: Point, radius: float, precision: str, rule: str) -> Where:
    aliases = tuple(dict.fromkeys((*((base.name,) if base.name != name else ()), *base.aliases)))
    country, admin1 = _lying(base, at) if told.kind != "inside" else (base.country, base.admin1)
    return Where(
        name=name, relation=told.words, place=None if told.kind != "inside" else base.place, lat=round(at[0], 5), lon=round(at[1], 5),
        radius_km=round(radius, 1), country=country, admin1=admin1, precision=precision,
        rule=f"{rule}: a circle of {radius:.0f} km", score=round(0.95 * (base.score or 0.5), 3), aliases=aliases,
    )  # fmt: skip


def _lying(base: Where, at: Point) -> tuple[str | None, str | None]:
    """The country and first-level area of a point that was found from a place: over a border the place's own country stays."""
    area = Shapes.open().at(*at)
    if area is None or (base.country is not None and area.country != base.country):
        return base.country, base.admin1
    return area.country, area.admin1 or base.admin1


def _point(where: Where) -> Point:
    return where.lat or 0.0, where.lon or 0.0
