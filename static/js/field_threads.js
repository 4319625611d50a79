// Comments at the fields of a form: begun where the focus is, sent without leaving what is typed.

addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".change-form form[method=post][id$=_form]");
  const threads = document.getElementById("desk-threads");
  if (threads) talk(form);
});

function talk(form) {
  const here = document.createElement("button");
  let field = null;

  document.addEventListener("submit", (event) => {
    const sent = event.target;
    if (!sent.closest("#desk-threads")) return;
    event.preventDefault();
    send(sent, event.submitter);
  });
  if (!form) return;
  here.type = "button";
  here.className = "comment-here";
  here.textContent = section().dataset.comment;
  here.addEventListener("click", () => begin(field));
  form.addEventListener("focusin", ({ target }) => {
    if (!target.name || target.closest(".tools-of-row") || !labelOf(form, target)) return;
    field = target;
    if (!isPressed) put();
  });
  // What is pressed must not move before it is let go.
  let isPressed = false;
  addEventListener("pointerdown", () => {
    isPressed = true;
  }, true);
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => {
      isPressed = false;
      setTimeout(put);
    }, true);
  }
  markFields(form);

  function put() {
    const label = field?.isConnected && labelOf(form, field);
    if (label && label.nextElementSibling !== here) label.after(here);
  }

  async function send(sent, button) {
    const body = new URLSearchParams(new FormData(sent, button));
    try {
      const answer = await fetch(sent.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const shown = page.getElementById("desk-threads");
      if (!shown) throw new Error(answer.status);
      const { comment, rows } = section().dataset;
      section().replaceWith(shown);
      Object.assign(shown.dataset, { comment, ...(rows ? { rows } : {}) });
      if (form) markFields(form);
      focusOn(shown.querySelector("[role=alert]") ?? shown.querySelector("h2"));
    } catch {
      // Nobody answered, or somebody is signed out: what is typed stays where it is.
      const lost = document.getElementById("about-work")?.dataset.lost;
      announce(lost ?? "");
    }
  }

  function begin(about) {
    const path = pathOf(form, about);
    const select = document.getElementById("thread-path");
    if (path.includes("/") && ![...select.options].some((option) => option.value === path)) {
      select.add(new Option(`${headOf(about)} ${labelOf(form, about).textContent.trim().replace(/[:：]$/, "")}`.trim(), path));
    }
    select.value = path;
    if (select.selectedIndex < 0) select.value = "";
    document.getElementById("thread-text").focus();
  }
}

function section() {
  return document.getElementById("desk-threads");
}

function focusOn(element) {
  element.tabIndex = -1;
  element.focus();
}

function announce(text) {
  const line = document.createElement("p");
  line.className = "errornote";
  line.role = "alert";
  line.textContent = text;
  section().querySelector(".head-of-threads").after(line);
}

function labelOf(form, field) {
  return field.id ? form.querySelector(`label[for="${CSS.escape(field.id)}"]`) : null;
}

function headOf(field) {
  return field.closest(".inline-related")?.querySelector(".inline_label, h3")?.textContent.trim() ?? "";
}

// The name of a row's box is that of its rows, its number and its column; its key stands beside it.
function pathOf(form, field) {
  const parts = field.name.match(/^(\w+)-(\d+)-(\w+)$/);
  if (!parts) return field.name;
  const [, rows, number, column] = parts;
  const kinds = Object.fromEntries((section().dataset.rows ?? "").split(" ").map((pair) => pair.split(":")));
  const key = form.elements[`${rows}-${number}-id`]?.value;
  return key && kinds[rows] ? `${kinds[rows]}/${key}/${column}` : "";
}

// Beside each field of which an open thread speaks, the way there.
function markFields(form) {
  for (const mark of form.querySelectorAll(".has-thread")) mark.remove();
  for (const thread of section().querySelectorAll(".thread:not(.resolved-threads .thread)")) {
    const field = thread.dataset.path && document.getElementById(`id_${thread.dataset.path}`);
    const label = field && labelOf(form, field);
    if (!label) continue;
    const mark = document.createElement("a");
    mark.className = "has-thread";
    mark.dir = "auto";
    mark.href = `#${thread.id}`;
    mark.textContent = thread.querySelector(".comment p")?.textContent.slice(0, 60) ?? "";
    label.after(mark);
  }
}
