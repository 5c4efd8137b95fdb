"use strict";
// Lights up what belongs together: a claim and its words. Links do the work; without a script a page loses nothing but the
// lighting. Words under several claims lead to the narrowest one; its label behind the words leads there without a script.
// Gives the function that lights ids up under a name; `to` is what stands before an id in the address of its claim.
const lighting = (to) => {
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
  document.addEventListener("click", (event) => {
    const mark = event.target.closest && event.target.closest("mark[data-c]");
    if (!mark || String(getSelection())) return;
    const ids = mark.dataset.c.split(" ");
    const length = (id) => (by.get(id) || []).filter((node) => node.tagName === "MARK").reduce((n, node) => n + node.textContent.length, 0);
    ids.sort((a, b) => length(a) - length(b));
    location.hash = to + ids[0];
  });
  return light;
};
