// The files: dropped, chosen or pasted, and put in order.

import { $, announce, element, emit, limits, newId, on, problemLine, say, signButton, size, t } from "./core.js";
import { dropFile, forgetAll, keepFile, select, state } from "./state.js";
import { readings } from "./reading.js";
import { complain } from "./options.js";

const MOST = limits.mb * 2 ** 20;
export const tooLarge = (file) => file.size > MOST;

function freeName(name) {
  const taken = new Set(state.files.map((file) => file.name));
  const dot = name.lastIndexOf(".") > 0 ? name.lastIndexOf(".") : name.length;
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name.slice(0, dot)} (${n})${name.slice(dot)}`;
  return free;
}

export async function add(list) {
  const known = new Set(state.files.map((file) => file.stamp));
  const stamped = [...list].map((file) => [file, `${file.name}/${file.size}/${file.lastModified}`]);
  const fresh = stamped.filter(([, stamp]) => !known.has(stamp));
  const room = limits.files - state.files.length;
  complain(fresh.length > room ? say("too_many", { n: limits.files }) : "");
  const read = await Promise.all(fresh.slice(0, room).map(async ([file, stamp]) => ({
    id: newId(), name: file.name, size: file.size, stamp, encoding: "", skip: [], accept: [], reject: [], classes: {}, alike: {},
    bytes: tooLarge(file) ? new ArrayBuffer(0) : await file.arrayBuffer(), // what is never sent need not be read
  })));
  for (const file of read) {
    file.name = freeName(file.name);
    state.files.push(file);
    keepFile(file);
  }
  if (!read.length) return;
  emit("files");
  select(read[0]);
}

function addPasted(text) {
  if (!text.trim()) return;
  const first = text.trim().split(/\r?\n/, 1)[0].replace(/[\\/:*?"<>|\s]+/g, " ").trim();
  add([new File([text], `${Array.from(first).slice(0, 30).join("") || t.pasted}.txt`, { type: "text/plain" })]);
}

function move(file, to) {
  const from = state.files.indexOf(file);
  if (to < 0 || to >= state.files.length || to === from) return;
  state.files.splice(to, 0, ...state.files.splice(from, 1));
  emit("files");
  announce(say("moved", { name: file.name, n: to + 1, all: state.files.length }));
}

function remove(file) {
  const at = state.files.indexOf(file);
  state.files.splice(at, 1);
  dropFile(file);
  emit("files");
  announce(say("removed", { name: file.name }));
  if (state.selected === file.id) select(state.files[Math.min(at, state.files.length - 1)]);
  ($("chosen").children[Math.min(at, state.files.length - 1)]?.querySelector(".remove") ?? $("files")).focus();
}

function moving(file, by, className) {
  move(file, state.files.indexOf(file) + by);
  row(file)?.querySelector(className).focus();
}

const row = (file) => $("chosen").querySelector(`[data-id="${file.id}"]`);

function shown(file) {
  const handle = signButton(say("move", file), "⠿", "handle", () => {});
  handle.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    moving(file, by, ".handle");
  });
  const name = element("button", { type: "button", className: "name", textContent: file.name, onclick: () => select(file) });
  if (file.id === state.selected) name.setAttribute("aria-current", "true");
  const item = element("li", { draggable: true, data: { id: file.id } },
    handle,
    element("span", { className: "what" }, name, element("small", { textContent: said(file) })),
    signButton(say("up", file), "↑", "up", () => moving(file, -1, ".up")),
    signButton(say("down", file), "↓", "down", () => moving(file, 1, ".down")),
    signButton(say("remove", file), "×", "remove", () => remove(file)),
    ...problems(file).map(problemLine));
  item.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/x-file-id", file.id);
    event.dataTransfer.effectAllowed = "move";
    item.classList.add("dragged");
  });
  item.addEventListener("dragend", () => item.classList.remove("dragged"));
  handle.addEventListener("pointerdown", (event) => { if (event.pointerType !== "mouse") drag(item, file, event.pointerId); });
  return item;
}

// By finger or pen, which know no drag and drop of their own: the handle takes the file along until it is let go.
function drag(item, file, finger) {
  const stop = new AbortController(); // the handle moves about in the page, which then hears nothing: the page itself does
  const hear = (kind, act) => document.addEventListener(kind, (event) => { if (event.pointerId === finger) act(event); }, { signal: stop.signal });
  const end = (to) => {
    stop.abort();
    item.classList.remove("dragged");
    if (to >= 0) move(file, to);
    showAll();
  };
  item.draggable = false; // or a long press would begin the browser's own
  item.classList.add("dragged");
  hear("pointermove", ({ clientX, clientY }) => {
    over(item, document.elementFromPoint(clientX, clientY)?.closest("#chosen > li"), clientY);
    item.scrollIntoView({ block: "nearest", behavior: "instant" });
  });
  hear("pointerup", () => end([...$("chosen").children].indexOf(item)));
  hear("pointercancel", () => end(-1));
}

// Puts what is dragged before or after what it is over.
function over(dragged, other, y) {
  if (!other || other === dragged) return;
  const { top, height } = other.getBoundingClientRect();
  other[y < top + height / 2 ? "before" : "after"](dragged);
}

function said(file) {
  const { report, busy } = readings.get(file.id) ?? {};
  if (!report) return busy ? `${size(file.size)} · ${t.reading}` : size(file.size);
  const made = report.edits.filter((edit) => edit.applied).length;
  return `${size(file.size)} · ${made ? say("n_changes", { n: made }) : t.no_changes}`;
}

const problems = (file) => (tooLarge(file) ? [say("too_large", limits)] : readings.get(file.id)?.problems ?? []);

function showAll() {
  if ($("chosen").querySelector(".dragged")) return; // what is being held stays; it is shown when it is let go
  const within = $("chosen").contains(document.activeElement) ? document.activeElement : null;
  const id = within?.closest("li").dataset.id;
  $("chosen").replaceChildren(...state.files.map(shown));
  if (id) $("chosen").querySelector(`[data-id="${id}"] .${within.classList[0]}`)?.focus();
  $("chosen").hidden = $("under").hidden = !state.files.length;
}

// ---- what people do

$("files").addEventListener("change", async (event) => {
  const list = [...event.target.files];
  event.target.value = ""; // the same file can be chosen again
  await add(list);
});
const brings = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => { if (brings(event)) { event.preventDefault(); $("drop").classList.add("over"); } });
}
for (const kind of ["dragleave", "drop"]) {
  document.addEventListener(kind, (event) => { if (brings(event)) { event.preventDefault(); $("drop").classList.remove("over"); } });
}
document.addEventListener("drop", (event) => { if (brings(event)) add(event.dataTransfer.files); });
$("chosen").addEventListener("dragover", (event) => {
  const dragged = $("chosen").querySelector(".dragged");
  if (!dragged) return;
  event.preventDefault();
  over(dragged, event.target.closest("li"), event.clientY);
});
$("chosen").addEventListener("drop", (event) => {
  const id = event.dataTransfer.getData("text/x-file-id");
  if (!id) return;
  event.preventDefault();
  move(state.files.find((file) => file.id === id), [...$("chosen").children].findIndex((item) => item.dataset.id === id));
});
document.addEventListener("dragend", () => { if ($("chosen").children.length) showAll(); }); // dropped elsewhere: as it was

$("paste-add").addEventListener("click", () => {
  addPasted($("pasted").value);
  $("pasted").value = "";
  $("paste").open = false;
  $("paste").querySelector("summary").focus();
});
document.addEventListener("paste", (event) => {
  if (event.target.closest?.("input, textarea")) return;
  if (event.clipboardData.files.length) add(event.clipboardData.files);
  else addPasted(event.clipboardData.getData("text/plain"));
});
$("clear").addEventListener("click", async () => {
  if (!confirm(t.clear_sure)) return;
  emit("clear");
  await forgetAll();
  emit("files");
  select(null);
  $("files").focus();
});

on("files selected read", showAll);
