/** The server's OpenAPI, as far as the page of it needs: routes by what they are about, with what they take and answer. */

export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
}
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
}
interface Operation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly operationId?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>>;
}
export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export interface Route {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  /** What it takes and answers, in words; "" where nothing. */
  readonly body: string;
  readonly answer: string;
}

/** Routes by their first tag, in the order in which the server tells them. */
export function groupsOf(api: OpenApi): { name: string; routes: Route[] }[] {
  const groups = new Map<string, Route[]>();
  for (const [path, operations] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const name = operation.tags?.[0] ?? "others";
      groups.set(name, [...(groups.get(name) ?? []), routeOf(path, method, operation)]);
    }
  }
  return [...groups].map(([name, routes]) => ({ name, routes }));
}

function routeOf(path: string, method: string, operation: Operation): Route {
  const description = operation.description ?? "";
  const answers = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith("2"))?.[1];
  return {
    id: operation.operationId ?? `${method}${path}`,
    method,
    path,
    summary: description.split("\n")[0] || (operation.summary ?? ""),
    description,
    parameters: operation.parameters ?? [],
    body: contentOf(operation.requestBody?.content),
    answer: contentOf(answers?.content),
  };
}

function contentOf(content: Readonly<Record<string, { readonly schema?: Schema }>> | undefined): string {
  return Object.entries(content ?? {})
    .map(([media, { schema }]) => (schema && typeOf(schema) !== "any" ? `${typeOf(schema)} (${media})` : media))
    .join(", ");
}

/** A schema in few words: "list of IncidentLine", "day or none". */
export function typeOf(schema: Schema | undefined): string {
  if (!schema) return "any";
  if (schema.$ref) return schema.$ref.split("/").at(-1) ?? "any";
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(" or ");
  if (schema.enum) return schema.enum.map(String).join(" | ");
  if (schema.type === "array") return `list of ${typeOf(schema.items)}`;
  if (schema.type === "null") return "none";
  if (schema.format === "date") return "day";
  return schema.format ?? schema.type ?? "any";
}

const VALUES: Readonly<Record<string, string>> = { q: "hospital", from: "2016-01-01", to: "2016-12-31", on: "2016-12-31", country: "SY", type: "Air/drone strike", limit: "5", actor: "isis", by: "side", box: "35,32,43,38" };

/** A call that can be pasted into a terminal. */
export function exampleOf(route: Route): string {
  const path = route.path.replaceAll(/\{(\w+)(?::\w+)?\}/g, (_, name: string) => name.toUpperCase());
  const query = route.parameters.filter((one) => one.in === "query" && VALUES[one.name] !== undefined && (one.required || ["q", "from", "country", "on", "by", "limit"].includes(one.name)));
  const told = new URLSearchParams(query.slice(0, 3).map((one) => [one.name, VALUES[one.name] ?? ""])).toString();
  const address = `"http://127.0.0.1:8642${path}${told ? `?${told}` : ""}"`;
  if (route.method === "get") return `curl ${address}`;
  if (route.path === "/api/reports") return `curl -F files=@report.txt ${address}`;
  return `curl -X ${route.method.toUpperCase()} ${address}`;
}
