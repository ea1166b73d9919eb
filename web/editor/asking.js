// Asking the endpoint, and where in the query an error that it tells stands.

const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";
const PLACE = /\b(?:line |at )(\d+)(?:, column |:)(\d+)/;

/** What the endpoint says against a query, and where: `place` is `{ line, column }`, counted from 1, or null. */
export class Refused extends Error {
  constructor(message, place) {
    super(message);
    this.place = place;
  }
}

// Errors come as problem details (RFC 9457) with line and column, or as text that names them.
const refused = (type, text, status) => {
  if (type === "application/problem+json") {
    const { title, detail, line, column } = JSON.parse(text);
    return new Refused(detail ?? title, line ? { line, column } : null);
  }
  const found = PLACE.exec(text);
  const place = found ? { line: Number(found[1]), column: Number(found[2]) } : null;
  return new Refused(text.trim() || `The endpoint answered with status ${status}.`, place);
};

/** Returns `{ type, text, seconds }`. Throws Refused. */
export const ask = async (address, query, signal, accept = ACCEPT) => {
  const start = performance.now();
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
    body: query,
    signal,
  });
  const text = await answer.text();
  const type = (answer.headers.get("Content-Type") ?? "").split(";")[0];
  if (!answer.ok) throw refused(type, text, answer.status);
  return { type, text, seconds: (performance.now() - start) / 1000 };
};

/** Returns the stretch of the document at a place: the rest of the word there, at least one sign; or null. */
export const stretch = (doc, place) => {
  if (!place || place.line < 1 || place.line > doc.lines) return null;
  const line = doc.line(place.line);
  const from = Math.min(line.from + place.column - 1, line.to);
  const length = /^\S*/.exec(doc.sliceString(from, line.to))[0].length;
  const to = Math.min(Math.max(from + length, from + 1), doc.length);
  return from < to ? { from, to } : { from: Math.max(0, doc.length - 1), to: doc.length };
};
