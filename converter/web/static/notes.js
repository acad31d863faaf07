// Findings as a list that can be opened.

import { element, message, say } from "./core.js";
import { visible } from "./rows.js";

const SHOWN = 200;

export function noteList(notes) {
  const items = notes.slice(0, SHOWN).map((note) => {
    const where = note.line ? `${say("note_line", { line: note.line })}: ` : "";
    const item = element("li", { className: note.severity }, where, message(note));
    if (note.before !== undefined) {
      item.append(" ", element("del", { textContent: visible(note.before) }), " → ", element("ins", { textContent: visible(note.after) || "∅" }));
    }
    return item;
  });
  if (notes.length > SHOWN) items.push(element("li", { textContent: say("note_more", { n: notes.length - SHOWN }) }));
  return element("details", { className: "notes" },
    element("summary", { textContent: say("notes", { n: notes.length }) }), element("ul", {}, ...items));
}
