// A document's page: a claim and its words light up together, and claims can be shown by their kind.
// A classic script, since a page that was opened from a disk may not load modules.
(() => {
  const claims = document.querySelector(".readings");
  const kinds = document.getElementById("kinds");
  const parts = (number) => document.querySelectorAll(`[data-reading="${number}"]`);

  const light = (event, on) => {
    const near = event.target.closest("[data-reading]");
    if (!near) return;
    for (const part of parts(near.dataset.reading)) part.classList.toggle("on", on);
  };
  for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(begin, (event) => light(event, true));
    document.addEventListener(end, (event) => light(event, false));
  }

  const show = (kind) => {
    for (const reading of claims.querySelectorAll("li[data-reading]")) {
      const out = kind !== "" && !reading.dataset.kinds.split(",").includes(kind);
      reading.hidden = out;
      for (const part of parts(reading.dataset.reading)) {
        if (part !== reading) part.classList.toggle("off", out);
      }
    }
  };
  kinds.hidden = false;
  kinds.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-kind]");
    if (!chosen) return;
    const on = chosen.getAttribute("aria-pressed") !== "true";
    for (const chip of kinds.children) chip.setAttribute("aria-pressed", String(on && chip === chosen));
    show(on ? chosen.dataset.kind : "");
  });
})();
