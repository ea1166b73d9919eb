// Asking the endpoint, and where in the query an error that it tells stands.

const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";
const PLACE = /\b(?:line |at )(\d+)(?:, column |:)(\d+)/;

/** Returns `{ type, text, seconds }`. Throws an Error with what the endpoint says against the query. */
export const ask = async (address, query, signal, accept = ACCEPT) => {
  const start = performance.now();
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
    body: query,
    signal,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text.trim() || `The endpoint answered with status ${answer.status}.`);
  const type = (answer.headers.get("Content-Type") ?? "").split(";")[0];
  return { type, text, seconds: (performance.now() - start) / 1000 };
};

/** Returns the stretch of the document that a message speaks of: the rest of the word there, at least one sign; or null. */
export const place = (doc, message) => {
  const found = PLACE.exec(message);
  if (!found || Number(found[1]) < 1 || Number(found[1]) > doc.lines) return null;
  const line = doc.line(Number(found[1]));
  const from = Math.min(line.from + Number(found[2]) - 1, line.to);
  const length = /^\S*/.exec(doc.sliceString(from, line.to))[0].length;
  const to = Math.min(Math.max(from + length, from + 1), doc.length);
  return from < to ? { from, to } : { from: Math.max(0, doc.length - 1), to: doc.length };
};
