/** Copies a document's HTML into elements of the page: only what is named here, only as it is named here. */

const KEPT = new Set(["h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "pre", "code", "em", "strong", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "a", "hr", "br", "dl", "dt", "dd"]);
const DROPPED = new Set(["script", "style", "template", "iframe", "object", "embed", "svg", "math", "noscript", "title"]);

/** A heading that only repeats `title` is left out, for the page has it already. */
export function copied(html: string, title = ""): DocumentFragment {
  const found = document.createDocumentFragment();
  copy(new DOMParser().parseFromString(html, "text/html").body, found, title);
  return found;
}

function copy(from: Node, to: Node, title: string): void {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.appendChild(document.createTextNode(node.nodeValue ?? ""));
    if (!(node instanceof Element)) continue;
    const name = node.localName;
    if (DROPPED.has(name)) continue;
    if (!KEPT.has(name)) {
      copy(node, to, title);
      continue;
    }
    if (name === "h1" && node.textContent?.trim() === title) continue;
    const made = document.createElement(name === "h1" ? "h2" : name);
    if (name === "a") link(node, made as HTMLAnchorElement);
    if (name === "th") made.setAttribute("scope", node.closest("thead") ? "col" : "row");
    copy(node, made, title);
    to.appendChild(name === "table" || name === "pre" ? scrolled(made) : made);
  }
}

/** Links to the web, to this page's own screens, and within the document. Links to other files of the project lead nowhere here. */
function link(from: Element, to: HTMLAnchorElement): void {
  const target = from.getAttribute("href") ?? "";
  if (/^https?:\/\//i.test(target)) {
    to.href = target;
    to.target = "_blank";
    to.rel = "noopener noreferrer";
  } else if (/^\/(?!\/)/.test(target)) to.href = target;
}

function scrolled(wide: HTMLElement): HTMLElement {
  const around = document.createElement("div");
  around.className = "scroll";
  around.tabIndex = 0;
  around.setAttribute("role", "region");
  around.setAttribute("aria-label", wide.localName === "table" ? "Table" : "Code");
  around.appendChild(wide);
  return around;
}
