/** How control is drawn: a disc in the holder's colour; hatched where it is contested, ringed where it is besieged, halved where it is partly held. */
import { HOLDERS, resolved } from "../lib/palette";
import { drawn } from "./symbols";

const RADIUS = 8;
const SILENT = 4.5; // of a place that nobody is known to hold: it must not hide those that somebody holds

/** Colour of a holder by its index in the page's palette; grey where nobody is known to hold. */
export function holderColour(index: string | null | undefined): string {
  const at = Number(index);
  return index == null || index === "" || !Number.isFinite(at) ? "#8a8f98" : (HOLDERS[((at % HOLDERS.length) + HOLDERS.length) % HOLDERS.length] ?? "#8a8f98");
}

/** The letter that tells a holder from those of the same colour; "" for the first of each colour. */
export function holderLetter(index: string | null | undefined): string {
  const round = Math.floor(Number(index || 0) / HOLDERS.length);
  return round >= 1 ? String.fromCharCode(64 + Math.min(26, round)) : "";
}

/** The name of a picture: `control|held|3|` with the holder's and, of a change, the colour before. */
export function pictureOf(status: string, holder: string | null | undefined, before: string | null = null): string {
  return `control|${status}|${holder ?? ""}|${before ?? ""}`;
}

export function controlPicture(name: string): ImageData | null {
  const [kind, status = "", holder = "", before = ""] = name.split("|");
  if (kind !== "control") return null;
  const colour = holderColour(holder);
  return drawn(before ? 34 : 26, (brush) => {
    if (before) ring(brush, RADIUS + 5, holderColour(before === "-" ? "" : before), 4);
    disc(brush, status, colour);
    letter(brush, status, holderLetter(holder));
    if (status === "besieged") ring(brush, RADIUS + 2.5, resolved("ink"), 2, [3, 2]);
  });
}

function disc(brush: CanvasRenderingContext2D, status: string, colour: string): void {
  const shape = new Path2D();
  shape.arc(0, 0, status === "unknown" ? SILENT : RADIUS, 0, 2 * Math.PI);
  brush.lineWidth = 3;
  brush.strokeStyle = resolved("sheet");
  brush.stroke(shape);
  brush.fillStyle = status === "unknown" || status === "contested" ? resolved("sheet") : colour;
  brush.fill(shape);
  if (status === "partly") {
    brush.fillStyle = resolved("sheet");
    brush.beginPath();
    brush.arc(0, 0, RADIUS, -Math.PI / 2, Math.PI / 2);
    brush.fill();
  }
  if (status === "contested") hatch(brush, shape, colour);
  brush.lineWidth = 1.5;
  brush.strokeStyle = colour;
  if (status === "unknown") brush.setLineDash([2, 2]);
  brush.stroke(shape);
  brush.setLineDash([]);
}

function letter(brush: CanvasRenderingContext2D, status: string, told: string): void {
  if (!told) return;
  const open = status === "contested" || status === "partly" || status === "unknown"; // the paper shows within
  brush.font = "700 11px 'Source Sans 3 Variable', sans-serif";
  brush.textAlign = "center";
  brush.textBaseline = "middle";
  brush.lineWidth = 3;
  brush.strokeStyle = resolved("sheet");
  if (open) brush.strokeText(told, 0, 0.5);
  brush.fillStyle = open ? resolved("ink") : "#fff";
  brush.fillText(told, 0, 0.5);
}

function hatch(brush: CanvasRenderingContext2D, shape: Path2D, colour: string): void {
  brush.save();
  brush.clip(shape);
  brush.strokeStyle = colour;
  brush.lineWidth = 2;
  for (let at = -2 * RADIUS; at <= 2 * RADIUS; at += 4) {
    brush.beginPath();
    brush.moveTo(at - RADIUS, RADIUS);
    brush.lineTo(at + RADIUS, -RADIUS);
    brush.stroke();
  }
  brush.restore();
}

function ring(brush: CanvasRenderingContext2D, radius: number, colour: string, width: number, dashes: number[] = []): void {
  brush.beginPath();
  brush.arc(0, 0, radius, 0, 2 * Math.PI);
  brush.lineWidth = width;
  brush.strokeStyle = colour;
  brush.setLineDash(dashes);
  brush.stroke();
  brush.setLineDash([]);
}
