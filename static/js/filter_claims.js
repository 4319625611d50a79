"use strict";
// Filters the list of all claims while somebody types; those with which a long list does not begin, the casebook finds.

{
  addEventListener("DOMContentLoaded", () => {
    const filter = document.querySelector(".filter-claims");
    if (!filter) return;
    const words = filter.querySelector("input");
    const selects = [...filter.querySelectorAll("select")];
    const told = filter.querySelector("output");
    const list = filter.parentElement.querySelector(".closed-rows");
    const rest = filter.parentElement.querySelector(".further-lines");
    const isAsked = () => Boolean(words.value.trim()) || selects.some((one) => one.value);
    let asks = 0;
    // They are no part of the entry, and nothing to keep or to send.
    filter.querySelector("button").hidden = true;
    words.form.addEventListener("submit", () => {
      for (const box of [words, ...selects]) box.disabled = true;
      setTimeout(() => {
        for (const box of [words, ...selects]) box.disabled = false;
      });
    });
    filter.addEventListener("input", () => {
      show();
      if (rest?.isConnected) find();
    });
    words.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
    rest?.addEventListener("click", async (event) => {
      if (!event.target.matches("button")) return;
      event.preventDefault();
      const lines = await ask(false);
      if (!lines) {
        event.target.form.requestSubmit(event.target);
        return;
      }
      rest.remove();
      for (const line of lines) {
        const opened = [...list.children].find((one) => one.dataset.key === keyOf(line));
        list.append(opened ?? line);
        delete (opened ?? line).dataset.beyond;
      }
      arm(list.closest(".rows"));
      show();
      list.lastElementChild.querySelector("button")?.focus();
    });

    function show() {
      const asked = plain(words.value).split(/\s+/).filter(Boolean);
      const values = selects.map((one) => one.value);
      const lines = [...list.querySelectorAll(":scope > li[data-at]")].filter((line) => line.dataset.key === undefined);
      let shown = 0;
      for (const line of lines) {
        const text = asked.length ? plain(line.textContent) : "";
        const marks = line.dataset.at.split(" ");
        line.hidden = !isFound(line) && (!asked.every((one) => text.includes(one)) || values.some((one, at) => one && one !== marks[at]));
        shown += !line.hidden;
      }
      const number = lines.filter((line) => !isFound(line)).length + (rest?.isConnected ? Number(list.dataset.further) : 0);
      told.textContent = isAsked() ? `${shown} / ${number}` : "";
      if (rest) rest.hidden = isAsked();
    }

    // What answers, of the lines with which the list does not begin.
    async function find() {
      const number = ++asks;
      clear();
      if (!isAsked()) return;
      await new Promise((resolve) => setTimeout(resolve, 250));
      if (number !== asks) return;
      const lines = await ask(true);
      if (!lines || number !== asks) return;
      clear();
      list.append(...lines.filter((line) => !document.getElementById(`row-${keyOf(line)}`)));
      show();
    }

    function clear() {
      for (const line of [...list.children].filter(isFound)) line.remove();
    }

    async function ask(isFiltered) {
      const address = new URL(location.href);
      address.hash = "";
      address.searchParams.delete("typed");
      address.searchParams.set("lines", "claims");
      if (isFiltered) for (const box of [words, ...selects]) address.searchParams.set(box.name, box.value);
      try {
        const answer = await fetch(address, { redirect: "error" });
        if (!answer.ok) return null;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        return [...page.querySelectorAll("ol > li")];
      } catch {
        return null;
      }
    }
  });

  const keyOf = (line) => line.id.replace(/^row-/, "");
  const isFound = (line) => line.dataset.beyond !== undefined && line.dataset.key === undefined;

  // Without accents, vowel signs and capitals.
  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}|\u0640/gu, "").toLocaleLowerCase();
  }
}
