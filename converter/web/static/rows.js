// A text as rows to show: its lines, with every change at its place. Pure: no element of the page is touched here.

const LINE_END = /\r\n?|\n/g;

// Spans count code points, strings count UTF-16 units.
function indexed(text) {
  if (!/[\ud800-\udfff]/.test(text)) return { length: text.length, cut: (start, end) => text.slice(start, end) };
  const points = Array.from(text);
  return { length: points.length, cut: (start, end) => points.slice(start, end).join("") };
}

function lineStarts(text) {
  const starts = [0];
  const points = indexed(text).length === text.length ? null : text;
  let seen = 0, at = 0;
  for (const match of text.matchAll(LINE_END)) {
    const end = match.index + match[0].length;
    seen = points ? seen + Array.from(points.slice(at, end)).length : end;
    at = end;
    starts.push(seen);
  }
  return starts;
}

export const nameOf = (edit) => `${edit.code}@${edit.span[0]}-${edit.span[1]}`;
export const isRepair = (name) => name.startsWith("ZH"); // the rest is the structure's doing: its lines' classes decide it

// Every place where something was changed, or could have been: { start, end, before, after, names, codes, state }.
export function places(report, file) {
  const text = indexed(report.original);
  const made = report.changes.map(({ span: [start, end], after, made_by: names }) => {
    const mine = names.filter(isRepair);
    const state = mine.some((name) => file.accept.includes(name)) ? "accepted" : "made";
    return { start, end, before: text.cut(start, end), after, names: mine, state };
  });
  const others = report.edits.filter((edit) => !edit.applied && isRepair(edit.code)).map((edit) => ({
    start: edit.span[0], end: edit.span[1], before: edit.before, after: edit.after, names: [nameOf(edit)],
    state: file.reject.includes(nameOf(edit)) ? "rejected" : "proposed",
  }));
  const shown = [...made];
  for (const other of others) {
    const under = made.find((change) => change.start < other.end && other.start < change.end);
    // Where another rule has changed something inside, it stands in front, so that it can still be decided on.
    shown.push(under ? { ...other, start: Math.min(under.start, other.start), end: Math.min(under.start, other.start), aside: true } : other);
  }
  shown.sort((a, b) => a.start - b.start || a.end - b.end);
  let last = 0; // two proposals may overlap: the first is shown where it is
  return shown.map((place) => {
    const free = place.start >= last ? place : { ...place, start: last, end: last, aside: true };
    last = Math.max(last, free.end);
    return free;
  });
}

// Rows of { line, last, pieces, classes }: a piece is a string or a place; what reaches over a line end joins lines.
export function rows(report, file) {
  const text = indexed(report.original), starts = lineStarts(report.original);
  const why = new Map();
  for (const one of [...report.blocks.map((block) => block.why), ...report.other_lines]) {
    if (one && !why.has(one.line)) why.set(one.line, one);
  }
  const all = places(report, file);
  const made = [];
  let at = 0;
  for (let line = 0; line < starts.length; line++) {
    const row = { line: line + 1, pieces: [], classes: [] };
    let from = starts[line];
    const endOf = (n) => (n + 1 < starts.length ? starts[n + 1] : text.length);
    for (;;) {
      const place = all[at];
      if (!place || (place.start >= endOf(line) && line + 1 < starts.length)) break;
      row.pieces.push(text.cut(from, place.start), place);
      from = place.end;
      const kept = row.pieces.some((piece) => typeof piece === "string" && piece) || place.after;
      const joins = kept && (place.state === "made" || place.state === "accepted") && /[\r\n]$/.test(place.before) && !/[\r\n]$/.test(place.after);
      while (line + 1 < starts.length && (place.end > endOf(line) || (joins && place.end === endOf(line)))) line++;
      at++;
    }
    row.pieces.push(text.cut(from, endOf(line)).replace(/[\r\n]+$/, ""));
    row.pieces = row.pieces.filter((piece) => piece !== "");
    row.last = line + 1;
    for (let n = row.line; n <= row.last; n++) if (why.has(n)) row.classes.push(why.get(n));
    if (row.classes.length || row.pieces.some((piece) => piece.names || piece.trim())) made.push(row);
  }
  return made;
}

// What a row reads after the changes in it.
export const resultOf = (row) => row.pieces.map((piece) => (
  typeof piece === "string" ? piece : piece.state === "made" || piece.state === "accepted" ? piece.after : piece.aside ? "" : piece.before)).join("");

// What is recognised in a file that has no plain original: its blocks, with nothing to change.
export const blockRows = (report) => report.blocks.map((block, n) => ({ line: n + 1, pieces: [block.text], block, classes: [] }));

const SIGNS = { " ": "␣", "\n": "⏎", "\r": "", "\t": "⇥", "\f": "␌", "\0": "␀", "\u3000": "␣" };
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Z}]/gu;

// The text with every character that cannot be seen written out; spaces between words stay.
export function visible(text) {
  const words = /\S/.test(text);
  return text.replace(UNSEEN, (sign) => {
    if (words && /[ \xa0\u3000]/.test(sign)) return sign;
    return SIGNS[sign] ?? `‹U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}›`;
  });
}
