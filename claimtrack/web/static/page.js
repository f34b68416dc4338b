// What pages gain where JavaScript runs: single keys, marks and notes that point at each other, lists that grow in place.
"use strict";
(() => {
  const TYPED = "input:not([type=checkbox]), textarea, select, [contenteditable]";
  const STORE = "claimtrack-keys";
  const on = () => localStorage.getItem(STORE) !== "off";

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.matches("textarea, input")) event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(TYPED) || !on()) return;
    const found = [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key.split(" ").includes(event.key));
    if (!found) return;
    event.preventDefault();
    if (event.repeat) return; // a key held down decides once
    if (found.matches(TYPED)) found.focus();
    else if (found.matches("summary")) {
      const details = found.parentElement;
      details.open = !details.open;
      (details.open ? details.querySelector("button, input[type=checkbox]") || found : found).focus();
    } else found.click();
  });

  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent));

  const light = (event, lit) => {
    const mark = event.target.closest && event.target.closest("[data-claims], .note");
    if (!mark) return;
    const claims = mark.dataset.claims ? mark.dataset.claims.split(" ") : [mark.id.slice(1)];
    for (const claim of claims) {
      for (const e of document.querySelectorAll(`#n${claim}, [data-claims~="${claim}"]`)) e.classList.toggle("lit", lit);
    }
  };
  document.addEventListener("mouseover", (event) => light(event, true));
  document.addEventListener("mouseout", (event) => light(event, false));

  const grow = (root) => {
    const more = root.querySelector("#list > .more > a");
    if (!more || !window.htmx) return;
    more.setAttribute("hx-get", more.getAttribute("href"));
    more.setAttribute("hx-select", "#list > *");
    more.setAttribute("hx-target", "closest .more");
    more.setAttribute("hx-swap", "outerHTML");
    window.htmx.process(more);
  };

  document.addEventListener("DOMContentLoaded", () => {
    grow(document);
    document.body.addEventListener("htmx:afterSettle", () => grow(document));
    document.body.addEventListener("htmx:responseError", (event) => {
      const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
      const alert = document.getElementById("alert");
      alert.textContent = ["h1", "#advice"].map((s) => page.querySelector(`main ${s}`)?.textContent || "").join(". ");
      alert.hidden = false;
    });
    const box = document.getElementById("keys-on");
    if (box) {
      box.closest("[hidden]").hidden = false;
      box.checked = on();
      box.addEventListener("change", () => localStorage.setItem(STORE, box.checked ? "on" : "off"));
    }
  });
})();
