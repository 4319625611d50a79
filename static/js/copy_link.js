// A button beside a link copies it; without a clipboard, or a script, the link can still be marked and copied.

for (const button of document.querySelectorAll("[data-copy]")) {
  const link = document.getElementById(button.dataset.copy);
  const told = button.parentElement.querySelector("[role=status]");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    link.select();
    try {
      await navigator.clipboard.writeText(link.value);
      told.textContent = button.dataset.done;
    } catch {
      link.focus();
      told.textContent = button.dataset.failed;
    }
  });
}
