// The list of what waits for a decision, by keys, while the focus is in it. Every key does what a click does.
(() => {
  const queue = document.querySelector(".queue");
  if (!queue) return;
  for (const keys of document.querySelectorAll(".keys")) keys.hidden = false;
  const items = [...queue.querySelectorAll(".item")];
  for (const item of items) item.tabIndex = item === items[0] ? 0 : -1;
  const chosen = new WeakMap();
  const go = (item) => {
    if (!item) return;
    for (const other of items) other.tabIndex = other === item ? 0 : -1;
    item.focus();
    item.scrollIntoView({ block: "nearest" });
  };
  const open = (item, by) => {
    const boxes = [...item.querySelectorAll("details.decide")];
    if (!boxes.length) return null;
    const at = ((chosen.has(item) ? chosen.get(item) + by : 0) + boxes.length) % boxes.length;
    chosen.set(item, at);
    boxes.forEach((box, n) => (box.open = n === at));
    return boxes[at];
  };
  const choose = (item, kind) => {
    const box = open(item, 0);
    const radio = box && box.querySelector(`input[value=${kind}]`);
    if (!radio) return;
    radio.checked = true;
    box.querySelector(kind === "correct" ? "input[name=value]" : "input[name=reason]").focus();
  };
  queue.addEventListener("keydown", (event) => {
    const item = event.target.closest(".item");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return go(item);
    if (event.target.closest("input, select, button")) return;
    const at = items.indexOf(item);
    const done = {
      j: () => go(items[at + 1]),
      k: () => go(items[at - 1]),
      n: () => { const box = open(item, 1); if (box) box.querySelector("summary").focus(); },
      a: () => choose(item, "accept"),
      r: () => choose(item, "reject"),
      c: () => choose(item, "correct"),
    }[event.key];
    if (!done) return;
    event.preventDefault();
    done();
  });
})();
