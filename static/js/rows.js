// Adds, copies, moves and counts the rows of a form where they stand; without a script its buttons send the form.

const LIST = "ol.closed-rows";
const BOXES = "input:not([type=hidden]), select, textarea";

addEventListener("DOMContentLoaded", () => {
  for (const group of document.querySelectorAll(".rows")) {
    if (group.querySelector("details")?.open ?? true) arm(group);
  }
});

addEventListener("toggle", ({ target }) => {
  const group = target.closest?.(".rows");
  if (group && target.open) arm(group);
}, true);

// A claim stands at its fact, which is in another group.
const groupOf = (prefix) => document.querySelector(`.rows#${CSS.escape(prefix)}-group`);

addEventListener("formset:added", ({ detail }) => {
  const group = groupOf(detail.formsetName);
  if (!group) return;
  arm(group);
  count(group);
});

addEventListener("click", (event) => {
  const button = event.target.closest?.(".rows button");
  if (!button || event.ctrlKey || event.metaKey) return;
  const [verb, on] = button.value.split(":");
  const group = button.closest(".rows");
  if (button.dataset.step) {
    move(button.closest("li"), Number(button.dataset.step));
  } else if (verb === "add") {
    event.preventDefault();
    add(group);
  } else if (verb === "copy" && on.startsWith(`${prefixOf(group)}-`)) {
    event.preventDefault();
    add(group, document.getElementById(on));
  }
});

addEventListener("change", ({ target }) => {
  const [, prefix] = target.name?.match(/^(\w+)-\d+-DELETE$/) ?? [];
  if (prefix && groupOf(prefix)) count(groupOf(prefix));
});

addEventListener("keydown", (event) => {
  const line = event.target.closest?.(`.rows ${LIST} > li`);
  // A claim at the fact of a row has keys of its own.
  if (!line || event.isComposing || isWithin(line, event.target.closest(".inline-related"))) return;
  const isMove = event.altKey && !event.ctrlKey && !event.metaKey && ["ArrowUp", "ArrowDown"].includes(event.key);
  if (isMove && !event.target.matches("select, .select2-selection")) {
    event.preventDefault();
    move(line, event.key === "ArrowUp" ? -1 : 1);
  } else if (event.key === "Enter" && isEndOfLine(event)) {
    event.preventDefault();
    const next = line.nextElementSibling?.querySelector(".inline-related");
    if (next) focusFirst(next);
    else add(line.closest(".rows"));
  }
});

const isWithin = (line, row) => Boolean(row) && row.parentElement !== line;

// Enter in a box for one line; in a box for several lines, and in a list of choices, with Ctrl.
function isEndOfLine({ target, ctrlKey, metaKey, altKey, shiftKey }) {
  if (altKey || shiftKey || !target.closest(".inline-related")) return false;
  if (ctrlKey || metaKey) return target.matches(BOXES);
  return target.matches("input:not([type=checkbox], [type=radio], [type=submit], [type=file]), [data-one-line]");
}

const texts = () => document.getElementById("about-rows").dataset;
const prefixOf = (group) => group.id.replace(/-group$/, "");
// A part that is open says so before its rows have come.
const linesOf = (group) => [...(group.querySelector(LIST)?.children ?? [])];
// Not a claim of the row, which has a box of that name too.
const isDeleted = (row) => Boolean(row.querySelector(":scope > h3 [name$='-DELETE']:checked"));
// Lines with which a long list does not begin have no place in it before all are shown.
const hasPlace = (line) => line.dataset.beyond === undefined;

function add(group, like = null) {
  const prefix = prefixOf(group);
  const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
  const number = total.value;
  const row = document.importNode(group.querySelector("template.blank-row").content.firstElementChild, true);
  row.classList.remove("empty-form", "last-related");
  for (const one of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...one.attributes]) {
      if (value.includes("__prefix__")) one.setAttribute(name, value.replaceAll("__prefix__", number));
    }
  }
  row.id = `${prefix}-${number}`;
  row.setAttribute("aria-labelledby", `${row.id}-name`);
  const line = document.createElement("li");
  line.append(row);
  if (like?.parentElement.parentElement === group.querySelector(LIST)) like.parentElement.after(line);
  else group.querySelector(LIST).append(line);
  total.value = Number(number) + 1;
  if (like) fill(row, like, `${prefix}-`);
  row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: prefix } }));
  if (like) tell(group);
  focusFirst(row);
  changed(group, texts().added);
}

// What the boxes of the other row hold, but not which row it is, where it stands, and whether it goes.
function fill(row, like, begin) {
  const number = row.id.slice(begin.length);
  for (const from of like.querySelectorAll(`[name^="${begin}"]`)) {
    const name = from.name.slice(begin.length).replace(/^\d+-/, "");
    const to = row.querySelector(`[name="${begin}${number}-${name}"]`);
    if (!to || ["id", "position", "DELETE"].includes(name)) continue;
    if (to.type === "checkbox") {
      to.checked = from.checked;
    } else if (to.type !== "hidden" && to.type !== "file") {
      for (const option of from.selectedOptions ?? []) {
        if (![...to.options].some((one) => one.value === option.value)) to.append(option.cloneNode(true));
      }
      to.value = from.value;
    }
  }
  const more = row.querySelector(".more-of-row");
  if (more) more.open = like.querySelector(".more-of-row")?.open ?? false;
}

function focusFirst(row) {
  row.querySelector(":scope fieldset :is(input:not([type=hidden]), select, textarea, .select2-selection)")?.focus();
}

// --- the order ---

function arm(group) {
  for (const line of linesOf(group).filter(hasPlace)) {
    const tools = line.querySelector(":scope > .inline-related > h3 > .tools-of-row");
    if (!line.querySelector(":scope > .grip")) line.prepend(grip());
    if (tools && !tools.querySelector("[data-step]")) tools.prepend(step(-1, texts().up, "↑"), step(1, texts().down, "↓"));
  }
}

function grip() {
  const made = document.createElement("span");
  made.className = "grip";
  made.setAttribute("aria-hidden", "true");
  made.addEventListener("pointerdown", drag);
  return made;
}

function step(by, name, sign) {
  const made = document.createElement("button");
  made.type = "button";
  made.dataset.step = by;
  made.title = name;
  made.setAttribute("aria-label", name);
  made.textContent = sign;
  return made;
}

function drag(event) {
  if (event.button) return;
  event.preventDefault();
  const line = event.target.closest("li");
  const before = line.nextElementSibling;
  event.target.setPointerCapture(event.pointerId);
  line.classList.add("is-dragged");
  const follow = ({ clientX, clientY }) => {
    const over = document.elementFromPoint(clientX, clientY)?.closest("li");
    if (over && over !== line && over.parentElement === line.parentElement && hasPlace(over)) {
      const { top, height } = over.getBoundingClientRect();
      const isBelow = line.compareDocumentPosition(over) === Node.DOCUMENT_POSITION_FOLLOWING;
      if (isBelow === clientY > top + height / 2) pass(line, over, isBelow);
    }
    if (clientY < 80) scrollBy(0, -12);
    if (clientY > innerHeight - 80) scrollBy(0, 12);
  };
  const end = () => {
    event.target.removeEventListener("pointermove", follow);
    line.classList.remove("is-dragged");
    if (line.nextElementSibling !== before) moved(line);
  };
  event.target.addEventListener("pointermove", follow);
  event.target.addEventListener("lostpointercapture", end, { once: true });
}

// The others move, so that the line keeps the focus and the pointer that holds it.
function pass(line, over, isBelow) {
  let other;
  do {
    other = isBelow ? line.nextElementSibling : line.previousElementSibling;
    if (isBelow) line.before(other);
    else line.after(other);
  } while (other !== over);
}

function move(line, by) {
  let other = line;
  // Past lines that a filter hides.
  do other = by < 0 ? other.previousElementSibling : other.nextElementSibling;
  while (other?.hidden);
  if (!other || !hasPlace(line) || !hasPlace(other)) return;
  pass(line, other, by > 0);
  moved(line);
}

function moved(line) {
  const group = line.closest(".rows");
  const lines = linesOf(group);
  tell(group);
  changed(group, texts().moved.replace("{n}", lines.indexOf(line) + 1).replace("{t}", lines.length));
}

// Stored rows by their keys, new ones by their numbers, as desk/positions.py reads them.
function tell(group) {
  const name = `${prefixOf(group)}-order`;
  const box = group.querySelector(`[name="${name}"]`) ?? document.createElement("input");
  Object.assign(box, { type: "hidden", name });
  box.value = linesOf(group).filter(hasPlace).map(nameOf).filter(Boolean).join(" ");
  if (!box.isConnected) group.querySelector(LIST).before(box);
}

function nameOf(line) {
  const row = line.querySelector(":scope > .inline-related");
  if (!row) return line.dataset.key ?? line.querySelector(":scope > button")?.value;
  if (row.hidden) return "";
  return row.querySelector(`[name="${row.id}-id"]`)?.value || `#${row.id.split("-").pop()}`;
}

// --- what is said ---

function count(group) {
  const prefix = prefixOf(group);
  let number = Number(group.dataset.stored);
  for (const row of document.querySelectorAll(`.inline-related[id^="${prefix}-"]`)) {
    const isStored = Boolean(row.querySelector(`[name="${row.id}-id"]`)?.value);
    const stays = !row.hidden && !isDeleted(row);
    number += Number(stays) - Number(isStored);
  }
  const link = document.querySelector(`.parts-of-form a[href="#${CSS.escape(group.id)}"]`);
  for (const one of [group.querySelector(".inline-heading .count"), link?.parentElement.querySelector(".count")]) {
    if (one) one.textContent = number;
  }
}

function changed(group, said) {
  document.getElementById("about-rows").textContent = said;
  group.closest("form").dispatchEvent(new Event("input", { bubbles: true }));
}
