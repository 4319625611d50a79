// Searches the titles, names and findings of the offline edition. Reads sulhIndex, folding and MiniSearch.
"use strict";

(() => {
  const MOST = 100;
  const ARTICLE = /^ال(?=.{3})/u;
  const page = document.getElementById("offline-search");
  const { kinds, entries } = sulhIndex;

  // A word with its Arabic article and without it is one word.
  const words = (text) => folding.folded(text).split(" ").map((word) => word.replace(ARTICLE, ""));
  const inBothSpellings = (text) => [...new Set([...words(text), ...words(folding.joined(text))])].filter(Boolean);

  const search = new MiniSearch({
    idField: "number",
    fields: ["title", "names", "finding"],
    tokenize: inBothSpellings,
    processTerm: (word) => word,
    searchOptions: {
      tokenize: words,
      boost: { title: 4, names: 3 },
      boostDocument: (number) => kinds[entries[number][0]][3],
      prefix: (word) => word.length > 1,
      fuzzy: (word) => (word.length > 4 ? 0.2 : false),
      combineWith: "AND",
    },
  });
  search.addAll(
    entries.map(([, , title, names, finding], number) => ({ number, title, names, finding })),
  );

  function answers(asked) {
    if (!inBothSpellings(asked).length) return [];
    const all = search.search(asked);
    return all.length ? all : search.search(asked, { combineWith: "OR" });
  }

  function item({ id }) {
    const [kind, slug, title, , finding, , mark] = entries[id];
    const [, label, folder] = kinds[kind];
    const line = document.createElement("li"), head = document.createElement("h3");
    const link = document.createElement("a"), name = document.createElement("bdi");
    link.href = `../${folder}${slug}/index.html`;
    name.textContent = title;
    link.append(name);
    head.append(link);
    if (mark) {
      const coded = document.createElement("span");
      coded.className = "coded";
      coded.textContent = mark;
      head.append(" ", coded);
    }
    const note = document.createElement("p");
    note.className = "meta";
    note.textContent = label;
    line.append(head, note);
    if (finding) {
      const summary = document.createElement("p");
      summary.dir = "auto";
      summary.textContent = finding;
      line.append(summary);
    }
    return line;
  }

  function show(asked) {
    const found = asked.trim() ? answers(asked) : [];
    page.querySelector("[role=status]").textContent = !asked.trim()
      ? ""
      : found.length
        ? page.dataset.found.replace("000", found.length)
        : page.dataset.nothing;
    page.querySelector("ol").replaceChildren(...found.slice(0, MOST).map(item));
    page.querySelector(".offline-more").hidden = found.length <= MOST;
  }

  const box = document.getElementById("search-words");
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  show(box.value);
  box.addEventListener("input", () => show(box.value));
  // There is no server to send it to: what is found stands below already.
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(box.value);
  });
})();
