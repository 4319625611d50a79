"use strict";
// A new entry without an English title gets an address too: from its French title, else from the Arabic one in Latin
// letters. Django's own script makes it from the English title, and empties it where that is empty.

{
  const titles = ["en", "fr", "ar"].map((language) => `#id_title_${language}`);
  const MOST = 100;
  let suggested = "";

  for (const kind of ["input", "keyup", "focusin"]) {
    addEventListener(kind, ({ target }) => {
      const address = target.matches?.(titles.join()) && document.getElementById("id_slug");
      if (!address || ![suggested, ""].includes(address.value)) return;
      const title = titles.map((one) => document.querySelector(one)).find((box) => box?.value.trim());
      if (!title || title.matches(titles[0])) return;
      suggested = URLify(asLetters(title.value), MOST);
      address.value = suggested;
    });
  }

  // Letters that carry a sign, as those that Django knows; an apostrophe parts words.
  function asLetters(text) {
    return text.replace(/[’']/g, " ").replace(/[اإآٱىة]/g, "أ").replace(/ئ/g, "ي").replace(/ؤ/g, "و");
  }
}
