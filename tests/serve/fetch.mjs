// Asks an endpoint with fetch-sparql-endpoint: arguments are its address, and a query on stdin. Prints JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { SparqlEndpointFetcher } = require("fetch-sparql-endpoint");

const endpoint = process.argv[2];
const query = readFileSync(0, "utf8");
const fetcher = new SparqlEndpointFetcher();

async function collected(stream) {
  const found = [];
  for await (const item of stream) found.push(item);
  return found;
}

const answers = {
  SELECT: async () =>
    (await collected(await fetcher.fetchBindings(endpoint, query))).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value])),
    ),
  ASK: () => fetcher.fetchAsk(endpoint, query),
  CONSTRUCT: async () => (await collected(await fetcher.fetchTriples(endpoint, query))).length,
};
try {
  console.log(JSON.stringify(await answers[fetcher.getQueryType(query)]()));
} catch (error) {
  console.log(JSON.stringify({ error: error.message }));
}
