/** A base map of the user's own: raster tiles by a template, or one .pmtiles file of raster tiles or of vector tiles after Protomaps. */
import { addProtocol, type LayerSpecification, type SourceSpecification } from "maplibre-gl";

import { resolved } from "../lib/palette";
import { PLAIN } from "./fonts";

const RASTER: readonly LayerSpecification[] = [{ id: "own", type: "raster", source: "own" }];

export async function ownGround(address: string): Promise<{ sources: Record<string, SourceSpecification>; layers: readonly LayerSpecification[] }> {
  const whole = new URL(address.replace(/[{}]/g, (brace) => encodeURIComponent(brace)), location.origin).href.replace(/%7B/gi, "{").replace(/%7D/gi, "}");
  if (!/\.pmtiles($|\?)/.test(whole)) return { sources: { own: { type: "raster", tiles: [whole], tileSize: 256 } }, layers: RASTER };
  const { PMTiles, Protocol, TileType } = await import("pmtiles");
  const protocol = new Protocol();
  const file = new PMTiles(whole);
  protocol.add(file);
  addProtocol("pmtiles", protocol.tile);
  const { tileType } = await file.getHeader();
  const url = `pmtiles://${whole}`;
  if (tileType !== TileType.Mvt) return { sources: { own: { type: "raster", url, tileSize: 256 } }, layers: RASTER };
  const halo = resolved("land");
  return {
    sources: { own: { type: "vector", url } },
    layers: [
      { id: "land", type: "fill", source: "own", "source-layer": "earth", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": halo } },
      { id: "water", type: "fill", source: "own", "source-layer": "water", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": resolved("sea") } },
      { id: "rivers", type: "line", source: "own", "source-layer": "water", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": resolved("water") } },
      { id: "roads", type: "line", source: "own", "source-layer": "roads", minzoom: 6, paint: { "line-color": resolved("province"), "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.4, 14, 2] } },
      { id: "buildings", type: "fill", source: "own", "source-layer": "buildings", minzoom: 13, paint: { "fill-color": resolved("province"), "fill-opacity": 0.5 } },
      { id: "borders", type: "line", source: "own", "source-layer": "boundaries", paint: { "line-color": resolved("border"), "line-width": 1 } },
      {
        id: "names", type: "symbol", source: "own", "source-layer": "places",
        layout: { "text-field": ["coalesce", ["get", "name:en"], ["get", "name"]], "text-font": PLAIN, "text-size": 12, "text-padding": 6 },
        paint: { "text-color": resolved("town"), "text-halo-color": halo, "text-halo-width": 1.3 },
      },
    ],
  };
}
