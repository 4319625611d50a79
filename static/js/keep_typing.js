// Keeps what is typed into a form of the desk: at the casebook while it can be reached, else in this browser.
// Each opened form has a place of its own, which belongs to the account.

const EVERY = 10_000;

addEventListener("DOMContentLoaded", () => {
  const about = document.getElementById("about-work");
  const form = about?.closest("form");
  if (form && about.dataset.isOpen) keep(form, about);
});

function keep(form, about) {
  const { account, formKey } = about.dataset;
  const token = form.elements.form_token.value;
  const shared = `sulh:${account}:${formKey}:`;
  const store = `${shared}${token}`;
  const place = (of) => about.dataset.typing.replace(/\/$/, `:${of}/`);
  // The answer to a save that was refused shows what is saved nowhere yet.
  const isUnsaved = Boolean(about.dataset.isUnsaved);
  const shown = isUnsaved ? "" : typed(form);
  let sent = shown;
  let isLeaving = false;
  let asking = new AbortController();

  forgetWhatHasNoOwner();
  holdOpen(store);
  if (isUnsaved) localStorage.setItem(store, typed(form));
  offerWhatIsHere();
  beThere("");
  setInterval(keepOrBeThere, EVERY);
  // On the way out everything goes into the browser first, whatever becomes of the request.
  form.addEventListener("input", () => localStorage.setItem(store, typed(form)));
  form.addEventListener("submit", () => {
    isLeaving = true;
    // What is kept after the save would look like something that was typed after it.
    asking.abort();
  });
  addEventListener("pageshow", () => { isLeaving = false; });
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && typed(form) !== shown) event.preventDefault();
  });

  async function keepOrBeThere() {
    if (isLeaving) return;
    const now = typed(form);
    if (now === sent) {
      await beThere("");
    } else if (await beThere(now)) {
      sent = now;
      if (typed(form) === now) localStorage.removeItem(store);
      const time = new Date().toLocaleTimeString(document.documentElement.lang);
      say("work-typing", `${about.dataset.kept} ${time}`);
    } else {
      say("work-typing", about.dataset.lost, true);
    }
  }

  // Sends what was typed, if anything, and hears who else is here; false when nobody answered.
  async function beThere(fields, of = token) {
    asking = new AbortController();
    try {
      const answer = await fetch(place(of), {
        signal: asking.signal,
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        redirect: "manual",
      });
      if (!answer.ok) return false;
      const { others } = await answer.json();
      say("work-others", others.join(" "));
      return true;
    } catch {
      return false;
    }
  }

  // What this browser holds is newer than what the casebook has, which is offered only once this is discarded.
  function offerWhatIsHere() {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(shared) && key !== store) onceItIsClosed(key, () => offer(key, key.slice(shared.length)));
    }
  }

  function offer(key, of) {
    const here = localStorage.getItem(key);
    if (here === null) return;
    const older = [...about.querySelectorAll(".work-kept")].find((one) => one.dataset.token === of);
    if (older) older.hidden = true;
    const box = document.createElement("div");
    box.className = "work-kept";
    const bring = button(about.dataset.bring, async () => {
      if (!(await beThere(here, of))) {
        say("work-typing", about.dataset.lost, true);
        return;
      }
      localStorage.removeItem(key);
      isLeaving = true;
      const address = new URL(location.href);
      address.searchParams.set("typed", "1");
      address.searchParams.set("form", of);
      location.assign(address);
    });
    const goAway = () => {
      box.remove();
      if (older) older.hidden = false;
    };
    const drop = button(about.dataset.drop, () => {
      localStorage.removeItem(key);
      goAway();
    });
    // The other window left because it was saved there, or somebody took it or discarded it in a third one.
    addEventListener("storage", (event) => {
      if (localStorage.getItem(key) === null && [key, null].includes(event.key)) goAway();
    });
    box.append(`${about.dataset.found} `, bring, " ", drop);
    about.append(box);
  }
}

// A form that is open in another window keeps its own text: it is offered elsewhere only once it is closed.
function holdOpen(store) {
  navigator.locks?.request(store, () => new Promise(() => {}));
}

// The page that was left a moment ago may still be closing.
function onceItIsClosed(store, act) {
  if (navigator.locks) navigator.locks.request(store, act);
  else act();
}

// From before texts belonged to an account.
function forgetWhatHasNoOwner() {
  for (const key of Object.keys(localStorage)) {
    if (/^sulh:(?!\d+:|door:)/.test(key)) localStorage.removeItem(key);
  }
}

function typed(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    // Of a filter within the form, nothing is kept.
    const isKept = name !== "csrfmiddlewaretoken" && !name.startsWith("_claims");
    if (isKept && typeof value === "string") fields.append(name, value);
  }
  return fields.toString();
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function say(id, text, isLost = false) {
  const place = document.getElementById(id);
  if (place.textContent !== text) place.textContent = text;
  place.classList.toggle("is-lost", isLost);
}
