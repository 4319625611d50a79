// Offers names while somebody types into the search; without it the form asks all the same.

const PAUSE = 200;
let waiting, newest = 0;

async function suggest(box, names) {
  const mine = ++newest;
  const answer = await fetch(`${box.dataset.suggestions}?q=${encodeURIComponent(box.value)}`).catch(() => null);
  // What was typed since then is asked by itself.
  if (mine !== newest || !answer?.ok) return;
  const [, found, marks] = await answer.json();
  names.replaceChildren(...found.map((name, place) => {
    const option = Object.assign(document.createElement("option"), { value: name });
    // What a reader must know of it, beside the name.
    if (marks[place]) option.label = `${name} · ${marks[place]}`;
    return option;
  }));
}

addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("search-words");
  const names = document.getElementById("search-names");
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => suggest(box, names), PAUSE);
  });
});
