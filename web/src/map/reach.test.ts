import { describe, expect, test } from "vitest";

import { circle, zoomFor } from "./reach";

describe("how far a place may reach", () => {
  test.each([
    [0, 0, 111.19, 1, 1, "at the equator"],
    [60, 20, 111.19, 1, 2, "degrees of longitude are half as long at 60° north"],
  ])("%d, %d, %d km", (lat, lon, km, north, east, _why) => {
    const ring = circle(lat, lon, km).geometry.coordinates[0]!;
    expect(Math.max(...ring.map(([, y]) => y!)) - lat).toBeCloseTo(north, 2);
    expect(Math.max(...ring.map(([x]) => x!)) - lon).toBeCloseTo(east, 1);
    expect(ring[0]).toEqual(ring.at(-1));
  });

  test("over the date line it stays in one piece", () => {
    const ring = circle(0, 179.9, 50).geometry.coordinates[0]!;
    expect(Math.max(...ring.map(([x]) => x!))).toBeGreaterThan(180);
  });

  test("a wider reach is looked at from farther away", () => {
    expect(zoomFor(1, 35, 600)).toBeGreaterThan(zoomFor(50, 35, 600));
  });
});
