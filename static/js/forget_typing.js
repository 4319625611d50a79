// What was typed into a form and then saved need not lie in this browser any longer.

const SENT = "sulh:sent";

addEventListener("submit", ({ target }) => {
  const place = target.querySelector?.("#about-work")?.dataset.formKey;
  if (place) sessionStorage.setItem(SENT, place);
});

addEventListener("DOMContentLoaded", () => {
  const place = sessionStorage.getItem(SENT);
  if (place && document.querySelector(".messagelist .success")) localStorage.removeItem(`sulh:${place}`);
  sessionStorage.removeItem(SENT);
});
