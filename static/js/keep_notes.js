// Keeps, in this browser and for this account, the notes, comments and reasons that are typed into the smaller forms
// of the desk, and puts them back when the page is opened again before they were sent.

const { account } = document.currentScript.dataset;

addEventListener("DOMContentLoaded", () => {
  if (!account) return;
  for (const form of document.querySelectorAll('form[method="post"]')) {
    if (!form.querySelector("#about-work")) keepNotes(form);
  }
});

function keepNotes(form) {
  const boxes = [...form.elements].filter((box) => box.name && (box.tagName === "TEXTAREA" || box.type === "text"));
  if (!boxes.length) return;
  const name = form.id || new URL(form.action || location.href, location.href).pathname;
  const store = `sulh:${account}:notes:${location.pathname}:${name}`;
  form.dataset.keptAs = store;
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(store)) ?? {};
  } catch {
    kept = {};
  }
  for (const box of boxes) {
    // What the casebook shows after a refusal is as new.
    if (kept[box.name] && (!box.value || box.value === kept[box.name])) {
      box.value = kept[box.name];
      box.closest("details")?.setAttribute("open", "");
    }
    box.addEventListener("input", () => {
      kept = { ...kept, [box.name]: box.value };
      localStorage.setItem(store, JSON.stringify(kept));
    });
  }
}
