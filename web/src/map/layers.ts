/** How incidents are drawn: far out groups as rings, close by symbols, each with the circle that its place may reach. */
import type { FeatureCollection } from "geojson";
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from "maplibre-gl";

import { OF_EVENTS, resolved } from "../lib/palette";
import { BOLD } from "./fonts";

export const TILED = "incidents"; // the source's name
export const RINGS = "rings";
export const SYMBOLS = "symbols";
export const PRESSABLE = [RINGS, SYMBOLS];
export const MARKED = "marked"; // the source of what is chosen or pointed at

const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };
const PX_PER_KM = 512 / 40075.017; // of zoom 0 at the equator
const CIRCLE_AT_MOST = 420; // px: what reaches farther would only tint everything
const VAGUE_KM = 25; // a place known no better is drawn hollow

/** Radius in px at zoom 0 of what an incident's place may reach. */
const REACH: ExpressionSpecification = ["coalesce", ["get", "reach"], ["*", ["coalesce", ["get", "radius_km"], 0], PX_PER_KM]];

export function tilesOf(filter: string): string[] {
  return [`${location.origin}/api/tiles/{z}/{x}/{y}.mvt${filter ? `?${filter}` : ""}`];
}

export function incidentSources(filter: string): Record<string, SourceSpecification> {
  return {
    [TILED]: { type: "vector", tiles: tilesOf(filter), minzoom: 0, maxzoom: 16, promoteId: { incidents: "id" } },
    [MARKED]: { type: "geojson", data: NOTHING },
  };
}

/** An expression that gives each incident what stands for its family. */
function byFamily(of: (family: string) => string): ExpressionSpecification {
  const known = OF_EVENTS.filter(({ id }) => id !== "strategic");
  return ["match", ["get", "type"], ...known.flatMap(({ id, types }) => [[...types], of(id)]), of("strategic")] as unknown as ExpressionSpecification;
}

export function incidentLayers(): LayerSpecification[] {
  const colour = byFamily(resolved);
  const accent = resolved("accent");
  return [
    {
      id: "reach", type: "circle", source: TILED, "source-layer": "incidents",
      filter: ["all", ["<", ["*", REACH, ["^", 2, ["zoom"]]], CIRCLE_AT_MOST], [">", ["*", REACH, ["^", 2, ["zoom"]]], 5]],
      paint: {
        "circle-radius": ["interpolate", ["exponential", 2], ["zoom"], 0, REACH, 20, ["*", REACH, 2 ** 20]],
        "circle-color": colour, "circle-opacity": 0.09, "circle-stroke-color": colour, "circle-stroke-width": 1, "circle-stroke-opacity": 0.45,
      },
    },
    { id: "marked-area", type: "fill", source: MARKED, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": accent, "fill-opacity": ["case", ["get", "drawn"], 0.04, 0.12] } },
    { id: "marked-edge", type: "line", source: MARKED, filter: ["==", ["geometry-type"], "Polygon"], paint: { "line-color": accent, "line-width": 1.5, "line-dasharray": [3, 2] } },
    {
      id: SYMBOLS, type: "symbol", source: TILED, "source-layer": "incidents",
      layout: {
        "icon-image": ["concat", byFamily((id) => id), ["case", [">", ["coalesce", ["get", "radius_km"], 0], VAGUE_KM], "-vague", ""]],
        "icon-allow-overlap": true, "icon-size": ["interpolate", ["linear"], ["zoom"], 2, 0.8, 10, 1],
      },
    },
    {
      id: RINGS, type: "symbol", source: TILED, "source-layer": "clusters",
      layout: {
        "icon-image": ["concat", "ring|", ["get", "count"], "|", ["get", "types"]],
        "text-field": ["case", ["<", ["get", "count"], 10000], ["to-string", ["get", "count"]], ["concat", ["to-string", ["round", ["/", ["get", "count"], 1000]]], "k"]],
        "text-font": BOLD, "text-size": ["step", ["get", "count"], 12, 1000, 13],
        "icon-allow-overlap": true, "text-allow-overlap": true, "symbol-sort-key": ["get", "count"],
      },
      paint: { "text-color": resolved("ink") },
    },
    {
      id: "marked-point", type: "circle", source: MARKED, filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": ["case", ["has", "type"], 13, 20], "circle-color": resolved("sheet"), "circle-opacity": ["case", ["has", "type"], 1, 0], "circle-stroke-width": 2.5, "circle-stroke-color": accent },
    },
    {
      id: "marked-symbol", type: "symbol", source: MARKED, filter: ["all", ["==", ["geometry-type"], "Point"], ["has", "type"]],
      layout: { "icon-image": byFamily((id) => id), "icon-allow-overlap": true, "icon-ignore-placement": true },
    },
  ];
}
