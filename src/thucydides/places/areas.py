"""The country and areas that a point lies in, and whether more than one side claims it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from thucydides.places.gazetteer import Gazetteer
from thucydides.places.shapes import Disputed, Shapes

NEAREST_KM = 4.0  # a settlement so near rules where outlines are drawn too coarsely: at borders and coasts
SEAT_KM = 60.0  # and one so near names an area whose outline is older than it
VIEW = "countries as GeoNames and ISO 3166 have them, outlines as Natural Earth draws them"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """Where a point lies. ``by`` says what told so: an outline or the nearest settlement. ``view`` says whose map this is."""

    country: str
    admin1: str | None
    by: str
    admin2: str | None = None  # only where a gazetteer that a user added tells it
    disputed: Disputed | None = None

    @property
    def view(self) -> str:
        """Whose view of the world the country is, in words."""
        if self.disputed is None:
            return VIEW
        one = self.disputed
        claimed = f"claimed by {' and '.join(one.claimed)}" if one.claimed else "claimed by nobody"
        return f"disputed ({one.name}): {claimed}; held by {one.held}; {one.view}"


def area_at(lat: float, lon: float, gazetteer: Gazetteer) -> Lying | None:
    """The country and areas of a point; ``None`` at sea, more than four kilometres from any settlement known.

    A settlement close by rules over the outlines, which are simplified to about a kilometre, unless the table of disputed areas fixes
    the country. Disputed areas are marked, with the view that the country follows.
    """
    lying = _lying(lat, lon, gazetteer)
    return replace(lying, admin2=_second_level(lat, lon, gazetteer)) if lying is not None else None


def _lying(lat: float, lon: float, gazetteer: Gazetteer) -> Lying | None:
    shapes = Shapes.open()
    area = shapes.at(lat, lon)
    disputed = shapes.disputed_at(lat, lon)
    known = [place for place in gazetteer.near(lat, lon, NEAREST_KM, 8) if place.id.startswith("gn:") and place.kind[:5] != "admin"]
    fixed = disputed.country if disputed is not None else None
    nearest = next((place for place in known if fixed in (None, place.country)), None)
    if nearest is not None and nearest.country and (area is None or area.country != nearest.country):
        return Lying(country=nearest.country, admin1=nearest.admin1, by=f"nearest settlement, {nearest.name}", disputed=disputed)
    if area is None:
        return None
    if area.admin1 is None:
        seats = [p for p in gazetteer.near(lat, lon, SEAT_KM, 40) if p.country == area.country and p.admin1 and p.id.startswith("gn:")]
        if seats:
            return Lying(country=area.country, admin1=seats[0].admin1, by=f"nearest settlement, {seats[0].name}", disputed=disputed)
    return Lying(country=area.country, admin1=area.admin1, by="outline", disputed=disputed)


def _second_level(lat: float, lon: float, gazetteer: Gazetteer) -> str | None:
    found = [one for file in gazetteer.files if (one := file.second_level(lat, lon)) is not None]
    return min(found)[1] if found else None
