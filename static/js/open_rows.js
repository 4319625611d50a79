// Opens a row where it stands: its line is replaced by its boxes, and nothing else of the form is sent.

addEventListener("click", async (event) => {
  const button = event.target.closest?.(".closed-rows > li > button");
  if (!button || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  button.disabled = true;
  if (!(await openRow(button))) {
    // As without a script: the casebook shows the form again, with all that is typed.
    button.disabled = false;
    button.form.requestSubmit(button);
  }
});

// Not “open”: a function of the page of that name would take the place of that which opens windows.
async function openRow(button) {
  const group = button.closest(".inline-group");
  const prefix = group.id.replace(/-group$/, "");
  const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
  const address = new URL(location.href);
  address.hash = "";
  address.searchParams.delete("typed");
  address.searchParams.set("row", button.value);
  address.searchParams.set("number", total.value);
  let row;
  try {
    const answer = await fetch(address, { redirect: "error" });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    row = page.querySelector(".inline-related");
  } catch {
    return false;
  }
  if (!row) return false;
  const line = button.closest("li");
  total.value = Number(total.value) + 1;
  line.removeAttribute("id");
  line.dataset.key = button.value;
  button.replaceWith(row);
  row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: prefix } }));
  const boxes = row.querySelectorAll(":scope fieldset :is(input:not([type=hidden]), select, textarea)");
  // At its fact, a claim hides the box that says of which fact it is.
  [...boxes].find((box) => box.getClientRects().length)?.focus();
  return true;
}
