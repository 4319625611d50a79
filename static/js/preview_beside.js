// The page of the entry beside its form: made of what is typed, and again a moment after each change.

const AFTER_TYPING = 1_200;
const REMEMBERED = "sulh:preview-beside";

addEventListener("DOMContentLoaded", () => {
  const beside = document.getElementById("preview-beside");
  const about = document.getElementById("about-work");
  if (beside && about) showBeside(beside, beside.closest("form"), about);
});

function showBeside(beside, form, about) {
  const tools = document.getElementById("frame-tools");
  const state = document.getElementById("state-of-preview");
  const links = [...beside.querySelectorAll("a[data-language]")];
  const chosen = { open: false, language: tools.dataset.starts, width: "phone", ...remembered() };
  const frame = document.createElement("iframe");
  // What the form held when it was opened is saved already, unless it shows what was never saved.
  let kept = about.dataset.isUnsaved ? "" : fieldsOf(form);
  let waiting = 0;
  let turn = 0;

  // The place of this opened form, of which the casebook knows what is typed.
  for (const link of links) link.href = link.href.replace(/(?=\/\w+\/$)/, `:${form.elements.form_token.value}`);
  if (!links.some((link) => link.dataset.language === chosen.language)) chosen.language = links[0].dataset.language;
  frame.title = tools.dataset.title;
  document.getElementById("frame-of-preview").append(frame);
  const languages = choices(tools.dataset.languages, links.map((link) => [link.dataset.language, link.textContent]), "language");
  const widths = choices(tools.dataset.widths, [["phone", tools.dataset.phone], ["wide", tools.dataset.wide]], "width");
  const refresh = pressable(tools.dataset.refresh, show);
  tools.append(languages, widths, refresh);
  tools.hidden = false;
  mark();
  beside.open = chosen.open;
  if (beside.open) show();

  beside.addEventListener("toggle", () => {
    if (beside.open === chosen.open) return;
    choose("open", beside.open);
  });
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  frame.addEventListener("load", () => {
    // A link in the page leads out of the frame, which shows nothing but the preview.
    for (const link of frame.contentDocument?.querySelectorAll("a[href]:not([href^='#'])") ?? []) {
      link.target = "_blank";
      link.rel = "noopener";
    }
  });
  for (const link of links) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      // Opened at once: a browser allows no window to open later.
      const opened = open("", "_blank");
      await keepWhatIsTyped();
      opened?.location.replace(link.href);
    });
  }

  function soon() {
    clearTimeout(waiting);
    if (beside.open) waiting = setTimeout(show, AFTER_TYPING);
  }

  function choose(name, value) {
    chosen[name] = value;
    sessionStorage.setItem(REMEMBERED, JSON.stringify(chosen));
    mark();
    if (beside.open) show();
  }

  function mark() {
    beside.dataset.width = chosen.width;
    for (const button of tools.querySelectorAll("button[data-choice]")) {
      button.setAttribute("aria-pressed", String(chosen[button.dataset.of] === button.dataset.choice));
    }
  }

  async function show() {
    clearTimeout(waiting);
    const mine = ++turn;
    const isKept = await keepWhatIsTyped();
    if (mine !== turn) return;
    state.textContent = isKept ? "" : tools.dataset.lost;
    if (!isKept) return;
    const { href } = links.find((link) => link.dataset.language === chosen.language);
    const top = frame.dataset.language === chosen.language ? frame.contentWindow.scrollY : 0;
    frame.dataset.language = chosen.language;
    frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, top), { once: true });
    frame.contentWindow.location.replace(href);
  }

  // At the place of this opened form, as the form itself keeps it; false when nobody answered.
  async function keepWhatIsTyped() {
    const now = fieldsOf(form);
    if (now === kept) return true;
    try {
      const answer = await fetch(about.dataset.typing.replace(/\/$/, `:${form.elements.form_token.value}/`), {
        method: "POST",
        body: new URLSearchParams(now),
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        redirect: "manual",
      });
      if (answer.ok) kept = now;
      return answer.ok;
    } catch {
      return false;
    }
  }

  function choices(label, options, of) {
    const group = document.createElement("span");
    group.role = "group";
    group.ariaLabel = label;
    for (const [choice, text] of options) {
      const button = pressable(text, () => choose(of, choice));
      button.dataset.of = of;
      button.dataset.choice = choice;
      if (of === "language") button.lang = choice;
      group.append(button);
    }
    return group;
  }
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(REMEMBERED)) ?? {};
  } catch {
    return {};
  }
}

function fieldsOf(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (name !== "csrfmiddlewaretoken" && typeof value === "string") fields.append(name, value);
  }
  return fields.toString();
}

function pressable(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}
