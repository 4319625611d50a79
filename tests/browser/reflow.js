// All that a narrow window hides: a page that scrolls sideways, and text beyond an edge that nobody can scroll to.
() => {
  const isCut = (how) => how === "hidden" || how === "clip";

  // Words for readers of speech alone.
  const isForSpeech = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (getComputedStyle(at).clipPath === "inset(50%)") return true;
    }
    return false;
  };

  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true });

  const edgesAround = (element) => {
    const edges = { left: 0, right: innerWidth, top: -Infinity, bottom: Infinity };
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.display.startsWith("inline") && !(at instanceof SVGSVGElement)) continue;
      const box = at.getBoundingClientRect();
      if (isCut(style.overflowX)) {
        edges.left = Math.max(edges.left, box.left);
        edges.right = Math.min(edges.right, box.right);
      }
      if (isCut(style.overflowY)) {
        edges.top = Math.max(edges.top, box.top);
        edges.bottom = Math.min(edges.bottom, box.bottom);
      }
    }
    return edges;
  };

  const name = (element) =>
    [element.tagName.toLowerCase(), ...element.classList].join(".");

  const found = [];
  const excess = document.documentElement.scrollWidth - innerWidth;
  if (excess > 0) found.push(`the page is ${excess}px too wide`);

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || element.closest(".scrolls") || !isSeen(element) || isForSpeech(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const edges = edgesAround(element);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      const beside = Math.max(edges.left - box.left, box.right - edges.right);
      // A box of text is higher than its letters.
      const above = Math.max(edges.top - box.top, box.bottom - edges.bottom) - box.height / 4;
      if (beside > 1 || above > 0) {
        const where = [element.parentElement, element].map(name).join(" > ");
        found.push(`${where}: "${text.data.trim().slice(0, 40)}" is cut off by ${Math.round(Math.max(beside, above))}px`);
        break;
      }
    }
  }
  return found;
}
