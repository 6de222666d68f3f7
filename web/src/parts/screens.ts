/** The screens one goes to by the header: path, name, and what is seen there. */
export const SCREENS = [
  ["/", "Explore", "what was reported where and when, on a map and as a table"],
  ["/control", "Control", "who holds what on a day, and what changed"],
  ["/sources", "Sources", "who reports first, who copies, who is contradicted"],
  ["/search", "Search", "words, actors, places"],
  ["/add", "Add", "reports from a file, a text or an address"],
  ["/method", "Method", "the codebook, the rules, how good it is"],
  ["/api-docs", "API", "the same for programs"],
] as const;
