// Brings the whole list of choices into a row's box when somebody comes to it; the blank row of its kind has it.

function bring({ target }) {
  if (!target.matches?.("select[data-choices-of]")) return;
  const whole = boxOfBlankRow(target.dataset.choicesOf);
  if (!whole) return;
  const own = target.querySelector("option:checked");
  target.replaceChildren(...whole.cloneNode(true).childNodes);
  // What is chosen may be offered to nobody else.
  const same = [...target.options].find((one) => one.value === own.value);
  if (!same) target.append(own);
  target.value = own.value;
  delete target.dataset.choicesOf;
}

// The blank row of a kind stands in a template, which is no part of the page.
function boxOfBlankRow(name) {
  const [prefix] = name.split("-__prefix__");
  const blank = document.querySelector(`#${CSS.escape(prefix)}-group template.blank-row`);
  return (blank?.content ?? document).querySelector(`[name="${CSS.escape(name)}"]`);
}

addEventListener("pointerdown", bring, true);
addEventListener("focusin", bring);
