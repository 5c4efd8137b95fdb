// A decision in the list of what waits is sent through the API, and what becomes of it is told in its place. Where that
// fails, the form is sent as it is without script.
(() => {
  const queue = document.querySelector(".queue");
  if (!queue || !window.fetch) return;
  // What is put into a region that was there before is read out.
  const aloud = document.createElement("p");
  aloud.className = "sr";
  aloud.setAttribute("role", "status");
  queue.before(aloud);
  const make = (name, kind, ...inner) => {
    const node = document.createElement(name);
    node.className = kind;
    node.append(...inner);
    return node;
  };
  const link = (href, words) => {
    const node = document.createElement("a");
    node.href = href;
    node.textContent = words;
    return node;
  };
  const chosen = (form) => {
    const radio = form.querySelector("input[name=kind]:checked");
    const words = radio.labels[0].textContent.trim();
    return radio.value === "correct" ? `${words} ${form.elements.value.value}` : words;
  };
  const decision = (form) => {
    const { kind, claim, field, value, reason } = form.elements;
    const out = { kind: kind.value, claim: claim.value, reason: reason.value };
    return kind.value === "correct" ? { ...out, field: field.value, value: value.value } : out;
  };
  const taken = (form, judgement) => {
    const words = `Taken down: “${chosen(form)}”.`;
    const item = form.closest(".item");
    // The same claim may stand in another dispute, too.
    for (const other of queue.querySelectorAll(`input[name=claim]`)) {
      if (other.value !== form.elements.claim.value) continue;
      const done = make("p", "done", `${words} `, link(judgement.links.page, "See it, or take it back"));
      done.dir = "auto";
      const box = other.closest("details");
      const badge = box.parentElement.querySelector(".badge");
      if (badge) badge.replaceWith(make("span", "badge person", "decided by a person"));
      box.replaceWith(done);
    }
    aloud.textContent = `${words} The dossier is made anew.`;
    item.focus();
  };
  const refused = async (form, status, error) => {
    const button = form.querySelector("button.main");
    let words = `${error.what}. ${error.hint}`;
    if (status === 412) {
      const now = await fetch(`/api/v1/claims/${form.elements.claim.value}`);
      form.dataset.tag = now.headers.get("etag") || "";
      words = `Somebody decided on it meanwhile: ${error.what}.`;
      button.textContent = "Take mine down all the same";
    }
    const old = form.querySelector(".alert");
    const told = make("p", "alert", words);
    told.dir = "auto";
    if (old) old.replaceWith(told);
    else button.closest("p").before(told);
    aloud.textContent = `Not taken down. ${words}`;
    button.disabled = false;
    button.focus();
  };
  queue.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.getAttribute("action") !== "/decide" || !form.elements.claim) return;
    event.preventDefault();
    const button = form.querySelector("button.main");
    if (button.disabled) return;
    button.disabled = true;
    try {
      const answer = await fetch("/api/v1/judgements", {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "If-Match": form.dataset.tag || `"${form.elements.seen.value}"`,
          "X-Desk-Token": form.elements.token.value,
        },
        body: JSON.stringify(decision(form)),
      });
      const told = await answer.json();
      if (answer.status === 201) taken(form, told);
      else if (answer.status >= 500 || answer.status === 401) form.submit();
      else await refused(form, answer.status, told.error);
    } catch {
      form.submit();
    }
  });
})();
