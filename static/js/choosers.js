"use strict";
// The boxes that offer entries show what is known of each, and lead to making one of what was typed.

{
  const $ = django.jQuery;

  function line(entry) {
    if (!entry.name) return entry.text;
    const shown = piece("chooser-entry", "");
    shown.append(piece("chooser-name", entry.name));
    const names = [...entry.others, ...entry.aliases.map((name) => ["", name])];
    if (names.length) {
      const others = piece("chooser-names", "");
      names.forEach(([language, name], number) => {
        if (number) others.append(" · ");
        const one = document.createElement("bdi");
        if (language) one.lang = language;
        one.textContent = name;
        others.append(one);
      });
      shown.append(others);
    }
    shown.append(piece("chooser-about", [entry.about, entry.uses].filter(Boolean).join(" · ")));
    return shown;
  }

  function piece(kind, text) {
    return Object.assign(document.createElement("span"), { className: kind, textContent: text, dir: "auto" });
  }

  $.fn.select2?.defaults.set("templateResult", line);

  // What is made opens in the window in which “+” would open, and is chosen when that closes.
  $(document).on("select2:selecting", "select", (event) => {
    const make = event.params.args.data.make;
    if (!make) return;
    event.preventDefault();
    const select = event.target;
    const address = new URL(make, location.href);
    address.searchParams.set("_popup", "1");
    $(select).select2("close");
    const link = document.createElement("a");
    link.id = `add_${select.id}`;
    link.href = address;
    showRelatedObjectPopup(link);
  });
}
