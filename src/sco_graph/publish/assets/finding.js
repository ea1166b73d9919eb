// The search of a published site, without a server: in a page from any web host, or from a disk.
// A classic script, since browsers load no modules from disks. The index calls `scoGraphIndex` with its parts.

"use strict";

(() => {
  const MOST = 50; // things that are shown
  const LEAST = 0.6; // how like a name must be to be shown
  const CLOSE = 0.5; // how like two words must be to be one misspelt
  const MOST_PARTS = 6; // parts of the index that one search loads

  let head = null;
  const loaded = new Map(); // part to its things, or to null while it is on its way
  const memory = new Map();

  window.scoGraphIndex = (told, rows) => {
    if (!told.part) head = { ...told, folds: told.folds.map(([pattern, to]) => [new RegExp(pattern, "g"), to]) };
    loaded.set(told.part ?? "", rows.map(thing));
    find();
  };

  function thing([kind, id, name, others, about, documents]) {
    return { kind: head.kinds[kind], id, name, names: [name, ...others], about, documents, folded: null };
  }

  // The same steps as in the program: lower case, Latin letters, no marks, words; then what all romanisations share.
  function plain(text) {
    const latin = [...text.toLowerCase()].map((letter) => head.letters[letter] ?? letter).join("");
    const bare = latin.normalize("NFKD").replace(/[\p{M}'’ʻ]/gu, "").replace(/(\d)(?:st|nd|rd|th)\b/g, "$1");
    return (bare.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word !== "the").join(" ");
  }

  function fold(word) {
    if (!memory.has(word)) {
      memory.set(word, head.folds.reduce((text, [pattern, to]) => text.replace(pattern, to), word) || word);
    }
    return memory.get(word);
  }

  const words = (text) => plain(text).split(" ").filter(Boolean).map(fold);

  function pairs(word) {
    const padded = `_${word}_`;
    return Array.from({ length: padded.length - 1 }, (_, n) => padded.slice(n, n + 2));
  }

  function alike(word, grams, other) {
    if (word === other) return 1;
    if (/^\d/.test(word) || /^\d/.test(other)) return 0;
    if (other.startsWith(word)) return 0.9 + (0.1 * word.length) / other.length;
    if (Math.abs(word.length - other.length) > 3) return 0;
    const left = pairs(other);
    const total = grams.length + left.length;
    let shared = 0;
    for (const gram of grams) {
      const place = left.indexOf(gram);
      if (place >= 0) {
        shared += 1;
        left.splice(place, 1);
      }
    }
    const likeness = (2 * shared) / total;
    return likeness >= CLOSE ? likeness : 0;
  }

  function rate(asked, text, folded, name) {
    if (name.text === text) return 5;
    if (name.folded.join(" ") === folded) return 4;
    const best = asked.map(([word, grams]) => Math.max(0, ...name.folded.map((other) => alike(word, grams, other))));
    const length = asked.reduce((sum, [word]) => sum + word.length, 0);
    const covered = asked.reduce((sum, [word], n) => sum + best[n] * word.length, 0) / length;
    const likeness = 0.9 * covered + (0.1 * Math.min(1, length / name.folded.join("").length));
    if (name.text.startsWith(text)) return 3;
    return Math.min(...best) >= 0.9 ? 1 + likeness : likeness >= LEAST ? likeness : 0;
  }

  function search(text) {
    const folded = words(text);
    const asked = folded.map((word) => [word, pairs(word)]);
    const simple = plain(text);
    const found = new Map();
    for (const things of loaded.values()) {
      for (const one of things ?? []) {
        one.folded ??= one.names.map((name) => ({ name, text: plain(name), folded: words(name) }));
        for (const [n, name] of one.folded.entries()) {
          const rating = rate(asked, simple, folded.join(" "), name) - (n ? 0.01 : 0);
          const key = `${one.kind[0]}/${one.id}`;
          if (rating > 0 && rating > (found.get(key)?.rating ?? 0)) found.set(key, { one, name: name.name, rating });
        }
      }
    }
    const grade = ({ rating }) => Math.round(rating * 20);
    return [...found.values()]
      .sort((a, b) => grade(b) - grade(a) || b.one.documents - a.one.documents || (a.one.name < b.one.name ? -1 : 1))
      .slice(0, MOST);
  }

  // Load the parts of the index in which the words can stand; tell whether all are there.
  function ready(text) {
    if (!head?.parts) return Boolean(head);
    const wanted = new Set();
    for (const word of words(text)) {
      const start = word.replace(/[^a-z0-9]/g, "_");
      const fitting = head.parts.filter((part) => part.startsWith(start) || start.padEnd(4, "_").startsWith(part));
      fitting.slice(0, MOST_PARTS).forEach((part) => wanted.add(part));
    }
    const parts = [...wanted].slice(0, MOST_PARTS);
    for (const part of parts.filter((name) => !loaded.has(name))) {
      loaded.set(part, null);
      const script = document.createElement("script");
      script.src = new URL(`search/part-${part}.js`, document.baseURI).href;
      document.head.append(script);
    }
    return parts.every((part) => loaded.get(part));
  }

  function row({ one, name }) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `id/${one.kind[0]}/${encodeURIComponent(one.id)}.html`;
    link.textContent = one.name;
    item.append(link);
    const told = one.name.includes(name) ? [] : [["matched", `also called ${name}`]];
    told.push(["told", [one.kind[1], one.about].filter(Boolean).join(" · ")]);
    for (const [look, text] of told) {
      const part = document.createElement("span");
      part.className = look;
      part.textContent = text;
      item.append(" ", part);
    }
    return item;
  }

  function find() {
    const text = document.querySelector("main input[type=search]").value.trim();
    const status = document.getElementById("status");
    const list = document.getElementById("hits");
    if (!text || !head || !ready(text)) {
      status.textContent = text ? "Searching …" : "";
      list.replaceChildren();
      return;
    }
    const hits = plain(text) ? search(text) : [];
    list.replaceChildren(...hits.map(row));
    status.textContent = !hits.length
      ? "Nothing is called so, or nearly so."
      : hits[0].rating <= 1
        ? "Nothing is called exactly so. Did you mean one of these?"
        : `${hits.length === MOST ? "The first " : ""}${hits.length} found`;
  }

  const field = document.querySelector("main input[type=search]");
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 120);
  });
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?${new URLSearchParams({ q: field.value })}`);
    find();
  });
})();
