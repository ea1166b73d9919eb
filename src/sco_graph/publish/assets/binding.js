// Parameters of stored queries to RDF terms, and terms into queries. `rdf` is Oxigraph: it makes the terms and writes
// them, so that no value can end the place it is put in; what is no IRI it refuses.

const XSD = "http://www.w3.org/2001/XMLSchema#";
const PATH = /^(?:id\/|claim\/)?[a-z]+\/[A-Za-z0-9._%~-]+(?:#char=\d+,\d+)?$/;
const NAMES = "<http://www.w3.org/2004/02/skos/core#prefLabel>|<http://www.w3.org/2004/02/skos/core#altLabel>|"
  + "<https://w3id.org/sco-graph/ontology#abbreviation>|<http://purl.org/dc/terms/title>|"
  + "<http://www.w3.org/2000/01/rdf-schema#label>";

// SPARQL 1.1 §19.8, as far as it must be known to see braces, variables and words: what cannot hold them comes first.
const TOKEN = new RegExp([
  String.raw`\\.|#[^\r\n]*|<[^<>"{}|^\x60\\\x00-\x20]*>`,
  String.raw`"{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}`,
  String.raw`"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'|@[A-Za-z-]+`,
  String.raw`[\p{L}\p{N}_.-]*:[\p{L}\p{N}_.:%-]*|[?$][\p{L}\p{N}_]+|[A-Za-z_]+|[{}()*]`,
].join("|"), "gsu");

// Returns `text` with each of `terms`, by the name of its variable, as the only value that the variable may have: in
// each group of each SELECT that projects it, as Oxigraph itself binds variables where its interface offers that.
export function bound(text, terms, prefixes = {}) {
  const known = Object.entries(prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}> `).join("");
  const values = new Map(Object.keys(terms).sort().map((name) => [name, ` VALUES ?${name} { ${terms[name]} }`]));
  if (![...values.keys()].every((name) => /^[A-Za-z][A-Za-z0-9_]*$/.test(name))) throw new Error("No such variable.");
  if (!values.size) return known + text;
  const tokens = [...text.matchAll(TOKEN)];
  const edits = [...groups(tokens, [...values.keys()]), ...placeholders(tokens, values)];
  let made = known;
  let at = 0;
  for (const [begin, end, names] of edits.sort((one, other) => one[0] - other[0])) {
    made += text.slice(at, begin) + names.map((name) => values.get(name)).join("") + (names.length ? " " : "");
    at = end;
  }
  return made + text.slice(at);
}

// Yields where a query gives a variable the value of a placeholder, BIND(?__anything AS ?name), for programs that write
// values into its text; what is bound already must not be bound again.
function* placeholders(tokens, values) {
  for (const [number, token] of tokens.entries()) {
    const [word, open, from, as, to, close] = tokens.slice(number, number + 6).map((one) => one[0]);
    const name = to?.slice(1);
    const isOne = word.toUpperCase() === "BIND" && open === "(" && as?.toUpperCase() === "AS" && close === ")";
    if (isOne && values.has(name) && from.slice(1).startsWith("__")) {
      yield [token.index, tokens[number + 5].index + 1, []];
    }
  }
}

// Yields the places behind the opening braces of groups, each with those of `names` that are to be bound there.
function* groups(tokens, names) {
  const scopes = [names];
  let select = null;
  let before = null; // the word that tells what a brace opens
  for (const [number, token] of tokens.entries()) {
    const word = token[0].toUpperCase();
    if (word === "SELECT") select = { projected: new Set(), all: false, depth: 0, open: true };
    else if (["VALUES", "CONSTRUCT", "MINUS"].includes(word)) before = word;
    else if (["WHERE", "FROM"].includes(word)) {
      if (select) select.open = false;
      if (before === "CONSTRUCT") before = null;
    } else if (word === "}") scopes.pop();
    else if (word === "{") {
      const scope = inner(scopes, select, before, names);
      const isFirst = tokens[number + 1]?.[0].toUpperCase() !== "SELECT";
      const used = select ? scope : scope.filter((name) => mentions(tokens, number, name));
      if (isFirst && scope.length) yield [token.index + 1, token.index + 1, used];
      scopes.push(scope);
      [select, before] = [null, null];
    } else if (select?.open) project(select, token[0], tokens[number - 1][0]);
  }
}

// Returns the names that a group sees: none in data, templates and MINUS, which binding would make another.
function inner(scopes, select, before, names) {
  if (before) return [];
  const outer = scopes.at(-1) ?? [];
  if (!select) return outer;
  const scope = outer.filter((name) => select.all || select.projected.has(name));
  if (scopes.length === 1 && scope.length < names.length) throw new Error("Only variables that are selected can be bound.");
  return scope;
}

function project(select, token, last) {
  if (token === "(") select.depth += 1;
  else if (token === ")") select.depth -= 1;
  else if (token === "*" && !select.depth) select.all = true;
  else if (/^[?$]/.test(token) && (!select.depth || last.toUpperCase() === "AS")) select.projected.add(token.slice(1));
}

function mentions(tokens, open, name) {
  let depth = 0;
  for (const [token] of tokens.slice(open)) {
    if (token === "{") depth += 1;
    if (token === "}" && !(depth -= 1)) return false;
    if (token === `?${name}` || token === `$${name}`) return true;
  }
  return false;
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
    if (one === value || short(one) === value || whole(site, one) === whole(site, value)) return one;
  }
  throw new Error(`${parameter.name} must be one of ${parameter.values.map(short).join(", ")}, not “${value}”.`);
}

function short(value) {
  return value.split(/[#/:]/).at(-1);
}

function whole(site, value) {
  const [prefix, ...local] = value.split(":");
  return prefix in site.prefixes ? site.prefixes[prefix] + local.join(":") : value;
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
