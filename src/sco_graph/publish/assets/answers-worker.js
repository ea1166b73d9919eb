// Loads the graph into Oxigraph and answers queries, apart from the page, so that this can stop it at any time.

import { bound, term } from "./binding.js";
import { init, literal, namedNode, Store } from "./oxigraph.js";

const RDF = { literal, namedNode };
const PROV = "http://www.w3.org/ns/prov#wasDerivedFrom";
const RECORD = /^id\/(?:membership|participation|statement|affiliation)\//;
const NAMES = ["http://www.w3.org/2004/02/skos/core#prefLabel", "http://purl.org/dc/terms/title"];
const SHOWN = 1000;
const EVIDENCE = 3;

let store = null;

onmessage = async ({ data }) => {
  try {
    store ??= await loaded(data.site);
    postMessage({ state: "running" });
    postMessage({ state: "done", ...answered(data) });
  } catch (error) {
    postMessage({ state: "failed", message: error instanceof Error ? error.message : String(error) });
  }
};

async function loaded(site) {
  await init({ module_or_path: new URL("./oxigraph.wasm", import.meta.url) });
  const response = await fetch(site.data);
  if (!response.ok) throw new Error(`The data could not be loaded: ${response.status} ${response.statusText}.`);
  let read = 0;
  const counted = new TransformStream({
    transform(piece, controller) {
      read += piece.byteLength;
      postMessage({ state: "loading", read });
      controller.enqueue(piece);
    },
  });
  const unpacked = response.body.pipeThrough(counted).pipeThrough(new DecompressionStream("gzip"));
  const text = await new Response(unpacked).text();
  postMessage({ state: "reading" });
  const made = new Store();
  made.load(text, { format: "application/n-quads", no_transaction: true });
  return made;
}

function answered({ site, text, parameters, values }) {
  const terms = {};
  for (const parameter of parameters) {
    const written = values[parameter.name] ?? "";
    if (written.trim()) terms[parameter.name] = term(RDF, store, site, parameter, written);
  }
  const query = bound(text, terms, site.prefixes);
  let found;
  try {
    found = JSON.parse(store.query(query, { results_format: "application/sparql-results+json" }));
  } catch {
    found = store.query(query); // triples do not come in that format; what else is wrong is so again
  }
  if (Array.isArray(found)) return { triples: [...new Set(found.map((quad) => `${quad} .`))].sort() };
  if ("boolean" in found) return { truth: found.boolean };
  const rows = found.results.bindings;
  const evidence = rows.slice(0, SHOWN).map((row) => evidenceFor(site, Object.values(row)));
  return { variables: found.head.vars, rows, evidence, names: names(rows.slice(0, SHOWN)) };
}

// What people call the IRIs in the rows; records are named by what the other cells say.
function names(rows) {
  const found = {};
  for (const value of rows.flatMap((row) => Object.values(row))) {
    if (value.type !== "uri" || value.value in found) continue;
    for (const predicate of NAMES) {
      const label = store.match(namedNode(value.value), namedNode(predicate), null, null).map((quad) => quad.object.value);
      if (label.length) {
        found[value.value] = label.sort()[0];
        break;
      }
    }
  }
  return found;
}

// The words that a row rests on: those of the claims in it, of the claims that tell of its records, or of those that
// hold the most of its terms, and at least two if there are two.
function evidenceFor(site, row) {
  const nodes = row.filter((value) => value.type === "uri").map((value) => value.value);
  const ours = nodes.filter((iri) => iri.startsWith(site.base));
  const claims = ours.filter((iri) => iri.startsWith(`${site.base}claim/`));
  const records = ours.filter((iri) => RECORD.test(iri.slice(site.base.length)));
  const told = claims.length ? claims : records.length ? records.flatMap((iri) => claimsOf(site, iri)) : closest(site, ours);
  const words = new Set();
  for (const claim of new Set(told)) {
    for (const quad of store.match(namedNode(claim), namedNode(PROV), null, null)) words.add(quad.object.value);
  }
  return [...words].sort().slice(0, EVIDENCE);
}

function claimsOf(site, iri) {
  const node = namedNode(iri);
  const quads = [...store.match(node, null, null, null), ...store.match(null, null, node, null)];
  return [...new Set(quads.map((quad) => quad.graph.value))].filter((graph) => graph.startsWith(`${site.base}claim/`));
}

function closest(site, nodes) {
  const counts = new Map();
  for (const iri of new Set(nodes)) {
    for (const claim of claimsOf(site, iri)) counts.set(claim, (counts.get(claim) ?? 0) + 1);
  }
  const most = Math.max(0, ...counts.values());
  if (most < Math.min(2, new Set(nodes).size)) return [];
  return [...counts].filter(([, count]) => count === most).map(([claim]) => claim);
}
