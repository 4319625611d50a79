"use strict";
// The claims of a fact open, and are added, where the fact stands; all belong to the one list of the form.

{
  const PREFIX = "claims";
  // The place in which the claim that is being opened shall stand.
  let wanted = null;
  // The claim in which a source was chosen last.
  let filled = null;

  const group = () => document.getElementById(`${PREFIX}-group`);
  const boxOf = (claim, name) => claim.querySelector(`[name^="${PREFIX}-"][name$="-${name}"]`);
  const claimOf = (element) => element.closest(`.inline-related[id^="${PREFIX}-"]`);

  addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button || !group()) return;
    const act = actionOf(button);
    if (!act) return;
    event.preventDefault();
    act();
  });

  function actionOf(button) {
    const place = button.closest(".claims");
    if (button.matches(".add-source")) return () => begin(place);
    if (button.matches(".same-source")) {
      return place ? () => repeat(begin(place), filled) : () => repeat(claimOf(button), before(claimOf(button)));
    }
    if (button.matches(".remove-claim")) return () => remove(claimOf(button));
    if (!place || button.name !== "_open") return null;
    return () => open(document.querySelector(`li#row-${button.value} > button`) ?? lineBeyond(button), button);
  }

  // A long list does not begin with it.
  function lineBeyond({ value, textContent }) {
    const line = Object.assign(document.createElement("li"), { id: `row-${value}` });
    line.dataset.beyond = "";
    line.append(Object.assign(button("", textContent), { type: "submit", name: "_open", value }));
    group().querySelector("ol.closed-rows").append(line);
    return line.firstElementChild;
  }

  // The line among all claims is opened as ever, and what opens is brought here.
  function open(line, button) {
    wanted = button.closest("li");
    line.click();
  }

  document.addEventListener("formset:added", ({ target, detail }) => {
    if (detail.formsetName === PREFIX) {
      if (wanted) putAt(target, wanted);
      wanted = null;
    } else {
      nameRow(target);
      offerSame();
    }
  });

  function putAt(claim, line) {
    line.querySelector("button")?.replaceWith(Object.assign(document.createElement("span"), { textContent: line.textContent }));
    const among = claim.parentElement;
    boxesOf(line.closest(".claims")).append(claim);
    claim.classList.add("at-fact");
    among.append(Object.assign(document.createElement("a"), {
      href: `#row-${among.dataset.key}`, className: "opened-at-fact", textContent: line.textContent,
    }));
  }

  // Boxes stand below the line of the fact, where they have the whole width.
  function boxesOf(place) {
    const after = place.closest(".form-row") ?? place;
    let boxes = after.nextElementSibling;
    if (!boxes?.matches(".claims-boxes")) {
      boxes = Object.assign(document.createElement("div"), { className: "claims-boxes" });
      after.after(boxes);
    }
    return boxes;
  }

  // A row that is new gets its key now, so that a claim can name it before anything is saved.
  function nameRow(row) {
    const box = row.querySelector(':scope input[type=hidden][name$="-key"]');
    if (!box || box.value) return;
    box.value = newKey();
    for (const place of row.querySelectorAll(".claims[data-about]")) {
      place.dataset.about = `${place.dataset.about.split("/")[0]}/${box.value}`;
    }
  }

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const digits = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
    return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  // A new claim, of the fact of that place, or of none.
  function begin(place) {
    const total = document.getElementById(`id_${PREFIX}-TOTAL_FORMS`);
    const blank = group().querySelector("template.blank-row");
    const claim = document.importNode(blank.content.firstElementChild, true);
    const number = Number(total.value);
    for (const select of claim.querySelectorAll("select:not(.admin-autocomplete)")) {
      // The other choices come when somebody comes to the box.
      select.dataset.choicesOf = select.name;
      for (const option of [...select.options]) if (!option.selected) option.remove();
    }
    for (const one of [claim, ...claim.querySelectorAll("*")]) {
      for (const { name, value } of [...one.attributes]) {
        if (name !== "data-choices-of" && value.includes("__prefix__")) {
          one.setAttribute(name, value.replaceAll("__prefix__", number));
        }
      }
    }
    claim.id = `${PREFIX}-${number}`;
    claim.setAttribute("aria-labelledby", `${claim.id}-name`);
    claim.classList.remove("empty-form", "last-related");
    total.value = number + 1;
    claim.querySelector(".inline_label").textContent = `#${number + 1}`;
    claim.querySelector("h3").append(button("remove-claim", group().dataset.remove));
    if (place) {
      const name = nameOf(place);
      claim.querySelector(".inline_label").textContent = name;
      choose(boxOf(claim, "about"), place.dataset.about, name);
      claim.classList.add("at-fact");
      boxesOf(place).append(claim);
    } else {
      const line = document.createElement("li");
      line.append(claim);
      group().querySelector("ol.closed-rows").append(line);
      if (filled) claim.querySelector("h3").append(button("same-source", group().dataset.same));
    }
    claim.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: PREFIX } }));
    const first = place ? claim.querySelector(".select2-selection") ?? boxOf(claim, "source") : boxOf(claim, "about");
    first.focus();
    return claim;
  }

  // What the fact of the place is called: as its box is, or as its row.
  function nameOf(place) {
    const of = place.closest(".help")?.parentElement.querySelector("label")
      ?? place.closest(".inline-related").querySelector(".inline_label");
    return of.textContent.replace(/\s*[:：]\s*$/, "").split(" · ")[0].trim();
  }

  function button(kind, text) {
    return Object.assign(document.createElement("button"), { type: "button", className: kind, textContent: text });
  }

  function choose(select, value, text) {
    if (![...select.options].some((one) => one.value === value)) select.append(new Option(text, value));
    select.value = value;
    django.jQuery(select).trigger("change");
  }

  function repeat(claim, from) {
    if (!from) return;
    const [own, source] = [claim, from].map((one) => boxOf(one, "source"));
    choose(own, source.value, source.selectedOptions[0].text);
    boxOf(claim, "locator").value = boxOf(from, "locator").value;
    boxOf(claim, "locator").dispatchEvent(new Event("input", { bubbles: true }));
    boxOf(claim, "locator").select();
  }

  // The claim that was filled last; if it is this one, another that has a source.
  function before(claim) {
    if (filled !== claim) return filled;
    return [...document.querySelectorAll(`.inline-related[id^="${PREFIX}-"]`)]
      .filter((one) => one !== claim && boxOf(one, "source")?.value).pop();
  }

  // What was added and is removed again is sent as removed, so that the numbers of the others stay.
  function remove(claim) {
    const name = `${claim.id}-DELETE`;
    const next = (claim.closest(".claims-boxes")?.parentElement ?? group()).querySelector(".add-source");
    if (filled === claim) filled = before(claim) ?? null;
    claim.replaceChildren(Object.assign(document.createElement("input"), { type: "hidden", name, value: "on" }));
    claim.hidden = true;
    if (claim.parentElement.matches("li")) claim.parentElement.hidden = true;
    count(group());
    next?.focus();
  }

  // Enter ends a claim at its fact, and the next one is a key away.
  addEventListener("keydown", (event) => {
    const claim = event.key === "Enter" && !event.isComposing && event.target.closest?.(".claims-boxes .inline-related");
    if (!claim || !event.target.matches("input:not([type=checkbox], [type=submit]), [data-one-line]")) return;
    event.preventDefault();
    const place = claim.closest(".claims-boxes").previousElementSibling;
    [...place.querySelectorAll(".claims > :is(.add-source, .same-source)")].pop()?.focus();
  });

  // A source that says otherwise has to say what.
  addEventListener("change", ({ target }) => {
    const claim = target.matches?.(`select[name^="${PREFIX}-"][name$="-stance"]`) && claimOf(target);
    if (claim && target.value !== "supports") claim.querySelector("details").open = true;
  });

  // Once a source is chosen, every fact offers it again.
  function offerSame() {
    if (!filled) return;
    for (const add of document.querySelectorAll(".claims > .add-source:last-child")) {
      add.after(button("same-source", group().dataset.same));
    }
  }

  // The widget of the source speaks through jQuery alone.
  addEventListener("DOMContentLoaded", () => {
    if (!group()) return;
    django.jQuery(document).on("change", `select[name^="${PREFIX}-"][name$="-source"]`, ({ target }) => {
      if (!target.value) return;
      filled = claimOf(target);
      offerSame();
    });
    // After a save that was refused, new claims stand at their facts again.
    const stored = new Set([...document.querySelectorAll(`[name^="${PREFIX}-"][name$="-id"]`)]
      .filter((one) => one.value).map(claimOf));
    for (const claim of document.querySelectorAll(`.inline-related[id^="${PREFIX}-"]:not(.empty-form)`)) {
      if (stored.has(claim)) continue;
      claim.querySelector("h3").append(button("remove-claim", group().dataset.remove));
      const place = document.querySelector(`.claims[data-about="${CSS.escape(boxOf(claim, "about").value)}"]`);
      if (boxOf(claim, "source")?.value) filled = claim;
      if (!place) continue;
      claim.classList.add("at-fact");
      claim.parentElement.hidden = true;
      boxesOf(place).append(claim);
    }
    offerSame();
  });
}
