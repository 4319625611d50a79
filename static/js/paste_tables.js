"use strict";
// A table on the clipboard is pasted with its cells whole: as plain text, a line break in a cell would begin another
// row, and a cell that stands over several rows would move all that follow.

{
  const MOST = 5_000_000;
  const MOST_CELLS_IN_ONE = 60;
  const BLOCKS = "address, blockquote, dd, div, dl, dt, figure, h1, h2, h3, h4, h5, h6, li, ol, p, pre, section, table, tr, ul";
  const UNSEEN = "script, style, template, title, noscript";
  // Spreadsheets count days from here; the text of the cell has to say the same day.
  const FIRST_DAY = [1899, 11, 30];

  addEventListener("paste", (event) => {
    const box = event.target.closest?.(".paste-rows > textarea");
    const html = box ? event.clipboardData?.getData("text/html") : "";
    if (!html || html.length > MOST) return;
    const page = new DOMParser().parseFromString(withoutStyles(html), "text/html");
    if (![...page.querySelectorAll("table")].some((one) => one.querySelectorAll("td, th").length > 1)) return;
    event.preventDefault();
    const told = { lines: [], columns: 0, repeated: 0 };
    readInto(told, page.body);
    put(box, told.lines.map((line) => line.map(asCell).join("\t")).join("\n"));
    say(box.closest(".paste-rows").querySelector("output"), told);
  });

  // Styles and scripts of others are not wanted, and the policy of the page would complain of each; but what a style
  // hides stays known.
  function withoutStyles(html) {
    const bare = html.replace(/<style\b[\s\S]*?<\/style\s*>/gi, "");
    return bare.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s"'/])(style|on\w+)\s*=/gi, "$1data-$2="));
  }

  function readInto(told, node) {
    for (const child of node.childNodes) {
      if (child.nodeName === "TABLE") {
        readTable(told, child);
      } else if (child.querySelector?.("table")) {
        readInto(told, child);
      } else {
        for (const line of textOf(child).split("\n")) if (line.trim()) told.lines.push([line]);
      }
    }
  }

  // A cell over several columns stands in the first of them, one over several rows in each of these.
  function readTable(told, table) {
    const lines = [...table.rows].map(() => []);
    [...table.rows].forEach((row, at) => {
      let column = 0;
      for (const cell of row.cells) {
        while (lines[at][column] !== undefined) column += 1;
        const text = dayOf(cell) || textOf(cell);
        const end = cell.rowSpan ? Math.min(at + cell.rowSpan, lines.length) : lines.length;
        const width = Math.min(cell.colSpan, MOST_CELLS_IN_ONE);
        for (let line = at; line < end; line += 1) {
          for (let beside = 0; beside < width; beside += 1) lines[line][column + beside] = beside ? "" : text;
        }
        if (text && end - at > 1) told.repeated += 1;
        column += width;
      }
    });
    for (const line of lines) {
      const cells = [...line].map((cell) => cell ?? "");
      while (cells.length && !cells.at(-1)) cells.pop();
      told.lines.push(cells);
      told.columns = Math.max(told.columns, cells.length);
    }
  }

  // As it is read on a page: spaces of the source are one, but for those that never break; blocks stand on their own lines.
  function textOf(node) {
    return piecesOf(node).join("").replace(/ *\n[ \n]*/g, "\n").replace(/ {2,}/g, " ").replace(/^[ \n]+|[ \n]+$/g, "");
  }

  function piecesOf(node) {
    if (node.nodeType === Node.TEXT_NODE) return [node.data.replace(/[ \t\r\n\f]+/g, " ")];
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(UNSEEN) || isHidden(node)) return [];
    if (node.nodeName === "BR") return ["\n"];
    const pieces = [...node.childNodes].flatMap(piecesOf);
    if (node.matches("td td, td th, th td, th th")) return [...pieces, " "];
    return node.matches(BLOCKS) ? ["\n", ...pieces, "\n"] : pieces;
  }

  const isHidden = (node) => /display\s*:\s*none/i.test(node.dataset?.style ?? "");

  // The day that a spreadsheet keeps of a cell which shows a day, a month and a year in any order; else nothing.
  function dayOf(cell) {
    const number = Number(cell.getAttribute("sdval") ?? cell.getAttribute("x:num") ?? ofGoogle(cell));
    if (!(number >= 1)) return "";
    const [year, month, day] = FIRST_DAY;
    const date = new Date(Date.UTC(year, month, day + Math.floor(number)));
    if (Number.isNaN(date.valueOf())) return "";
    const text = cell.textContent;
    const shown = (text.match(/\d+/g) ?? []).map(Number);
    const isNamed = /\p{L}{3,}/u.test(text);
    const [of, on, which] = [date.getUTCFullYear(), date.getUTCDate(), date.getUTCMonth() + 1];
    const isYear = (one) => one === of || one === of % 100;
    const rest = [on, ...isNamed ? [] : [which]];
    for (const one of rest) {
      if (!shown.includes(one)) return "";
      shown.splice(shown.indexOf(one), 1);
    }
    return shown.some(isYear) ? date.toISOString().slice(0, "2021-10-03".length) : "";
  }

  function ofGoogle(cell) {
    try {
      return JSON.parse(cell.dataset.sheetsValue ?? "{}")["3"];
    } catch {
      return undefined;
    }
  }

  // As spreadsheets write plain text, which the casebook reads.
  const asCell = (text) => (/["\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  // So that it can be undone; where the browser cannot, without.
  function put(box, text) {
    box.focus();
    if (document.execCommand("insertText", false, text)) return;
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function say(place, { lines, columns, repeated }) {
    const said = [place.dataset.whole.replace("{rows}", lines.length).replace("{columns}", columns)];
    if (repeated) said.push(place.dataset.repeated.replace("{n}", repeated));
    place.textContent = said.join(" ");
  }
}
