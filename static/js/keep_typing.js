// Keeps what is typed into an entry's form: at the casebook while it can be reached, else in this browser.

const EVERY = 10_000;

addEventListener("DOMContentLoaded", () => {
  const about = document.getElementById("about-work");
  const form = about?.closest("form");
  if (form && about.dataset.isOpen) keep(form, about);
});

function keep(form, about) {
  const store = `sulh:${about.dataset.formKey}`;
  // The answer to a save that was refused shows what is saved nowhere yet.
  const isUnsaved = Boolean(about.dataset.isUnsaved);
  const shown = isUnsaved ? "" : typed(form);
  let sent = shown;
  let isLeaving = false;
  let asking = new AbortController();

  if (isUnsaved) localStorage.setItem(store, typed(form));
  else offerWhatIsHere();
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
      say("work-typing", about.dataset.lost);
    }
  }

  // Sends what was typed, if anything, and hears who else is here; false when nobody answered.
  async function beThere(fields) {
    asking = new AbortController();
    try {
      const answer = await fetch(about.dataset.typing, {
        signal: asking.signal,
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        redirect: "manual",
      });
      if (!answer.ok) return false;
      const { others } = await answer.json();
      say("work-others", others.length ? `${about.dataset.others} ${others.join(", ")}` : "");
      return true;
    } catch {
      return false;
    }
  }

  // What this browser holds is newer than what the casebook has, which is offered only once this is discarded.
  function offerWhatIsHere() {
    const here = localStorage.getItem(store);
    if (!here || here === shown) return;
    const older = about.querySelector(".work-kept");
    if (older) older.hidden = true;
    const offer = document.createElement("div");
    offer.className = "work-kept";
    const bring = button(about.dataset.bring, async () => {
      if (!(await beThere(here))) return;
      localStorage.removeItem(store);
      isLeaving = true;
      const address = new URL(location.href);
      address.searchParams.set("typed", "1");
      location.assign(address);
    });
    const drop = button(about.dataset.drop, () => {
      localStorage.removeItem(store);
      offer.remove();
      if (older) older.hidden = false;
    });
    offer.append(`${about.dataset.found} `, bring, " ", drop);
    about.append(offer);
  }
}

function typed(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (name !== "csrfmiddlewaretoken" && typeof value === "string") fields.append(name, value);
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

function say(id, text) {
  const place = document.getElementById(id);
  if (place.textContent !== text) place.textContent = text;
}
