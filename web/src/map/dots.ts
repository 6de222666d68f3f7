/** Places that a screen tells one by one: each a picture, and a circle for how far off it may be. */
import type { FeatureCollection } from "geojson";
import type { LayerSpecification, Map as LibreMap, SourceSpecification } from "maplibre-gl";

import { resolved } from "../lib/palette";
import { PLAIN } from "./fonts";
import { circle } from "./reach";

export const DOTS = "dots";
export const CIRCLES = "circles";
export const CHOSEN = "chosen";

export interface Dot {
  readonly id: string;
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
  readonly radius_km: number;
  /** The picture's name: a family of events, or a state of control as `control.ts` draws it. */
  readonly picture: string;
  /** CSS colour of its circle. */
  readonly colour: string;
  /** 0 to 1: how sure it is. */
  readonly opacity?: number;
  readonly to?: string;
}

const WIDEST_KM = 600; // a circle that covers a country and more only tints the map

export function dotFeatures(dots: readonly Dot[]): { points: FeatureCollection; circles: FeatureCollection } {
  const points = dots.map((dot) => ({
    type: "Feature" as const,
    properties: { id: dot.id, name: dot.name, picture: dot.picture, opacity: dot.opacity ?? 1 },
    geometry: { type: "Point" as const, coordinates: [dot.lon, dot.lat] },
  }));
  const circles = dots
    .filter((dot) => dot.radius_km > 0 && dot.radius_km < WIDEST_KM)
    .map((dot) => ({ ...circle(dot.lat, dot.lon, dot.radius_km), properties: { id: dot.id, colour: dot.colour, opacity: dot.opacity ?? 1 } }));
  return { points: { type: "FeatureCollection", features: points }, circles: { type: "FeatureCollection", features: circles } };
}

export function dotSources(dots: readonly Dot[]): Record<string, SourceSpecification> {
  const { points, circles } = dotFeatures(dots);
  return { [DOTS]: { type: "geojson", data: points }, [CIRCLES]: { type: "geojson", data: circles } };
}

/** `chosen` is the id of the dot that is ringed; `named` writes the names beside the dots. */
export function dotLayers(chosen: string, named: boolean): LayerSpecification[] {
  const labels: LayerSpecification[] = named
    ? [{
        id: "names", type: "symbol", source: DOTS,
        layout: { "text-field": ["get", "name"], "text-font": PLAIN, "text-size": 13, "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 1, "text-optional": true },
        paint: { "text-color": resolved("ink"), "text-halo-color": resolved("land"), "text-halo-width": 1.6 },
      }]
    : [];
  return [
    { id: CIRCLES, type: "fill", source: CIRCLES, paint: { "fill-color": ["get", "colour"], "fill-opacity": ["*", 0.12, ["get", "opacity"]] } },
    { id: "edges", type: "line", source: CIRCLES, paint: { "line-color": ["get", "colour"], "line-width": 1.2, "line-dasharray": [3, 2], "line-opacity": ["*", 0.7, ["get", "opacity"]] } },
    { id: CHOSEN, type: "circle", source: DOTS, filter: ["==", ["get", "id"], chosen], paint: { "circle-radius": 15, "circle-opacity": 0, "circle-stroke-width": 2.5, "circle-stroke-color": resolved("accent") } },
    { id: DOTS, type: "symbol", source: DOTS, layout: { "icon-image": ["get", "picture"], "icon-allow-overlap": true, "symbol-z-order": "source" }, paint: { "icon-opacity": ["interpolate", ["linear"], ["get", "opacity"], 0, 0.3, 1, 1] } },
    ...labels,
  ];
}

const FEW = 20; // of fewer dots none is left out
const OUTER = 0.03; // of many dots, the share that may lie beyond the edge
const CLOSER = 0.6; // and how small the stretch without them must be, against that with them

/** The dots without the few that lie so far off that a map of all would show none of them well; of places that nobody holds none counts. */
export function core<T extends { lat: number; lon: number; opacity?: number }>(dots: readonly T[]): readonly T[] {
  const sure = dots.filter(({ opacity }) => opacity !== 0);
  const some = sure.length < FEW ? dots : sure;
  if (some.length < FEW) return some;
  const [lat, lon] = [middle(some.map((dot) => dot.lat)), middle(some.map((dot) => dot.lon))];
  const squeeze = Math.max(0.05, Math.cos((lat * Math.PI) / 180));
  const far = (dot: T): number => Math.hypot(dot.lat - lat, (dot.lon - lon) * squeeze);
  const near = [...some].sort((a, b) => far(a) - far(b)).slice(0, Math.ceil(some.length * (1 - OUTER)));
  const held = new Set(near);
  return across(near) < CLOSER * across(some) ? some.filter((dot) => held.has(dot)) : some;
}

function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** How many degrees the rectangle about some dots measures across. */
function across(dots: readonly { lat: number; lon: number }[]): number {
  const [lats, lons] = [dots.map((dot) => dot.lat), dots.map((dot) => dot.lon)];
  return Math.hypot(Math.max(...lats) - Math.min(...lats), Math.max(...lons) - Math.min(...lons));
}

/** The box around most dots with their circles: [west, south, east, north]. */
export function around(dots: readonly Dot[]): [number, number, number, number] | null {
  if (dots.length === 0) return null;
  const box: [number, number, number, number] = [180, 90, -180, -90];
  for (const dot of core(dots)) {
    const north = Math.min(dot.radius_km, 100) / 111;
    const east = north / Math.max(0.2, Math.cos((dot.lat * Math.PI) / 180));
    box[0] = Math.min(box[0], dot.lon - east);
    box[1] = Math.max(-85, Math.min(box[1], dot.lat - north));
    box[2] = Math.max(box[2], dot.lon + east);
    box[3] = Math.min(85, Math.max(box[3], dot.lat + north));
  }
  return box;
}

/** Has pictures drawn when the map first asks for them. */
export function answer(map: LibreMap, pictured: (name: string) => ImageData | null, ratio: number): void {
  map.setMissingStyleImageResolver((name) => {
    const picture = pictured(name);
    if (picture && !map.hasImage(name)) map.addImage(name, picture, { pixelRatio: ratio });
  });
}
