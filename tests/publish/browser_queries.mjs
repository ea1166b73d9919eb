// Answers queries as the worker of a published site does, with Oxigraph for Node.js: one JSON object a line in, one out.
// Arguments: the module that binds parameters, Oxigraph, and the N-Quads file.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [binding, oxigraph, quads] = process.argv.slice(2);
const { bound, term } = await import(pathToFileURL(binding));
const { default: rdf } = await import(pathToFileURL(oxigraph));
const store = new rdf.Store();
store.load(readFileSync(quads, "utf8"), { format: "application/n-quads" });

for await (const line of createInterface({ input: process.stdin })) {
  const { site, text, parameters, values } = JSON.parse(line);
  try {
    const terms = {};
    for (const parameter of parameters) {
      if (parameter.name in values) terms[parameter.name] = term(rdf, store, site, parameter, values[parameter.name]);
    }
    const query = bound(text, terms, site.prefixes);
    const found = JSON.parse(store.query(query, { results_format: "application/sparql-results+json" }));
    console.log(JSON.stringify({ found, size: store.size }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message, size: store.size }));
  }
}
