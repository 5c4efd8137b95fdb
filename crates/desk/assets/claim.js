// Words that are selected in a report can be taken for a claim: a button brings them into the form.
(() => {
  const box = document.querySelector(".add-claim"), prose = document.querySelector(".prose");
  if (!box || !prose) return;
  const form = box.querySelector("form");
  const take = document.createElement("button");
  take.type = "button";
  take.className = "main take";
  take.textContent = "Add a claim from the selected words";
  take.hidden = true;
  document.body.append(take);
  // Numbers of claims and words for those who do not see stand on the page, and not in the report.
  const own = (range) => {
    const part = range.cloneContents();
    for (const node of part.querySelectorAll(".back, .sr")) node.remove();
    for (const node of part.querySelectorAll("p")) node.append(" ");
    return part.textContent;
  };
  const selected = () => {
    const held = getSelection();
    if (!held.rangeCount || held.isCollapsed) return null;
    const range = held.getRangeAt(0);
    return prose.contains(range.commonAncestorContainer) && own(range).trim() ? range : null;
  };
  document.addEventListener("selectionchange", () => (take.hidden = !selected()));
  // The focus would take the selection away.
  take.addEventListener("mousedown", (event) => event.preventDefault());
  take.addEventListener("click", () => {
    const range = selected();
    if (!range) return;
    const before = document.createRange();
    before.setStart(prose, 0);
    before.setEnd(range.startContainer, range.startOffset);
    form.elements.words.value = own(range).trim().replace(/\s+/g, " ");
    form.elements.at.value = [...own(before)].length;
    box.open = true;
    take.hidden = true;
    getSelection().removeAllRanges();
    form.elements.slot.focus();
    box.scrollIntoView({ block: "nearest" });
  });
})();
