// Keys on the review page: a accepts, b sends back, d declines, c takes the review on, n goes to the note.

const STEPS = { a: "accept", b: "send_back", d: "decline", c: "claim" };

addEventListener("keydown", (event) => {
  const isWriting = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (isWriting || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n") {
    event.preventDefault();
    document.querySelector("#decide [name=note]")?.focus();
  }
  const button = document.querySelector(`[data-step="${STEPS[event.key]}"]`);
  if (button && !button.disabled) button.click();
});
