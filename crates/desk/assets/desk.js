// Opens what an address points into; narrows lists as soon as a choice is made.
(() => {
  const light = lighting("m-");
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
