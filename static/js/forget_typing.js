// What was typed into a form and then saved need not lie in this browser any longer; nor what an account typed that
// signs out here.

const SENT = "sulh:sent";

addEventListener("submit", ({ target }) => {
  const form = target instanceof HTMLFormElement ? target : null;
  const about = form?.querySelector("#about-work")?.dataset;
  if (about) sessionStorage.setItem(SENT, `sulh:${about.account}:${about.formKey}:${form.elements.form_token.value}`);
  const kept = form?.dataset.keptAs;
  if (kept) sessionStorage.setItem(SENT, kept);
  if (form?.id === "logout-form" || form?.hasAttribute("data-signs-out")) forgetAll();
});

addEventListener("DOMContentLoaded", () => {
  const key = sessionStorage.getItem(SENT);
  if (key && document.querySelector(".messagelist .success")) localStorage.removeItem(key);
  sessionStorage.removeItem(SENT);
});

function forgetAll() {
  for (const key of Object.keys(localStorage)) {
    if (/^sulh:\d+:/.test(key)) localStorage.removeItem(key);
  }
}
