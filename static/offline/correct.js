// Writes a correction into a small file, which is handed in at the site later. Reads sulhIndex.
"use strict";

(() => {
  const { site, kinds, entries } = sulhIndex;
  const form = document.getElementById("offline-correction");
  const heading = document.getElementById("offline-about");

  // "case/libya-2020/outcome": the kind, the last part of its address, and which fact or row.
  const target = () => {
    const [kind = "", slug = "", ...at] = decodeURIComponent(location.hash.slice(1)).split("/");
    return { kind, slug, at: at.join("/") };
  };
  const entryOf = ({ kind, slug }) => entries.find((one) => kinds[one[0]][0] === kind && one[1] === slug);

  function showTarget() {
    const asked = target(), entry = entryOf(asked);
    heading.textContent = entry ? entry[2] : "";
    form.hidden = !asked.kind;
    document.getElementById("offline-nothing").hidden = Boolean(asked.kind);
  }

  function written() {
    const asked = target(), typed = new FormData(form);
    const texts = ["value", "source_reference", "source_page", "source_quotation", "why_no_source", "reason", "name", "mail"];
    return {
      format: "sulh-correction-1",
      site,
      language: document.documentElement.lang,
      ...asked,
      revision: entryOf(asked)?.[5] ?? 0,
      ...Object.fromEntries(texts.map((name) => [name, String(typed.get(name) ?? "").trim()])),
      wants_credit: typed.has("wants_credit"),
    };
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = target();
    const text = new Blob([`${JSON.stringify(written(), null, 1)}\n`], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(text);
    link.download = `correction-${[asked.kind, asked.slug].filter(Boolean).join("-")}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    document.getElementById("offline-written").hidden = false;
  });
  addEventListener("hashchange", showTarget);
  showTarget();
})();
