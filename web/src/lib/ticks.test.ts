import { describe, expect, test } from "vitest";

import { marks } from "./ticks";

describe("an axis of days", () => {
  test.each([
    ["2016-02-01", "2016-02-03", 8, ["02-01", "02-02", "02-03"], "every day"],
    ["2016-02-01", "2016-02-29", 5, ["02-01", "02-08", "02-15", "02-22", "02-29"], "every week"],
    ["2015-11-15", "2016-05-20", 8, ["2015-12", "2016-01", "2016-02", "2016-03", "2016-04", "2016-05"], "months that begin in it"],
    ["2011-03-01", "2017-09-04", 9, ["2012", "2013", "2014", "2015", "2016", "2017"], "years"],
    ["1990-01-01", "2020-01-01", 8, ["1990", "1995", "2000", "2005", "2010", "2015", "2020"], "every fifth year"],
    ["", "", 8, [], "no days at all"],
  ])("%s to %s, %d → %j (%s)", (first, last, most, labels, _why) => expect(marks(first, last, most).map(({ label }) => label)).toEqual(labels));

  test("never more than asked for", () => {
    for (const last of ["2016-01-20", "2016-06-01", "2019-01-01", "2066-01-01", "3016-01-01"]) expect(marks("2016-01-01", last, 6).length).toBeLessThanOrEqual(7);
  });
});
