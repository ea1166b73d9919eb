// The SPARQL page's editor, put in the place of the form's text area.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Prec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { sparql } from "codemirror-lang-sparql";

import { ask, stretch } from "../editor/asking.js";
import { completing } from "../editor/completion.js";
import { earlier, remember } from "../editor/history.js";
import { complain, save, show } from "../editor/results.js";
import { theme } from "../editor/theme.js";
import { typing } from "../editor/typing.js";

const LONGEST_ADDRESS = 6000;

const editing = (text, vocabulary, run) => [
  Prec.highest(keymap.of([{ key: "Mod-Enter", run }])),
  lineNumbers(),
  highlightActiveLine(),
  history(),
  drawSelection(),
  bracketMatching(),
  closeBrackets(),
  highlightSelectionMatches(),
  autocompletion({ override: [completing(vocabulary)] }),
  typing,
  sparql(),
  theme,
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ "aria-label": "SPARQL query", spellcheck: "false" }),
  EditorView.updateListener.of((update) => {
    if (update.docChanged) text.value = update.state.doc.toString();
  }),
  // Tab is bound to nothing, so that it leaves the editor (WCAG 2.1.2, no keyboard trap).
  keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...searchKeymap, ...defaultKeymap]),
];

// In a shadow tree the editor's styles are adopted sheets, which the page's policy allows; elsewhere it adds a <style>.
const mount = (text, vocabulary, run) => {
  const host = document.createElement("div");
  host.className = "editor";
  text.before(host);
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({ doc: text.value, extensions: editing(text, vocabulary, run), parent: root, root });
  text.hidden = true;
  text.required = false;
  return view;
};

const replace = (view, query) => {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: query } });
  view.focus();
};

const start = async () => {
  const form = document.querySelector("form.sparql");
  const [text, answer, stop] = ["query", "answer", "stop"].map((id) => document.getElementById(id));
  const [examples, before] = ["examples", "earlier"].map((id) => document.getElementById(id));
  const vocabulary = await (await fetch(form.dataset.vocabulary)).json();
  const site = { base: form.dataset.base, site: form.dataset.site, prefixes: vocabulary.prefixes };
  let running = null;

  const listEarlier = () => {
    const kept = earlier();
    const options = kept.map((query, n) => new Option(query.replace(/^(?:#.*|PREFIX .*|\s*)$/gim, "").trim().slice(0, 90), n));
    before.replaceChildren(new Option(kept.length ? "Choose one to have it back" : "Nothing yet in this window", ""), ...options);
    before.disabled = !kept.length;
  };

  const download = async (query, suffix, type) => {
    try {
      const { text: data } = await ask(form.action, query, undefined, type);
      save(`answer.${suffix}`, type, data);
    } catch (error) {
      complain(answer, error.message);
    }
  };

  const failed = (view, error) => {
    if (error.name === "AbortError") {
      complain(answer, "Stopped.");
      return;
    }
    const at = stretch(view.state.doc, error.place);
    if (at) {
      view.dispatch(setDiagnostics(view.state, [{ ...at, severity: "error", message: error.message }]));
      view.dispatch({ selection: { anchor: at.from }, scrollIntoView: true });
    }
    complain(answer, error.message);
  };

  const run = (view) => {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    const query = view.state.doc.toString();
    view.dispatch(setDiagnostics(view.state, []));
    stop.hidden = false;
    answer.replaceChildren(Object.assign(document.createElement("p"), { className: "busy", textContent: "Asking …" }));
    const address = `?query=${encodeURIComponent(query)}`;
    keepAddress(address);
    ask(form.action, query, mine.signal)
      .then((found) => {
        remember(query);
        listEarlier();
        show(answer, found, site, (suffix, type) => download(query, suffix, type));
      })
      .catch((error) => mine === running && failed(view, error))
      .finally(() => {
        if (mine === running) stop.hidden = true;
      });
    return true;
  };

  const view = mount(text, vocabulary, run);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(view);
  });
  stop.addEventListener("click", () => running?.abort());
  examples.addEventListener("change", async () => {
    if (!examples.value) return;
    const query = await (await fetch(examples.value)).text();
    replace(view, query);
  });
  before.addEventListener("change", () => before.value && replace(view, earlier()[Number(before.value)]));
  document.getElementById("query-label").addEventListener("click", () => view.focus());
  document.getElementById("keys").hidden = false;
  form.querySelector(".tools").hidden = false;
  listEarlier();
};

// The address leads to the same query again, unless it would be too long for one.
const keepAddress = (address) => {
  if (address.length <= LONGEST_ADDRESS) window.history.replaceState(null, "", address);
};

start();
