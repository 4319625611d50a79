// All that a narrow window hides: a page that scrolls sideways, and text beyond an edge that nobody can scroll to; once
// as the page is, and once more with all that it folds away.
async () => {
  const isCut = (how) => how === "hidden" || how === "clip";

  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true });

  const name = (element) =>
    [element.tagName.toLowerCase(), ...element.classList].join(".");

  // Asked for every text, whose elements have the same ones around them.
  const remembered = (ask) => {
    const answers = new Map();
    return (element) => {
      if (!answers.has(element)) answers.set(element, ask(element));
      return answers.get(element);
    };
  };

  const hidden = () => {
    const found = [];
    const excess = document.documentElement.scrollWidth - innerWidth;
    if (excess > 0) found.push(`the page is ${excess}px too wide`);

    // Words for readers of speech alone.
    const isForSpeech = remembered((element) =>
      element !== null && (getComputedStyle(element).clipPath === "inset(50%)" || isForSpeech(element.parentElement)));

    const edgesAround = remembered((element) => {
      if (!element || element === document.body) {
        return { left: 0, right: innerWidth, top: -Infinity, bottom: Infinity };
      }
      const around = edgesAround(element.parentElement);
      const style = getComputedStyle(element);
      const [across, down] = [isCut(style.overflowX), isCut(style.overflowY)];
      if (!across && !down) return around;
      if (style.display.startsWith("inline") && !(element instanceof SVGSVGElement)) return around;
      const box = element.getBoundingClientRect();
      return {
        left: across ? Math.max(around.left, box.left) : around.left,
        right: across ? Math.min(around.right, box.right) : around.right,
        top: down ? Math.max(around.top, box.top) : around.top,
        bottom: down ? Math.min(around.bottom, box.bottom) : around.bottom,
      };
    });

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const element = text.parentElement;
      if (!text.data.trim() || element.closest(".scrolls") || !isSeen(element) || isForSpeech(element)) continue;
      range.selectNodeContents(text);
      const edges = edgesAround(element);
      for (const box of range.getClientRects()) {
        if (box.width < 1 || box.height < 1) continue;
        const beside = Math.max(edges.left - box.left, box.right - edges.right);
        // A box of text is higher than its letters.
        const above = Math.max(edges.top - box.top, box.bottom - edges.bottom) - box.height / 4;
        if (beside > 1 || above > 0) {
          const where = [element.parentElement, element].map(name).join(" > ");
          const by = Math.round(Math.max(beside, above));
          found.push(`${where}: "${text.data.trim().slice(0, 40)}" is cut off by ${by}px`);
          break;
        }
      }
    }
    return found;
  };

  const found = hidden();
  const folded = [...document.querySelectorAll("details:not([open])")];
  if (folded.length === 0) return found;
  for (const one of folded) one.open = true;
  // What listens to their opening does so, and what they show has its fonts.
  document.documentElement.getBoundingClientRect();
  await new Promise((go) => setTimeout(go));
  await document.fonts.ready;
  found.push(...hidden());
  for (const one of folded) one.open = false;
  return found;
}
