// Keys on the page of a proposal: each presses the button that names it, n goes to the note, and digits choose among
// the reasons once these are open. Escape leaves the note, or closes the reasons.

const reasons = document.querySelector("#reasons");

addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    if (event.target.matches("#decide [name=note]")) event.target.blur();
    else if (reasons?.open) closeReasons();
    return;
  }
  const isWriting = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (isWriting || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "n") {
    event.preventDefault();
    document.querySelector("#decide [name=note]")?.focus();
    return;
  }
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not(:disabled)`);
  if (!button) return;
  if (button.matches("summary")) {
    reasons.open = true;
    button.focus();
    reasons.scrollIntoView({ block: "nearest" });
  } else if (reasons?.open || !button.closest("#reasons")) {
    button.click();
  }
});

function closeReasons() {
  reasons.open = false;
  reasons.querySelector("summary").focus();
}
