// Answers queries in the browser over the data file of a published site. A classic script, since browsers refuse
// modules to pages that are opened from a disk; there it says so.
"use strict";

(() => {
  const SECONDS = 60;
  const LARGE = 20_000_000;
  const SHOWN = 1000;

  for (const form of document.querySelectorAll("form[data-graph]")) start(form);

  function start(form) {
    const notice = form.parentElement.querySelector("[data-notice]");
    if (location.protocol === "file:") {
      notice.textContent = "This page is opened from a disk, where browsers keep scripts from reading the data. "
        + "Put the folder on any web server to ask here; or run the query below with sco-graph or another program.";
      return;
    }
    notice.hidden = true;
    form.hidden = false;
    const page = {
      form,
      site: site(form),
      status: form.querySelector("[role=status]"),
      run: form.querySelector("[data-run]"),
      stop: form.querySelector("[data-stop]"),
      answer: form.parentElement.querySelector("[data-answer]"),
      worker: null,
      loaded: false,
      timer: 0,
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(page);
    });
    page.stop.addEventListener("click", () => end(page, "Stopped."));
    const given = new URLSearchParams(location.search);
    for (const field of fields(form)) if (given.has(field.name)) field.value = given.get(field.name);
    if ([...given.keys()].length) ask(page);
  }

  function site(form) {
    const address = (path) => new URL(path, document.baseURI).href;
    return {
      base: form.dataset.base,
      data: address(form.dataset.graph),
      home: address(form.dataset.home),
      prefixes: JSON.parse(form.dataset.prefixes),
    };
  }

  function fields(form) {
    return [...form.querySelectorAll("[data-parameter], [data-text]")];
  }

  async function ask(page) {
    page.run.disabled = true;
    try {
      if (!page.agreed && !(await agreed(page))) {
        page.run.disabled = false;
        return;
      }
    } catch (error) {
      end(page, `The data could not be found: ${error.message}`);
      return;
    }
    run(page);
  }

  // Asks before much is loaded: the second click agrees.
  async function agreed(page) {
    const head = await fetch(page.site.data, { method: "HEAD" });
    page.size = Number(head.headers.get("Content-Length")) || 0;
    page.agreed = true;
    if (page.size <= LARGE) return true;
    page.run.textContent = `Load ${megabytes(page.size)} and ask`;
    page.status.textContent = `The data are ${megabytes(page.size)}. They are loaded once for this page.`;
    return false;
  }

  function run(page) {
    const { form } = page;
    const text = form.querySelector("[data-text]")?.value ?? document.querySelector("[data-query]").textContent;
    const parameters = [...form.querySelectorAll("[data-parameter]")];
    const values = Object.fromEntries(parameters.map((field) => [field.name, field.value]));
    page.worker ??= started(page);
    page.stop.hidden = false;
    page.run.disabled = true;
    page.status.textContent = page.loaded ? "Asking …" : "Loading the data …";
    page.answer.replaceChildren();
    page.begun = performance.now();
    page.worker.postMessage({
      site: page.site,
      text,
      values,
      parameters: parameters.map((field) => ({
        name: field.name,
        type: field.dataset.parameter,
        values: JSON.parse(field.dataset.values),
      })),
    });
  }

  function started(page) {
    const worker = new Worker(new URL(page.form.dataset.worker, document.baseURI), { type: "module" });
    worker.addEventListener("message", ({ data }) => heard(page, data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      end(page, `The query could not be run: ${event.message || "the program did not load"}.`);
    });
    return worker;
  }

  function heard(page, data) {
    if (data.state === "loading") {
      const of = page.size ? ` of ${megabytes(page.size)}` : "";
      page.status.textContent = `Loading the data: ${megabytes(data.read)}${of} …`;
    } else if (data.state === "reading") {
      page.status.textContent = "Reading the data …";
    } else if (data.state === "running") {
      page.loaded = true;
      page.begun = performance.now();
      page.status.textContent = "Asking …";
      page.timer = setTimeout(() => end(page, `Stopped after ${SECONDS} seconds. Narrow the query.`), SECONDS * 1000);
    } else {
      rest(page);
      if (data.state === "failed") page.status.textContent = data.message;
      else show(page, data);
    }
  }

  function rest(page) {
    clearTimeout(page.timer);
    page.stop.hidden = true;
    page.run.disabled = false;
    page.run.textContent = page.run.dataset.run;
  }

  // A query cannot be interrupted from within; with its worker, the loaded data go, too.
  function end(page, message) {
    page.worker?.terminate();
    page.worker = null;
    page.loaded = false;
    rest(page);
    page.status.textContent = message;
  }

  function show(page, data) {
    const seconds = ((performance.now() - page.begun) / 1000).toFixed(2);
    if ("truth" in data) {
      page.status.textContent = `${data.truth ? "Yes" : "No"} (${seconds} s).`;
    } else if ("triples" in data) {
      page.status.textContent = `${data.triples.length} triples (${seconds} s).`;
      page.answer.append(element("pre", { tabIndex: 0 }, data.triples.slice(0, SHOWN).join("\n")));
    } else {
      const more = data.rows.length > SHOWN ? `; the first ${SHOWN} are shown, the file has all` : "";
      page.status.textContent = `${data.rows.length} rows (${seconds} s)${more}.`;
      if (data.rows.length) page.answer.append(download(data), table(page.site, data));
    }
  }

  function table(site, { variables, rows, evidence, names }) {
    const witnessed = evidence.some((words) => words.length);
    const heads = [...variables, ...(witnessed ? ["evidence"] : [])].map((name) => element("th", { scope: "col" }, name));
    const body = element("tbody");
    rows.slice(0, SHOWN).forEach((row, number) => {
      const cells = variables.map((name) => element("td", {}, ...cell(site, names, row[name])));
      if (witnessed) cells.push(element("td", {}, ...witnesses(site, evidence[number])));
      body.append(element("tr", {}, ...cells));
    });
    const made = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body);
    const frame = element("div", { className: "table", tabIndex: 0 }, made);
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", "Answer");
    return frame;
  }

  function cell(site, names, value) {
    if (!value) return [];
    if (value.type !== "uri") return [value.value];
    const target = address(site, value.value);
    const text = names[value.value] ?? shortened(site, value.value);
    return [target ? element("a", { href: target, title: value.value }, text) : text];
  }

  function witnesses(site, words) {
    return words.flatMap((iri, number) => {
      const text = iri.slice(`${site.base}id/document/`.length).replace(/#char=(\d+),(\d+)$/, " $1–$2");
      const target = address(site, iri);
      return [...(number ? [element("br")] : []), target ? element("a", { href: target }, text) : text];
    });
  }

  // Returns the address of the page of an IRI: in this site, or elsewhere on the web, or null if it has none.
  function address(site, iri) {
    const [, local, fragment] = /^([^#]*)(#.*)?$/s.exec(iri);
    if (local.startsWith(site.base)) {
      const path = local.slice(site.base.length);
      if (/^(?:id\/[^/]+|claim)\/[^/]+$/.test(path)) return `${site.home}${encoded(path)}.html${fragment ?? ""}`;
    }
    const ontology = "https://w3id.org/sco-graph/ontology";
    if (local === ontology) return `${site.home}ontology.html${fragment ?? ""}`;
    return /^https?:\/\/[^/]/.test(iri) ? iri : null;
  }

  // An identifier may be escaped; its file is named by what that means.
  function encoded(path) {
    return path.split("/").map((part) => {
      try {
        return encodeURIComponent(decodeURIComponent(part));
      } catch {
        return encodeURIComponent(part);
      }
    }).join("/");
  }

  function shortened(site, iri) {
    const local = iri.startsWith(site.base) ? iri.slice(site.base.length).replace(/^id\//, "") : "";
    const record = /^(membership|participation|statement|affiliation|claim)\//.exec(local);
    if (local) return record ? record[1] : local;
    for (const [prefix, start] of Object.entries(site.prefixes)) {
      if (iri.startsWith(start)) return `${prefix}:${iri.slice(start.length)}`;
    }
    return iri;
  }

  // SPARQL 1.1 Query Results CSV.
  function download({ variables, rows }) {
    const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const lines = [variables, ...rows.map((row) => variables.map((name) => row[name]?.value ?? ""))];
    const text = lines.map((line) => line.map(quoted).join(",")).join("\r\n");
    const file = new Blob([`${text}\r\n`], { type: "text/csv;charset=utf-8" });
    const link = element("a", { href: URL.createObjectURL(file), download: "answer.csv" }, "CSV");
    return element("p", { className: "meta" }, "As data: ", link);
  }

  function megabytes(size) {
    return size < 1_000_000 ? `${Math.ceil(size / 1000)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
  }

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }
})();
