// Suggestions in each search field while one types: the combobox of the ARIA Authoring Practices, with a list box.
// The field works without this; what it shows comes as words, never as markup.

const PATIENCE = 120; // milliseconds between the last key and the question

for (const form of document.querySelectorAll("form[data-suggest]")) offer(form);

function offer(form) {
  const field = form.querySelector("input[type=search]");
  const address = new URL(form.dataset.suggest, location.href);
  const list = document.createElement("ul");
  Object.assign(list, { className: "suggested", id: `${field.id}-suggested`, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  field.after(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  let waiting, asking, at = -1;

  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  const choose = (number) => {
    at = number;
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === number)));
    if (number < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", list.children[number].id);
      list.children[number].scrollIntoView({ block: "nearest" });
    }
  };
  const show = (hits) => {
    list.replaceChildren(...hits.map((hit, n) => option(hit, `${list.id}-${n}`, address)));
    list.hidden = hits.length === 0;
    field.setAttribute("aria-expanded", String(hits.length > 0));
    choose(-1);
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const words = field.value.trim();
    if (!words) return close();
    address.search = new URLSearchParams({ q: words });
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (answer.ok) show((await answer.json()).hits);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PATIENCE);
  });
  field.addEventListener("keydown", (event) => {
    const total = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape" && total) close();
    else if (event.key === "ArrowDown" && total) choose(at + 1 < total ? at + 1 : -1);
    else if (event.key === "ArrowUp" && total) choose(at < 0 ? total - 1 : at - 1);
    else if (event.key === "Enter" && at >= 0) location.href = list.children[at].dataset.href;
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    asking?.abort();
  });
  // "mousedown" comes before the field loses its focus, and with it the list.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const chosen = event.target.closest("[role=option]");
    if (chosen) location.href = chosen.dataset.href;
  });
}

function option(hit, id, address) {
  const item = document.createElement("li");
  const about = document.createElement("small");
  item.id = id;
  item.setAttribute("role", "option");
  item.dataset.href = new URL(hit.path, new URL(".", address)).href;
  item.textContent = hit.name;
  about.textContent = [hit.type, hit.date, hit.about, hit.name.includes(hit.matched) ? "" : `also called ${hit.matched}`]
    .filter(Boolean)
    .join(" · ");
  item.append(about);
  return item;
}
