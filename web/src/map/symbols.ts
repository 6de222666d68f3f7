/** The map's pictures: a symbol for each family, and rings that say of which families a group is. All are drawn when the map first asks. */
import type { Map as LibreMap } from "maplibre-gl";

import { FAMILIES, familyOf, resolved } from "../lib/palette";

const SIZE = 20; // of a symbol, px
const STROKE = 4; // of a ring, px

/** Names of pictures: `battle`, `battle-vague`, `ring|412|{"Attack":3}`. Made anew after every change of the style, so in its theme's colours. */
export function answerPictures(map: LibreMap): void {
  map.setMissingStyleImageResolver((name) => {
    const picture = pictured(name);
    if (picture && !map.hasImage(name)) map.addImage(name, picture, { pixelRatio: ratio() });
  });
}

export function pictured(name: string): ImageData | null {
  if (name.startsWith("ring|")) {
    const [, count = "1", types = "{}"] = name.split("|");
    return ring(Number(count), types);
  }
  const [id, vague] = name.split("-");
  const family = FAMILIES.find((one) => one.id === id);
  return family ? symbol(family.path, resolved(family.id), vague !== undefined) : null;
}

export const ratio = (): number => Math.min(3, Math.ceil(devicePixelRatio || 1));

export function drawn(size: number, draw: (brush: CanvasRenderingContext2D) => void): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * ratio();
  const brush = canvas.getContext("2d", { willReadFrequently: true })!;
  brush.scale(ratio(), ratio());
  brush.translate(size / 2, size / 2);
  draw(brush);
  return brush.getImageData(0, 0, canvas.width, canvas.height);
}

/** A `vague` symbol is hollow: its place is known to a region at best. */
function symbol(outline: string, colour: string, vague: boolean): ImageData {
  const sheet = resolved("sheet");
  const path = new Path2D(outline);
  return drawn(SIZE, (brush) => {
    brush.lineJoin = "round";
    brush.lineWidth = 3;
    brush.strokeStyle = sheet;
    brush.stroke(path);
    brush.fillStyle = vague ? sheet : colour;
    brush.fill(path, "evenodd");
    if (!vague) return;
    brush.lineWidth = 1.5;
    brush.strokeStyle = colour;
    brush.stroke(path);
  });
}

/** Radius of a group's ring by how many it holds: 11 px for a few, 27 px for 10,000 and more. */
const ringRadius = (count: number): number => Math.min(27, 10 + 4.2 * Math.log10(Math.max(1, count)));

/** A disc with a ring around it, whose arcs are as long as the families' shares. */
function ring(count: number, types: string): ImageData {
  const radius = ringRadius(count);
  return drawn(Math.ceil(radius * 2 + 4), (brush) => {
    brush.fillStyle = resolved("sheet");
    brush.beginPath();
    brush.arc(0, 0, radius + 1, 0, 2 * Math.PI);
    brush.fill();
    brush.lineWidth = STROKE;
    let from = -Math.PI / 2;
    for (const [family, share] of sharesOf(types)) {
      const to = from + share * 2 * Math.PI;
      brush.strokeStyle = resolved(family);
      brush.beginPath();
      brush.arc(0, 0, radius - STROKE / 2, from, to);
      brush.stroke();
      from = to;
    }
  });
}

/** Families and their shares, the greatest first, of counts by type. */
export function sharesOf(types: string): [family: string, share: number][] {
  const counts = new Map<string, number>();
  for (const [type, count] of Object.entries(countsOf(types))) counts.set(familyOf(type).id, (counts.get(familyOf(type).id) ?? 0) + count);
  const sum = [...counts.values()].reduce((a, b) => a + b, 0);
  return sum ? [...counts].sort((a, b) => b[1] - a[1]).map(([family, count]) => [family, count / sum]) : [["strategic", 1]];
}

/** Counts by type as a tile tells them; none where they cannot be read. */
export function countsOf(types: string): Record<string, number> {
  try {
    return JSON.parse(types) as Record<string, number>;
  } catch {
    return {};
  }
}
