(() => {
  const light = lighting("");
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
})();
