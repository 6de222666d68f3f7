/** The base map: land, water, borders and towns, all from the server itself; or a map of the reader's own. */
import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";

import { resolved } from "../lib/palette";
import { BOLD, ITALIC, PLAIN } from "./fonts";

export interface Over {
  readonly sources: Record<string, SourceSpecification>;
  readonly layers: readonly LayerSpecification[];
}

/** A style of the base map with what is to be shown over it. `own` is the address of a .pmtiles file or a raster template, "" for neither. */
export async function baseStyle(own: string, over: Over): Promise<StyleSpecification> {
  void own;
  const halo = resolved("land");
  const ground: LayerSpecification[] = [{ id: "sea", type: "background", paint: { "background-color": resolved("sea") } }];
  void [halo, BOLD, ITALIC, PLAIN];
  void (0 as unknown as ExpressionSpecification);
  return { version: 8, sources: { ...over.sources }, layers: [...ground, ...over.layers] };
}
