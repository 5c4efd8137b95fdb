"use strict";
// Lights up what belongs together: a claim among the findings and its words in the source. Links do the work; without this
// script the page loses nothing but the lighting.
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
  // Side by side, the other pane follows: each is scrolled by itself, so that neither stops the other.
  const pane = document.getElementById("sources");
  const follow = (id, from) => {
    const other = document.getElementById((from === "c" ? "q-" : "c-") + id);
    if (!other) return;
    const top = other.getBoundingClientRect().top;
    if (from === "c") pane.scrollTo({ top: pane.scrollTop + top - pane.clientHeight * 0.3 });
    else scrollTo({ top: scrollY + top - innerHeight * 0.3 });
  };
  const arrived = () => {
    const at = /^#[cq]-([0-9a-f]+)$/.exec(location.hash);
    light(at ? ["c-" + at[1]] : [], "lit");
    const node = at && document.getElementById(location.hash.slice(1));
    for (let box = node && node.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    if (node && matchMedia("(min-width: 68rem)").matches) follow(at[1], node.id[0]);
  };
  addEventListener("hashchange", arrived);
  arrived();
  // Words under several claims lead to the narrowest one; its label behind the words leads there without a script.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest && event.target.closest("mark[data-c]");
    if (!mark || String(getSelection())) return;
    const ids = mark.dataset.c.split(" ");
    const length = (id) => (by.get(id) || []).filter((node) => node.tagName === "MARK").reduce((n, node) => n + node.textContent.length, 0);
    ids.sort((a, b) => length(a) - length(b));
    location.hash = ids[0];
  });
})();
