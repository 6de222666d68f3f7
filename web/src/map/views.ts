/** Short names of the views of borders; a view that is not known here goes by its own. */
const NAMES: Record<string, string> = { gazetteer: "Borders as the gazetteer gives places", held: "Borders after who holds the land" };

export const viewNames = (view: string): string => NAMES[view] ?? view;
