// Comfort on the page of a stored query: names that are suggested while one types, evidence without leaving the page,
// and buttons that copy a citation.

const field = (input) => {
  const list = document.createElement("datalist");
  list.id = `${input.id}-names`;
  input.after(list);
  input.setAttribute("list", list.id);
  let waiting = 0;
  let asked = "";
  const suggest = async () => {
    const words = input.value.trim();
    if (words.length < 2 || words === asked) return;
    asked = words;
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(words)}`, {
      headers: { Accept: "application/json" },
    });
    if (!answer.ok || asked !== words) return;
    const { hits } = await answer.json();
    list.replaceChildren(...hits.map(option));
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => suggest().catch(() => {}), 150);
  });
};

// The identifier says which of several that are called the same is meant; it is short where letters allow.
const option = (hit) => {
  const made = document.createElement("option");
  made.value = /^id\/[a-z]+\/[\w.~-]+$/.test(hit.path) ? hit.path.slice(3) : hit.iri;
  made.label = [hit.name, hit.about || hit.type].filter(Boolean).join(" · ");
  return made;
};

// The page that the link leads to holds the evidence of the row; only that is taken from it.
const evidence = (link) => {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const row = link.closest("tr");
    try {
      const answer = await fetch(link.href.split("#")[0], { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = document.importNode(page.getElementById(row.id), true);
      row.replaceWith(found);
      found.querySelector("summary")?.focus();
    } catch {
      location.assign(link.href);
    }
  });
};

const copies = (id, name) => {
  const text = document.getElementById(id);
  if (!text || !navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = `Copy ${name}`;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = `Copy ${name}`), 2000);
  });
  text.after(button);
};

for (const input of document.querySelectorAll("input[data-suggest]")) field(input);
for (const link of document.querySelectorAll("a.why-link")) evidence(link);
copies("cite-text", "citation");
copies("cite-bibtex", "BibTeX");
