// Keeps what is typed into a form of the public door, in this browser alone: a change of language, a link, a lost
// answer or a closed window loses nothing. Name and address are kept only as long as the window is open.

const PREFIX = "sulh:door:";
const SENT_KEY = "sulh:door-sent";
const KEPT_FOR = 24 * 60 * 60 * 1000;
const PERSONAL = ["name", "mail", "wants_credit"];

const read = (store, key) => {
  try {
    const { at, fields } = JSON.parse(store.getItem(key)) ?? {};
    return Date.now() - at < KEPT_FOR ? fields : null;
  } catch {
    return null;
  }
};

function write(key, fields) {
  const shared = Object.fromEntries(Object.entries(fields).filter(([name]) => !PERSONAL.includes(name)));
  try {
    sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), fields }));
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: shared }));
  } catch {
    // A browser that stores nothing still sends the form.
  }
}

function forget(key) {
  sessionStorage.removeItem(key);
  localStorage.removeItem(key);
}

// What somebody else may have typed here is gone after a day, also of forms that nobody opens again.
function forgetOld() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && !read(localStorage, key)) localStorage.removeItem(key);
  }
}

const boxes = (form, name) =>
  [...form.elements].filter((box) => box.name === name && box.type !== "hidden" && box.type !== "submit");

const valuesOf = (form, name) =>
  boxes(form, name).flatMap((box) => (["checkbox", "radio"].includes(box.type) && !box.checked ? [] : [box.value]));

function fillIn(form, fields) {
  for (const [name, values] of Object.entries(fields)) {
    for (const box of boxes(form, name)) {
      if (["checkbox", "radio"].includes(box.type)) box.checked = values.includes(box.value);
      else if (values.length) box.value = values[0];
      box.closest("details")?.setAttribute("open", "");
    }
  }
}

function makeButton(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function keepForm(form) {
  const key = PREFIX + form.dataset.keep;
  const place = form.querySelector(".kept-typing");
  const isSent = Boolean(form.dataset.isSent);
  const here = read(sessionStorage, key);
  const before = read(localStorage, key);
  let typed = here ?? {};
  let isLeaving = false;

  const say = (text, ...buttons) => {
    if (!place) return;
    place.replaceChildren();
    for (const one of [text, ...buttons]) place.append(one, " ");
  };
  const drop = () =>
    makeButton(form.dataset.drop, () => {
      forget(key);
      typed = {};
      isLeaving = true;
      location.assign(location.href);
    });
  const bring = (fields, text) => {
    typed = fields;
    fillIn(form, fields);
    say(text, drop());
  };

  if (!isSent && here) {
    bring(here, form.dataset.back);
  } else if (!isSent && before) {
    if (place) say(form.dataset.found, makeButton(form.dataset.bring, () => bring(before, form.dataset.back)), drop());
    else bring(before, "");
  }

  form.addEventListener("input", ({ target }) => {
    if (!target.name) return;
    typed = { ...typed, [target.name]: valuesOf(form, target.name) };
    write(key, typed);
  });
  form.addEventListener("submit", () => {
    isLeaving = true;
    sessionStorage.setItem(SENT_KEY, key);
  });
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[href]");
    // Within the casebook nothing is lost: the form has it again when it is opened.
    if (link && link.origin === location.origin) isLeaving = true;
  });
  addEventListener("pageshow", () => {
    isLeaving = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && Object.keys(typed).length) event.preventDefault();
  });
}

const sent = sessionStorage.getItem(SENT_KEY);
if (sent && document.querySelector("[data-sent]")) forget(sent);
if (!document.querySelector("[data-work]")) sessionStorage.removeItem(SENT_KEY);
forgetOld();
document.querySelectorAll("form[data-keep]").forEach(keepForm);
