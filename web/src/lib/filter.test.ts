import { describe, expect, test } from "vitest";

import { boxOf, conditions, filterOf, filters, sighted, sightOf, told } from "./filter";

const query = (text: string) => new URLSearchParams(text);

describe("the filter of an address", () => {
  test.each([
    ["view=table&order=day&at=1,2,3&pick=i1", "", "what is shown is no filter"],
    ["type=Attack&type=Arrests", "type=Attack&type=Arrests", "any of several"],
    ["to=2016-02-01&q=bridge&from=2016-01-01", "q=bridge&from=2016-01-01&to=2016-02-01", "always in the same order, so that answers can be kept"],
    ["type=&q=", "", "nothing is asked by an empty value"],
    ["actor=isis&role=target&disputed=1", "actor=isis&role=target&disputed=1", "roles and switches"],
  ])("%s → %s (%s)", (address, filter, _why) => expect(filterOf(query(address))).toBe(filter));

  test("days are left out for the timeline, the map's area is laid over", () => {
    expect(filterOf(query("from=2016-01-01&to=2016-02-01&type=Attack"), { without: ["from", "to"] })).toBe("type=Attack");
    expect(filterOf(query("box=0,0,1,1&type=Attack"), { more: { box: "2,2,3,3" } })).toBe("type=Attack&box=2%2C2%2C3%2C3");
  });

  test("each condition is told, and can be taken away alone", () => {
    const told = conditions(query("type=Attack&type=Arrests&from=2016-01-01&disputed=1"), (_, value) => value.toUpperCase());
    expect(told.map(({ words }) => words)).toEqual(["ATTACK", "ARRESTS", "from 2016-01-01", "disputed"]);
    expect(told[0]?.left).toEqual(["Arrests"]);
  });

  test("whether anything is filtered", () => {
    expect(filters(query("view=table"))).toBe(false);
    expect(filters(query("mapped=1"))).toBe(true);
  });
});

describe("places in an address", () => {
  test.each([
    ["36.1,34,38.25,37.5", [36.1, 34, 38.25, 37.5], "west, south, east, north"],
    ["170,-20,-170,-10", [170, -20, -170, -10], "over the date line"],
    ["36,38,38,34", null, "south above north"],
    ["36,,38,34", null, "a side is missing"],
    ["a,b,c,d", null, "no numbers"],
    ["1,2,3", null, "too few"],
  ])("box %s is %j (%s)", (text, box, _why) => expect(boxOf(text)).toEqual(box));

  test.each([
    ["36.68,35.65,7.5", { lon: 36.68, lat: 35.65, zoom: 7.5 }, "longitude, latitude, zoom"],
    ["36.68,95,7.5", null, "no such latitude"],
    ["36.68,35,99", null, "no such zoom"],
    ["", null, "nothing"],
  ])("sight %s is %j (%s)", (text, sight, _why) => expect(sightOf(text)).toEqual(sight));

  test("what is written is read back", () => {
    expect(sightOf(sighted({ lon: 36.6789, lat: 35.6543, zoom: 9.27 }))).toEqual({ lon: 36.6789, lat: 35.6543, zoom: 9.3 });
    expect(boxOf(told([36.12345, 34, 38, 37.5]))).toEqual([36.123, 34, 38, 37.5]);
  });
});
