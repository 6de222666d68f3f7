/** How far a place may reach: circles on the globe, as areas for the map. */
import type { Feature, Polygon } from "geojson";

const EARTH_KM = 6371.0088;

/** The circle of so many km around a point, as a polygon; it may reach over the date line (longitudes beyond 180). */
export function circle(lat: number, lon: number, radiusKm: number, corners = 72): Feature<Polygon> {
  const angle = Math.min(radiusKm / EARTH_KM, Math.PI / 2);
  const [sinLat, cosLat] = [Math.sin((lat * Math.PI) / 180), Math.cos((lat * Math.PI) / 180)];
  const ring = Array.from({ length: corners + 1 }, (_, at) => {
    const bearing = (2 * Math.PI * (at % corners)) / corners; // the last point is the first
    const sin = sinLat * Math.cos(angle) + cosLat * Math.sin(angle) * Math.cos(bearing);
    const east = Math.atan2(Math.sin(bearing) * Math.sin(angle) * cosLat, Math.cos(angle) - sinLat * sin);
    return [lon + (east * 180) / Math.PI, (Math.asin(sin) * 180) / Math.PI];
  });
  return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
}

/** Zoom at which a circle of so many km fills about a third of a map's smaller side. */
export function zoomFor(radiusKm: number, lat: number, side: number): number {
  const kmPerPixel = (Math.max(radiusKm, 0.2) * 6) / side;
  return Math.min(14, Math.max(2, Math.log2((78.2715 * Math.cos((lat * Math.PI) / 180)) / kmPerPixel)));
}
