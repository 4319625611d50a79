// Brings the whole list of choices into a row's box when somebody comes to it; the blank row of its kind has it.

function bring({ target }) {
  if (!target.matches?.("select[data-choices-of]")) return;
  const [whole] = document.getElementsByName(target.dataset.choicesOf);
  if (!whole) return;
  const own = target.querySelector("option:checked");
  target.replaceChildren(...whole.cloneNode(true).childNodes);
  // What is chosen may be offered to nobody else.
  const same = [...target.options].find((one) => one.value === own.value);
  if (!same) target.append(own);
  target.value = own.value;
  delete target.dataset.choicesOf;
}

addEventListener("pointerdown", bring, true);
addEventListener("focusin", bring);
