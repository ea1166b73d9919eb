// The answer below the editor: a table with pages, a truth, or Turtle, and buttons that download it.

const ROWS = 50;
const FORMATS = {
  table: { csv: "text/csv", tsv: "text/tab-separated-values", json: "application/sparql-results+json", xml: "application/sparql-results+xml" },
  truth: { json: "application/sparql-results+json", xml: "application/sparql-results+xml" },
  graph: { ttl: "text/turtle", nt: "application/n-triples", jsonld: "application/ld+json", rdf: "application/rdf+xml" },
};

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

// An identifier of ours leads to its page on this site; another address leads there, if it is one that can be followed.
const target = (iri, { base, site }) => {
  if (iri.startsWith(base)) {
    const [path, fragment] = iri.slice(base.length).split("#");
    if (/^(?:id\/[^/]+\/[^/]+|claim\/[^/]+|ontology)$/.test(path) && !path.includes("..")) {
      return `${site}${path}${fragment ? `#${fragment}` : ""}`;
    }
  }
  return /^https?:\/\/[^/]/.test(iri) ? iri : null;
};

const shortened = (iri, { base, prefixes }) => {
  if (iri.startsWith(`${base}id/`)) return iri.slice(base.length + 3);
  for (const [prefix, namespace] of Object.entries(prefixes)) {
    if (iri.startsWith(namespace)) return `${prefix}:${iri.slice(namespace.length)}`;
  }
  return iri.startsWith(base) ? iri.slice(base.length) : iri;
};

const cell = (term, site) => {
  if (!term) return make("td");
  if (term.type === "uri") {
    const href = target(term.value, site);
    const text = shortened(term.value, site);
    return make("td", {}, href ? make("a", { href, textContent: text, title: term.value }) : text);
  }
  if (term.type === "bnode") return make("td", { textContent: `_:${term.value}` });
  const value = typeof term.value === "string" ? term.value : JSON.stringify(term.value);
  const made = make("td", { textContent: value });
  if (term["xml:lang"]) made.lang = term["xml:lang"];
  return made;
};

const table = (variables, bindings, site) => {
  const body = make("tbody");
  const words = make("span", { className: "faint" });
  const before = make("button", { type: "button", className: "second", textContent: "Rows before" });
  const after = make("button", { type: "button", className: "second", textContent: "Rows after" });
  const pages = Math.max(1, Math.ceil(bindings.length / ROWS));
  let page = 0;
  const show = (number) => {
    page = number;
    const shown = bindings.slice(page * ROWS, (page + 1) * ROWS);
    body.replaceChildren(...shown.map((row) => make("tr", {}, ...variables.map((name) => cell(row[name], site)))));
    words.textContent = `Page ${page + 1} of ${pages}`;
    before.disabled = page === 0;
    after.disabled = page === pages - 1;
  };
  before.addEventListener("click", () => show(page - 1));
  after.addEventListener("click", () => show(page + 1));
  show(0);
  const head = make("thead", {}, make("tr", {}, ...variables.map((name) => make("th", { scope: "col", textContent: name }))));
  const scrolling = make("div", { className: "table", tabIndex: 0 }, make("table", { className: "answer" }, head, body));
  scrolling.setAttribute("role", "region");
  scrolling.setAttribute("aria-label", "Answer");
  return pages > 1 ? [scrolling, make("p", { className: "inline" }, before, words, after)] : [scrolling];
};

const downloads = (kind, download) => {
  const buttons = Object.entries(FORMATS[kind]).map(([suffix, type]) => {
    const button = make("button", { type: "button", className: "second", textContent: suffix.toUpperCase() });
    button.addEventListener("click", () => download(suffix, type));
    return button;
  });
  return make("p", { className: "inline" }, "Download:", ...buttons);
};

const told = (kind, seconds, count) => {
  const time = `${seconds < 10 ? seconds.toFixed(2) : Math.round(seconds)} s`;
  const words = kind === "table" ? `${count} ${count === 1 ? "row" : "rows"} in ${time}.` : `In ${time}.`;
  return make("p", { className: "faint", textContent: words });
};

/** Fills `element` with an answer of `ask`; `site` is `{ base, site, prefixes }`, `download` takes a suffix and a type. */
export const show = (element, { type, text, seconds }, site, download) => {
  const heading = make("h2", { textContent: "Answer" });
  if (!type.endsWith("results+json")) {
    const turtle = make("pre", { textContent: text, tabIndex: 0 });
    element.replaceChildren(heading, told("graph", seconds), turtle, downloads("graph", download));
    return;
  }
  const found = JSON.parse(text);
  if (typeof found.boolean === "boolean") {
    const truth = make("p", { className: "truth", textContent: found.boolean ? "Yes" : "No" });
    element.replaceChildren(heading, told("truth", seconds), truth, downloads("truth", download));
    return;
  }
  const { bindings } = found.results;
  element.replaceChildren(
    heading,
    told("table", seconds, bindings.length),
    ...(bindings.length ? table(found.head.vars, bindings, site) : []),
    downloads("table", download),
  );
};

/** Fills `element` with what went wrong. */
export const complain = (element, message) => {
  const words = make("p", { className: "problem", textContent: message });
  words.setAttribute("role", "alert");
  element.replaceChildren(words);
};

/** Saves `text` as a file. */
export const save = (name, type, text) => {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};
