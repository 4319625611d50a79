// Marks the elements whose contrast axe shall measure: of those that are drawn alike on the same ground the first,
// unless it was seen on a page before. Answers how the marked ones are drawn, each as a number.
([mark, before]) => {
  const seen = new Set(before);
  const added = [];
  const TELLING = /^(?:data-|aria-(?:current|disabled|expanded|hidden)$|(?:disabled|open|role|type|lang|dir)$)/;
  const FIELDS = "input, select, textarea, option, button";

  const number = (text, from) => {
    let [high, low] = [from, from ^ 0x9e3779b9];
    for (let at = 0; at < text.length; at += 1) {
      high = Math.imul(high ^ text.charCodeAt(at), 2654435761);
      low = Math.imul(low ^ text.charCodeAt(at), 1597334677);
    }
    return (high >>> 0) * 0x200000 + ((low >>> 0) >>> 11);
  };

  // What is painted behind a text, and whether each element lies within the one around it, on whose ground it stands.
  const grounds = new Map([[null, { number: 1, box: null }]]);
  const groundOf = (element) => {
    if (grounds.has(element)) return grounds.get(element);
    const around = groundOf(element.parentElement);
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const isWithin = around.box === null || (box.left >= around.box.left - 1 && box.right <= around.box.right + 1
      && box.top >= around.box.top - 1 && box.bottom <= around.box.bottom + 1);
    const drawn = [
      around.number, isWithin, element.localName, element.getAttribute("class"), style.backgroundColor,
      style.backgroundImage, style.opacity, style.position, style.filter, style.mixBlendMode, style.visibility,
      ...[...element.attributes].filter(({ name }) => TELLING.test(name)).map(({ name, value }) => `${name}=${value}`),
    ];
    const found = { number: number(drawn.join("|"), 7), box };
    grounds.set(element, found);
    return found;
  };

  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true })
    && element.getClientRects().length > 0;
  const hasText = (element) => [...element.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.data.trim());

  for (const element of document.body.querySelectorAll("*")) {
    if ((!element.matches(FIELDS) && !hasText(element)) || !isShown(element)) continue;
    const { color, fontSize, fontWeight, textShadow, webkitTextStroke, display } = getComputedStyle(element);
    const how = [groundOf(element).number, color, fontSize, fontWeight, textShadow, webkitTextStroke, display];
    const drawn = number(how.join("|"), 11);
    if (seen.has(drawn)) continue;
    seen.add(drawn);
    added.push(drawn);
    element.setAttribute(mark, "");
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: `[${mark}]` }] });
  return added;
}
