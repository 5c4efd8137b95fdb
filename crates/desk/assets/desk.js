"use strict";
// Lights up what belongs together: a claim in the margin and its words in the text; opens what an address points into.
// Links do the work: without this script the page loses nothing but the lighting.
(() => {
  const by = new Map();
  for (const node of document.querySelectorAll("[data-c]"))
    for (const id of node.dataset.c.split(" ")) by.has(id) ? by.get(id).push(node) : by.set(id, [node]);
  const light = (ids, name) => {
    for (const node of document.querySelectorAll("." + name)) node.classList.remove(name);
    for (const id of ids) for (const node of by.get(id) || []) node.classList.add(name);
  };
  const idsOf = (event) => {
    const node = event.target.closest && event.target.closest("[data-c]");
    return node ? node.dataset.c.split(" ") : [];
  };
  document.addEventListener("mouseover", (event) => light(idsOf(event), "near"));
  document.addEventListener("focusin", (event) => light(idsOf(event), "near"));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const arrived = () => {
    const node = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!node) return;
    for (let box = node.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    const mark = node.classList.contains("at") ? node.nextElementSibling : node;
    const words = mark && (mark.matches("mark") ? mark : mark.parentElement.querySelector("#" + CSS.escape(node.id) + " ~ mark"));
    if (words) light(words.dataset.c.split(" ").slice(-1), "lit");
    node.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  };
  addEventListener("hashchange", arrived);
  if (location.hash) arrived();
  // Words under several claims lead to the narrowest one; its number behind the words leads there without a script.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest && event.target.closest("mark[data-c]");
    if (!mark || String(getSelection())) return;
    const ids = mark.dataset.c.split(" ");
    const length = (id) => (by.get(id) || []).filter((node) => node.tagName === "MARK").reduce((n, node) => n + node.textContent.length, 0);
    ids.sort((a, b) => length(a) - length(b));
    location.hash = "m-" + ids[0];
  });
  // A list is narrowed as soon as a choice is made.
  for (const field of document.querySelectorAll(".filters select, .filters input[type=checkbox]"))
    field.addEventListener("change", () => field.form.requestSubmit());
  // A filter that is empty has no place in the address.
  for (const form of document.querySelectorAll("form.filters"))
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
    });
  addEventListener("pageshow", () => {
    for (const field of document.querySelectorAll("form.filters :disabled")) field.disabled = false;
  });
})();
