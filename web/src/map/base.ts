/** The base map: land, water, borders and towns, all from the server itself; or a map of the user's own. */
import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";

import type { BaseMap } from "../api/schema";
import { resolved } from "../lib/palette";
import { BOLD, ITALIC, PLAIN } from "./fonts";
import { viewNames } from "./views";

export interface Over {
  readonly sources: Record<string, SourceSpecification>;
  readonly layers: readonly LayerSpecification[];
}
interface Ground {
  readonly sources: Record<string, SourceSpecification>;
  readonly layers: readonly LayerSpecification[];
}

const tiles = (path: string): string[] => [`${location.origin}/base/${path}/{z}/{x}/{y}.mvt`];

/** A style of the base map with what is to be shown over it. `borders` is the view of borders that is drawn. */
export async function baseStyle(base: BaseMap, borders: string, over: Over): Promise<StyleSpecification> {
  const own = base.own ? await (await import("./own")).ownGround(base.own) : null;
  const ground = own ?? shipped(base, borders);
  const sea: LayerSpecification = { id: "sea", type: "background", paint: { "background-color": resolved("sea") } };
  return { version: 8, sources: { ...ground.sources, ...over.sources }, layers: [sea, ...ground.layers, ...over.layers] };
}

/** The base map that comes along. Symbols above push its names aside, never the other way round. */
function shipped(base: BaseMap, borders: string): Ground {
  const [land, halo] = [resolved("land"), resolved("land")];
  const view: ExpressionSpecification = ["==", ["get", "view"], borders];
  const settled: ExpressionSpecification = ["!", ["to-boolean", ["get", "disputed"]]];
  const line = { source: "ground", type: "line", layout: { "line-join": "round" } } as const;
  return {
    sources: {
      ground: { type: "vector", tiles: tiles("ground"), minzoom: 0, maxzoom: 5, attribution: `${viewNames(borders)}, disputed ones dashed. ${base.credit}` },
      towns: { type: "vector", tiles: tiles("towns"), minzoom: 3, maxzoom: 11 },
    },
    layers: [
      { id: "land", type: "fill", source: "ground", "source-layer": "land", paint: { "fill-color": land, "fill-antialias": true } },
      { id: "lakes", type: "fill", source: "ground", "source-layer": "lakes", paint: { "fill-color": resolved("water") } },
      { ...line, id: "rivers", "source-layer": "rivers", paint: { "line-color": resolved("water"), "line-width": ["interpolate", ["linear"], ["zoom"], 2, 0.6, 8, 2] } },
      { ...line, id: "admin1", "source-layer": "admin1", minzoom: 4.5, paint: { "line-color": resolved("province"), "line-width": 0.8 } },
      {
        ...line, id: "borders", "source-layer": "borders", filter: ["all", view, settled],
        paint: { "line-color": resolved("border"), "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.6, 6, 1.4] },
      },
      {
        ...line, id: "disputed", "source-layer": "borders", filter: ["all", view, ["!", settled]],
        paint: { "line-color": resolved("border"), "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.6, 6, 1.4], "line-dasharray": [4, 3] },
      },
      {
        id: "waters", type: "symbol", source: "ground", "source-layer": "lakes", minzoom: 5,
        layout: { "text-field": ["get", "name"], "text-font": ITALIC, "text-size": 11, "text-max-width": 6 },
        paint: { "text-color": resolved("strategic"), "text-halo-color": resolved("water"), "text-halo-width": 1 },
      },
      {
        id: "towns", type: "symbol", source: "towns", "source-layer": "towns", minzoom: 4,
        layout: {
          "text-field": ["get", "name"], "text-font": PLAIN, // beside its point, or farther off where a group stands on it
          "text-variable-anchor-offset": ["top", [0, 0.2], "left", [0.4, 0], "right", [-0.4, 0], "bottom", [0, -0.2], "left", [1.6, 0], "right", [-1.6, 0], "top", [0, 1.4], "bottom", [0, -1.4], "left", [2.3, 0], "right", [-2.3, 0]],
          "text-size": ["interpolate", ["linear"], ["get", "population"], 10_000, 11, 2_000_000, 13.5], "symbol-sort-key": ["get", "rank"], "text-padding": 6,
        },
        paint: { "text-color": resolved("town"), "text-halo-color": halo, "text-halo-width": 1.3 },
      },
      {
        id: "countries", type: "symbol", source: "ground", "source-layer": "countries", maxzoom: 7.5,
        filter: ["<=", ["get", "rank"], ["step", ["zoom"], 1, 2, 2, 3, 3, 4, 5]],
        layout: {
          "text-field": ["upcase", ["get", "name"]], "text-font": BOLD, "text-letter-spacing": 0.12, "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 1.6, "text-max-width": 7,
          "text-size": ["interpolate", ["linear"], ["zoom"], 1, 9.5, 5, 13], "symbol-sort-key": ["get", "rank"], "text-padding": 4,
        },
        paint: { "text-color": resolved("faint"), "text-halo-color": halo, "text-halo-width": 1.2 },
      },
    ],
  };
}
