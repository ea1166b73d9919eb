// Parameters of stored queries to RDF terms, and terms into queries. `rdf` is Oxigraph: it makes the terms and writes
// them, so that no value can end the place it is put in; what is no IRI it refuses.

const XSD = "http://www.w3.org/2001/XMLSchema#";
const PATH = /^(?:id\/|claim\/)?[a-z]+\/[A-Za-z0-9._%~-]+(?:#char=\d+,\d+)?$/;
const NAMES = "<http://www.w3.org/2004/02/skos/core#prefLabel>|<http://www.w3.org/2004/02/skos/core#altLabel>|"
  + "<https://w3id.org/sco-graph/ontology#abbreviation>|<http://purl.org/dc/terms/title>|"
  + "<http://www.w3.org/2000/01/rdf-schema#label>";

// Returns `text` with each of `terms`, by the name of its variable, as the only value that the variable may have.
// Values behind a query join its solutions (SPARQL 1.1 §10.2.2), so that only projected variables can be bound.
export function bound(text, terms, prefixes = {}) {
  const known = Object.entries(prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}> `).join("");
  const names = Object.keys(terms).sort();
  if (!names.length) return known + text;
  if (!names.every((name) => /^[A-Za-z][A-Za-z0-9_]*$/.test(name))) throw new Error("This is no name of a variable.");
  const heads = names.map((name) => `?${name}`).join(" ");
  const values = names.map((name) => terms[name].toString()).join(" ");
  return `${known}${text}\nVALUES (${heads}) { (${values}) }`;
}

// Returns the term for what was written into the field of `parameter`, { name, type, values }, as `sco-graph query`
// reads it. Throws an Error that says what is wrong.
export function term(rdf, store, site, parameter, written) {
  const value = allowed(site, parameter, written.trim());
  if (parameter.type === "iri") return entity(rdf, store, site, value);
  if (parameter.type === "date") return rdf.literal(lastDay(parameter.name, value), rdf.namedNode(`${XSD}date`));
  if (parameter.type === "integer") {
    if (!/^[+-]?[0-9]{1,18}$/.test(value)) throw new Error(`${parameter.name} must be a whole number, not “${value}”.`);
    return rdf.literal(BigInt(value.replace(/^\+/, "")).toString(), rdf.namedNode(`${XSD}integer`));
  }
  return rdf.literal(value);
}

function allowed(site, parameter, value) {
  if (!parameter.values.length) return value;
  for (const one of parameter.values) {
    const [prefix, local] = one.includes(":") ? one.split(":", 2) : ["", one];
    if ([one, local, `${site.prefixes[prefix] ?? ""}${local}`].includes(value)) return one;
  }
  throw new Error(`${parameter.name} must be one of ${parameter.values.join(", ")}, not “${value}”.`);
}

// "As of 2024" means as of the end of 2024.
function lastDay(name, value) {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(value);
  if (!match) throw new Error(`${name} must be YYYY-MM-DD, YYYY-MM or YYYY, not “${value}”.`);
  const [year, month] = [Number(match[1]), Number(match[2] ?? 12)];
  const last = new Date(Date.UTC(2000, month, 0));
  last.setUTCFullYear(year, month, 0);
  const day = Number(match[3] ?? last.getUTCDate());
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > last.getUTCDate()) {
    throw new Error(`${name} “${value}” is not a date.`);
  }
  return `${match[1]}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

function entity(rdf, store, site, value) {
  for (const iri of addresses(site, value)) {
    const node = made(rdf, iri);
    if (node && (store.match(node, null, null, null).length || store.match(null, null, node, null).length)) return node;
  }
  const exact = called(rdf, store, "?label IN (?one, ?other)", value);
  const found = exact.length ? exact : called(rdf, store, "LCASE(STR(?label)) = LCASE(STR(?other))", value);
  if (!found.length) throw new Error(`Nothing here is called “${value}”.`);
  if (found.length > 1) throw new Error(`“${value}” can mean ${found.join(", ")}. Give one of these identifiers.`);
  return rdf.namedNode(found[0]);
}

function addresses(site, value) {
  const bare = value.replace(/^<(.*)>$/s, "$1");
  const [prefix, ...local] = value.split(":");
  return [
    ...(/^https?:\/\//.test(bare) ? [bare] : []),
    ...(site.prefixes[prefix] && local.length ? [site.prefixes[prefix] + local.join(":")] : []),
    ...(PATH.test(value) ? [site.base + value, `${site.base}id/${value}`] : []),
    ...(/^[0-9a-f]{12}$/.test(value) ? [`${site.base}claim/${value}`] : []),
  ];
}

function made(rdf, iri) {
  try {
    return rdf.namedNode(iri);
  } catch {
    return null; // no IRI
  }
}

function called(rdf, store, test, value) {
  const query = `SELECT DISTINCT ?thing { VALUES (?one ?other) { (${rdf.literal(value, "en")} ${rdf.literal(value)}) }
    ?thing ${NAMES} ?label . FILTER(${test}) }`;
  return store.query(query).map((row) => row.get("thing").value).sort();
}
