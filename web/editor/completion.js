// What the editor completes: variables of the query, keywords, prefixes, and the terms of our vocabulary by name or label.

import { syntaxTree } from "@codemirror/language";

const KEYWORDS = `SELECT DISTINCT REDUCED WHERE FROM NAMED ORDER BY ASC DESC LIMIT OFFSET GROUP HAVING OPTIONAL UNION MINUS
GRAPH FILTER EXISTS NOT BIND AS VALUES ASK CONSTRUCT DESCRIBE PREFIX BASE IN UNDEF a true false`.split(/\s+/);
const FUNCTIONS = `COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND IRI BNODE ABS CEIL FLOOR
ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES
SECONDS COALESCE IF STRLANG STRDT SAMETERM ISIRI ISBLANK ISLITERAL ISNUMERIC SUBSTR REPLACE REGEX`.split(/\s+/);

const OPAQUE = new Set(["Comment", "String", "IriRef", "Langtag"]);
const WORD = /[?$]?[\w-]*(?::[\w-]*)?$/;

// Returns a change that declares the prefix where the query does not, after the declarations that there are.
const declaring = (state, prefix, namespace) => {
  const text = state.doc.toString();
  if (new RegExp(`^\\s*PREFIX\\s+${prefix}:`, "im").test(text)) return [];
  const declared = [...text.matchAll(/^[ \t]*(?:PREFIX|BASE)\b.*$/gim)];
  const last = declared.at(-1);
  const line = `PREFIX ${prefix}: <${namespace}>`;
  return last
    ? [{ from: last.index + last[0].length, insert: `\n${line}` }]
    : [{ from: 0, insert: `${line}\n\n` }];
};

const inserting = (prefix, namespace) => (view, completion, from, to) => {
  const words = completion.label;
  const declaration = declaring(view.state, prefix, namespace);
  const before = declaration.reduce((sum, change) => sum + change.insert.length, 0);
  view.dispatch({
    changes: [...declaration, { from, to, insert: words }],
    selection: { anchor: from + words.length + before },
    userEvent: "input.complete",
  });
};

const term = (prefixes) => ({ name, kind, label, definition }) => {
  const prefix = name.split(":")[0];
  return {
    label: name,
    detail: label,
    info: definition || undefined,
    type: { class: "class", property: "property", concept: "constant" }[kind],
    words: `${name} ${label}`.toLowerCase(),
    apply: inserting(prefix, prefixes[prefix]),
    boost: prefix === "sco" ? 1 : 0,
  };
};

const variables = (state, at) => {
  const found = new Set(state.doc.toString().match(/[?$]\w+/g));
  found.delete(at);
  return [...found].sort().map((label) => ({ label, type: "variable" }));
};

/** Returns the source of completions for `vocabulary`: `prefixes` by name, and `terms` with labels and definitions. */
export const completing = ({ prefixes, terms }) => {
  const named = terms.map(term(prefixes));
  const words = [
    ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
    ...FUNCTIONS.map((label) => ({ label, type: "function", apply: `${label}(` })),
    ...Object.entries(prefixes).map(([prefix, namespace]) => ({
      label: `${prefix}:`,
      detail: namespace,
      type: "namespace",
      apply: inserting(prefix, namespace),
    })),
  ];
  return (context) => {
    if (OPAQUE.has(syntaxTree(context.state).resolveInner(context.pos, -1).name)) return null;
    const word = context.matchBefore(WORD);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    if (/^[?$]/.test(word.text)) return { from: word.from, options: variables(context.state, word.text) };
    const sought = word.text.toLowerCase();
    // A label is found by any of its words: "took part" leads to sco:participant.
    const options = [...words.filter(({ label }) => label.toLowerCase().startsWith(sought)), ...named.filter((t) => t.words.includes(sought))];
    return { from: word.from, options, filter: false };
  };
};
