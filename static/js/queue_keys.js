// Keys on the page of a public proposal: a accepts, d and then a digit declines, i improves, n asks, s goes on, u undoes.

const BUTTONS = { a: "accept", i: "improve", u: "undo" };
const reasons = document.querySelector("#reasons");

addEventListener("keydown", (event) => {
  const isWriting = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (isWriting || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (reasons?.open && /^[1-9]$/.test(event.key)) {
    reasons.querySelector(`[data-digit="${event.key}"]`)?.click();
  } else if (event.key === "d" && reasons) {
    reasons.open = true;
    reasons.querySelector("summary").focus();
  } else if (event.key === "n") {
    event.preventDefault();
    document.querySelector("#decide [name=note]")?.focus();
  } else if (event.key === "s") {
    document.querySelector("[data-verb=next]")?.click();
  } else if (BUTTONS[event.key]) {
    const button = document.querySelector(`[data-verb="${BUTTONS[event.key]}"]`);
    if (button && !button.disabled) button.click();
  }
});
