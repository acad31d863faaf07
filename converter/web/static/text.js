// The chosen text: its outline, and every line with its class and the changes in it.

import { $, about, announce, element, emit, on, problemLine, say, t } from "./core.js";
import { chosen, rulesFile } from "./state.js";
import { readings } from "./reading.js";
import { blockRows, isRepair, nameOf, resultOf, rows, visible } from "./rows.js";
import { noteList } from "./notes.js";

const AT_ONCE = 300; // rows that are put on the page before somebody scrolls to them
const HEAD = /^(?:title|part|chapter|section|heading|run-in|article)/;

let shown = { id: null, report: null, rows: [], made: 0 };
let noted = {}; // what of a reading is shown above the lines

// ---- the lines

const stateWords = { made: "made", accepted: "made", rejected: "rejected", proposed: "proposed" };

function labelOf(place, line) {
  const why = [...new Set(place.names.map((name) => about.rules[name.split("@")[0]] ?? name.split("@")[0]))].join(", ");
  const values = { line, before: visible(place.before), after: visible(place.after), why: `${why} (${t[stateWords[place.state]]})` };
  return say(place.after ? "change" : "removes", values);
}

function change(place, line) {
  if (!place.names.length) {
    return element("span", { className: "change fixed" }, element("del", { textContent: visible(place.before) }), element("ins", { textContent: visible(place.after) }));
  }
  const label = labelOf(place, line);
  const made = place.state === "made" || place.state === "accepted";
  const it = element("span", {
    role: "button", tabIndex: 0, className: `change ${place.state}${place.aside ? " aside" : ""}`, title: label, ariaLabel: label,
    "aria-pressed": String(made), data: { name: place.names[0] },
  });
  if (place.before) it.append(element("del", { textContent: visible(place.before) }));
  if (place.after) it.append(element("ins", { textContent: visible(place.after) }));
  it.addEventListener("click", () => decide(place));
  it.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    decide(place);
  });
  return it;
}

function decide(place) {
  const file = chosen();
  const without = (names) => names.filter((name) => !place.names.includes(name));
  const was = place.state;
  if (was === "made") file.reject = [...file.reject, ...place.names];
  else if (was === "proposed") file.accept = [...file.accept, ...place.names];
  else Object.assign(file, { reject: without(file.reject), accept: without(file.accept) });
  place.state = { made: "rejected", rejected: "made", proposed: "accepted", accepted: "proposed" }[was];
  for (const it of $("lines").querySelectorAll(`[data-name="${place.names[0]}"]`)) {
    it.classList.replace(was, place.state);
    it.setAttribute("aria-pressed", String(place.state === "made" || place.state === "accepted"));
    it.title = it.ariaLabel = labelOf(place, it.closest("li").id.slice(5));
  }
  announce(t[stateWords[place.state]]);
  emit("decided", file);
}

const className = (name) => {
  const [form, level] = name.split(" ");
  return t[`class.${form}`] ? say(`class.${form}`, { n: level }) : name;
};

function classMenu(why, file) {
  const mine = file.classes[why.line];
  const menu = element("select", { className: mine ? "kind mine" : "kind", ariaLabel: say("class_of", why) },
    element("option", { value: why.class, textContent: className(why.class), selected: true }));
  menu.title = mine ? t.by_you : [(document.documentElement.lang.startsWith("zh") && why.reason_zh) || why.reason, why.rule].join(" · ");
  const fill = () => { // thirty entries a line are only made where somebody looks at them
    if (menu.options.length > 1) return;
    const group = ([name, classes]) => element("optgroup", { label: t[`class.group.${name}`] },
      ...classes.map((one) => element("option", { value: one, textContent: className(one), selected: one === why.class })));
    const now = about.classes.heads.concat(about.classes.text, about.classes.parts).includes(why.class) ? [] : [...menu.options];
    menu.replaceChildren(element("option", { value: "", textContent: t["class.auto"] }), ...now, ...Object.entries(about.classes).map(group));
    menu.value = why.class;
  };
  for (const kind of ["focus", "pointerdown", "mouseenter"]) menu.addEventListener(kind, fill);
  menu.addEventListener("change", () => {
    if (menu.value) file.classes[why.line] = menu.value;
    else for (const kept of [file.classes, file.alike]) delete kept[why.line];
    menu.classList.toggle("mine", Boolean(menu.value));
    emit("decided", file);
  });
  return menu;
}

// The class of a line that somebody set can go for all lines of its form: number, brackets, sign, length.
function alikeButton(why, row, file) {
  const pressed = why.line in file.alike;
  const button = element("button", { type: "button", className: "alike", textContent: t.alike, title: t.alike_hint, "aria-pressed": String(pressed) });
  button.addEventListener("click", () => {
    if (pressed) delete file.alike[why.line];
    else file.alike[why.line] = resultOf(row).trim();
    emit("decided", file);
  });
  return button;
}

function line(row, file) {
  const name = row.block ? `${row.block.type} ${row.block.level ?? ""}`.trim() : row.classes[0]?.class ?? "gone";
  const kind = row.block
    ? element("span", { className: "kind", textContent: className(name) })
    : element("span", { className: "kinds" }, ...row.classes.map((why) => classMenu(why, file)),
      ...row.classes.filter((why) => file.classes[why.line]).map((why) => alikeButton(why, row, file)));
  const words = element("p", { className: "words" }, ...row.pieces.map((piece) => (typeof piece === "string" ? piece : change(piece, row.line))));
  return element("li", { id: `line-${row.line}`, className: HEAD.test(name) ? "head" : "", data: { class: name.split(" ")[0], level: name.split(" ")[1] ?? "" } },
    element("span", { className: "number", textContent: row.block ? "" : row.line, "aria-hidden": "true" }), kind, words);
}

function more(count) {
  const file = chosen();
  const next = shown.rows.slice(shown.made, shown.made + count);
  $("lines").append(...next.map((row) => line(row, file)));
  shown.made += next.length;
  const rest = shown.rows.length - shown.made;
  $("more-lines").hidden = !rest;
  $("more-lines").textContent = say("more_lines", { n: rest });
}

$("more-lines").addEventListener("click", () => more(AT_ONCE));
new IntersectionObserver(([seen]) => { if (seen.isIntersecting && shown.made) more(AT_ONCE); }, { rootMargin: "600px" }).observe($("more-lines"));

// ---- outline, kinds of changes

function outline(report) {
  const heads = report.blocks.filter((block) => ["heading", "part", "article"].includes(block.type) || block.run_in);
  const list = heads.slice(0, 2000).map((block) => {
    const link = element("a", { href: `#line-${block.line}`, textContent: block.run_in ?? block.text });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      go(block.line);
    });
    return element("li", { data: { level: block.level ?? 0 } }, link);
  });
  $("outline").querySelector("ol").replaceChildren(...(list.length ? list : [element("li", { className: "empty", textContent: t.no_outline })]));
  $("outline").querySelector("summary span").textContent = heads.length || "";
}

function go(number) {
  const at = shown.rows.findIndex((row) => row.last >= number || row.line >= number);
  if (at >= shown.made) more(at - shown.made + AT_ONCE);
  const target = $("lines").children[at];
  if (!target) return;
  target.scrollIntoView({ block: "center" });
  (target.querySelector("select, .change") ?? target).focus({ preventScroll: true });
}

function kinds(report, file) {
  const counts = new Map(file.skip.map((code) => [code, { made: 0, rejected: 0, proposed: 0, skipped: true }]));
  for (const edit of report.edits.filter((one) => isRepair(one.code))) {
    const count = counts.get(edit.code) ?? { made: 0, rejected: 0, proposed: 0 };
    counts.set(edit.code, count);
    count[edit.applied ? "made" : file.reject.includes(nameOf(edit)) ? "rejected" : "proposed"]++;
  }
  const total = { made: 0, rejected: 0, proposed: 0 };
  const items = [...counts].sort(([, a], [, b]) => b.made - a.made).map(([code, count]) => {
    const box = element("input", { type: "checkbox", checked: !count.skipped, data: { code } });
    box.addEventListener("change", () => {
      file.skip = box.checked ? file.skip.filter((one) => one !== code) : [...file.skip, code];
      emit("decided", file);
    });
    for (const name of Object.keys(total)) total[name] += count[name];
    return element("li", {}, element("label", {}, box, element("span", { textContent: about.rules[code] ?? code })), element("small", { textContent: told(count) }));
  });
  $("changes").querySelector("ul").replaceChildren(...items);
  $("changes").hidden = !items.length;
  $("changes").querySelector("summary span").textContent = told(total);
  return total;
}

const told = (count) => [
  count.made || "", count.rejected ? `${t.rejected} ${count.rejected}` : "", count.proposed ? `${t.proposed} ${count.proposed}` : "",
].filter(Boolean).join(" · ");

// ---- all of it

function show() {
  const file = chosen();
  $("text-empty").hidden = Boolean(file);
  $("text").hidden = !file;
  if (!file) {
    shown = { id: null, report: null, rows: [], made: 0 };
    return;
  }
  const reading = readings.get(file.id), { report, problems = [], busy } = reading ?? {};
  $("text-name").textContent = file.name;
  $("text-status").textContent = busy ? t.reading : "";
  $("text").classList.toggle("busy", Boolean(busy));
  const encoding = $("text-encoding").querySelector("select");
  encoding.value = file.encoding;
  encoding.options[0].textContent = report?.encodings ? `${t["encoding."]} (${report.encodings[0].encoding})` : t["encoding."];
  if (noted.report !== report || noted.problems !== reading?.problems) { // a list that somebody has opened stays open
    noted = { report, problems: reading?.problems };
    const notes = report?.diagnostics.filter((note) => note.severity !== "info" && note.code !== "ZH191") ?? [];
    $("text-problem").replaceChildren(...problems.map(problemLine), ...(notes.length ? [noteList(notes)] : []));
  }
  const plain = report?.original !== undefined;
  $("rules-save").hidden = !plain || !rulesFile(file);
  $("text-encoding").hidden = Boolean(report) && !plain;
  for (const id of ["outline", "changes", "lines"]) $(id).hidden = !report;
  $("bar").hidden = !plain;
  $("no-lines").hidden = !report || plain;
  if (!report) {
    $("lines").replaceChildren();
    shown = { id: file.id, report: null, rows: [], made: 0 };
    $("more-lines").hidden = true;
    return;
  }
  if (shown.report === report && shown.id === file.id) return;
  outline(report);
  kinds(report, file);
  const same = shown.id === file.id;
  const focus = same && $("lines").contains(document.activeElement) ? document.activeElement : null;
  const back = focus && (focus.dataset.name ? `[data-name="${focus.dataset.name}"]` : `#${focus.closest("li").id} ${focus.matches(".alike") ? ".alike" : "select"}`);
  const keep = same ? shown.made : 0;
  shown = { id: file.id, report, rows: plain ? rows(report, file) : blockRows(report), made: 0 };
  const list = $("lines");
  list.style.minHeight = same ? `${list.offsetHeight}px` : ""; // so that the page does not jump
  list.replaceChildren();
  more(Math.max(keep, AT_ONCE));
  list.style.minHeight = "";
  if (back) list.querySelector(back)?.focus({ preventScroll: true });
}

for (const radio of document.querySelectorAll("[name=view]")) {
  radio.addEventListener("change", () => { $("lines").className = `view-${radio.value}`; });
}

function step(by) {
  if (by > 0 && shown.made < shown.rows.length) more(shown.rows.length);
  const all = [...$("lines").querySelectorAll(".change[role]")];
  if (!all.length) return;
  const last = all.indexOf(stepped);
  stepped = all[(last + by + (last < 0 && by < 0 ? 1 : 0) + all.length) % all.length];
  stepped.focus();
  stepped.scrollIntoView({ block: "center" });
}
let stepped = null;
$("lines").addEventListener("focusin", (event) => { if (event.target.matches(".change")) stepped = event.target; });
$("change-next").addEventListener("click", () => step(1));
$("change-previous").addEventListener("click", () => step(-1));

$("text-encoding").addEventListener("change", (event) => {
  const file = chosen();
  // What was decided speaks of places in the text as it was decoded before.
  Object.assign(file, { encoding: event.target.value, accept: [], reject: [], classes: {}, alike: {} });
  emit("decided", file);
});

$("rules-save").addEventListener("click", () => {
  const file = chosen(), dot = file.name.lastIndexOf(".");
  const address = URL.createObjectURL(new Blob([rulesFile(file)], { type: "application/toml" }));
  element("a", { href: address, download: `${dot > 0 ? file.name.slice(0, dot) : file.name}.rules.toml` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
});

on("files selected read decided", show);
