"use strict";
// Filters the list of all claims while somebody types; without it the button asks the casebook.

{
  addEventListener("DOMContentLoaded", () => {
    const filter = document.querySelector(".filter-claims");
    if (!filter) return;
    const words = filter.querySelector("input");
    const selects = [...filter.querySelectorAll("select")];
    const told = filter.querySelector("output");
    // They are no part of the entry, and nothing to keep.
    filter.querySelector("button").hidden = true;
    filter.addEventListener("input", show);
    words.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });

    function show() {
      const asked = plain(words.value).split(/\s+/).filter(Boolean);
      const values = selects.map((one) => one.value);
      const lines = [...filter.parentElement.querySelectorAll(".closed-rows > li")];
      let shown = 0;
      for (const line of lines) {
        const text = asked.length ? plain(line.textContent) : "";
        const marks = line.dataset.at.split(" ");
        line.hidden = !asked.every((one) => text.includes(one)) || values.some((one, at) => one && one !== marks[at]);
        shown += !line.hidden;
      }
      const isAsked = asked.length || values.some(Boolean);
      told.textContent = isAsked ? `${shown} / ${lines.length}` : "";
    }
  });

  // Without accents, vowel signs and capitals.
  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}|\u0640/gu, "").toLocaleLowerCase();
  }
}
