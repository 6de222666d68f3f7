import { expect, test } from "vitest";

import { exampleOf, groupsOf, typeOf } from "./openapi";

const API = {
  openapi: "3.1.0",
  paths: {
    "/api/incidents": { get: { tags: ["incidents"], summary: "Incidents", description: "The incidents asked for.\nPage by page.", parameters: [{ name: "from", in: "query", schema: { anyOf: [{ type: "string", format: "date" }, { type: "null" }] } }, { name: "limit", in: "query", schema: { type: "integer" } }], responses: { "200": { content: { "application/json": { schema: { $ref: "#/components/schemas/Page_IncidentLine_" } } } }, "404": {} } } },
    "/api/reports/{id:path}": { get: { tags: ["reports"], responses: {} } },
    "/api/sample": { post: { responses: {} } },
  },
};

test("routes come by what they are about, each with its first line, what it takes and answers", () => {
  const groups = groupsOf(API);
  expect(groups.map((group) => [group.name, group.routes.map((route) => route.path)])).toEqual([["incidents", ["/api/incidents"]], ["reports", ["/api/reports/{id:path}"]], ["others", ["/api/sample"]]]);
  expect(groups[0]?.routes[0]).toMatchObject({ method: "get", summary: "The incidents asked for.", answer: "Page_IncidentLine_ (application/json)", body: "" });
});

test.each([
  [{ anyOf: [{ type: "string", format: "date" }, { type: "null" }] }, "day or none"],
  [{ type: "array", items: { $ref: "#/components/schemas/Hit" } }, "list of Hit"],
  [{ enum: ["actor", "side"] }, "actor | side"],
  [{ type: "integer" }, "integer"],
  [{}, "any"],
  [undefined, "any"],
])("the schema %o is %s", (schema, words) => expect(typeOf(schema)).toBe(words));

test("examples can be pasted into a terminal", () => {
  const examples = groupsOf(API).flatMap((group) => group.routes).map(exampleOf);
  expect(examples).toEqual(['curl "http://127.0.0.1:8642/api/incidents?from=2016-01-01&limit=5"', 'curl "http://127.0.0.1:8642/api/reports/ID"', 'curl -X POST "http://127.0.0.1:8642/api/sample"']);
});
