// Says above the form of a new entry what is there already under the title that somebody has just written.

async function showAlike(list, title) {
  const answer = await fetch(`${list.dataset.address}?title=${encodeURIComponent(title)}`);
  // What cannot be asked now is said when the entry is saved.
  list.innerHTML = answer.ok ? await answer.text() : "";
}

addEventListener("DOMContentLoaded", () => {
  const list = document.getElementById("alike");
  if (list === null) return;
  document.addEventListener("change", (event) => {
    if (event.target.name?.startsWith("title_") && event.target.value.trim()) {
      showAlike(list, event.target.value);
    }
  });
});
