// The page in motion. Without this script the form still works: it is posted, and the answer is downloaded.

import { zip } from "./zip.js";

const $ = (id) => document.getElementById(id);
const t = JSON.parse($("words").textContent);
const form = $("work");
const chinese = document.documentElement.lang.startsWith("zh");
const limits = { mb: Number(form.dataset.uploadMb), files: Number(form.dataset.maxFiles) };
const AT_ONCE = 2; // requests
const NOTES_SHOWN = 200;

let files = []; // what was chosen, in order
let links = []; // object URLs of the last results
let running = null; // the AbortController of a run

document.documentElement.classList.add("js");

const say = (key, values = {}) => t[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const task = () => document.querySelector("[name=task]:checked").value;
const size = (n) => (n < 1e6 ? `${Math.max(1, Math.round(n / 1e3))} KB` : `${(n / 1e6).toFixed(1)} MB`);
const detail = (problem) => (chinese && problem.detail_zh) || problem.detail || t.unreachable;

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// ---- choosing files

function add(more) {
  const known = new Set(files.map((f) => `${f.name}/${f.size}/${f.lastModified}`));
  files.push(...[...more].filter((f) => !known.has(`${f.name}/${f.size}/${f.lastModified}`)));
  complain(files.length > limits.files ? say("too_many", { n: limits.files }) : "");
  files = files.slice(0, limits.files);
  showChosen();
}

function showChosen() {
  const button = (words, sign, className, act) =>
    element("button", { type: "button", title: words, ariaLabel: words, className, textContent: sign, onclick: act });
  const move = (from, to) => {
    if (to < 0 || to >= files.length) return;
    files.splice(to, 0, ...files.splice(from, 1));
    showChosen();
    $("chosen").children[to].querySelector(to < from ? ".up" : ".down").focus();
  };
  $("chosen").replaceChildren(
    ...files.map((file, n) =>
      element(
        "li", {},
        element("span", { className: "name", textContent: file.name }),
        element("small", { textContent: size(file.size) }),
        button(`${t.up}: ${file.name}`, "↑", "move up", () => move(n, n - 1)),
        button(`${t.down}: ${file.name}`, "↓", "move down", () => move(n, n + 1)),
        button(`${t.remove}: ${file.name}`, "×", "remove", () => { files.splice(n, 1); showChosen(); $("files").focus(); }),
      ),
    ),
  );
  $("chosen").hidden = !files.length;
}

$("files").addEventListener("change", (event) => {
  add(event.target.files);
  event.target.value = ""; // the same file can be chosen again
});
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => { event.preventDefault(); $("drop").classList.add("over"); });
}
for (const kind of ["dragleave", "drop"]) {
  document.addEventListener(kind, (event) => { event.preventDefault(); $("drop").classList.remove("over"); });
}
document.addEventListener("drop", (event) => add(event.dataTransfer.files));

let themeTouched = false;
for (const radio of form.elements.theme) radio.addEventListener("change", () => { themeTouched = true; });
for (const radio of document.querySelectorAll("[name=task]")) {
  radio.addEventListener("change", () => {
    $("start").textContent = task() === "booklet" ? t.start_booklet : t.start;
    if (!themeTouched) form.elements.theme.value = task() === "booklet" ? "book" : "article";
    showOptions();
  });
}

// An option is sent only if a chosen format has it.
function showOptions() {
  const formats = new FormData(form).getAll("to");
  for (const label of document.querySelectorAll("[data-formats]")) {
    const fits = label.dataset.formats.split(" ").some((name) => formats.includes(name));
    label.hidden = !fits;
    label.querySelector("[name]").disabled = !fits;
  }
}
for (const box of document.querySelectorAll("[name=to]")) box.addEventListener("change", showOptions);
showOptions();

// ---- the work

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = new FormData(form);
  if (!files.length) return complain(t.no_files, $("files"));
  if (!fields.has("to")) return complain(t.no_formats, form.querySelector("[name=to]"));
  complain("");
  await work(fields, task() === "booklet" ? [files] : files.map((file) => [file]));
});
$("stop").addEventListener("click", () => running?.abort());

async function work(fields, batches) {
  running = new AbortController();
  links.forEach(URL.revokeObjectURL);
  links = [];
  $("start").disabled = true;
  $("stop").hidden = $("results").hidden = $("progress").hidden = false;
  $("all").hidden = true;
  const booklet = task() === "booklet";
  const rows = batches.map((batch) =>
    element("li", { className: "busy" },
      element("span", { className: "name", textContent: booklet ? fields.get("title") || t.booklet : batch[0].name })));
  $("made").replaceChildren(...rows);
  $("results").scrollIntoView({ behavior: "smooth", block: "nearest" });
  $("progress").max = batches.length;
  const outputs = [];
  let done = 0, failed = 0, next = 0;
  const tell = () => {
    $("progress").value = done;
    $("status").textContent = say("working", { done, all: batches.length });
  };
  tell();
  const lane = async () => {
    while (next < batches.length && !running.signal.aborted) {
      const n = next++;
      const reports = await send(fields, batches[n], booklet ? "v1/booklet" : "v1/convert");
      failed += reports.flatMap((report) => report.errors).length;
      outputs.push(...show(rows[n], reports));
      done++;
      tell();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  for (const row of rows) row.classList.remove("busy");
  const made = outputs.length;
  $("status").textContent = running.signal.aborted ? t.stopped : say(failed ? "finished_partly" : "finished", { made, failed });
  $("progress").hidden = $("stop").hidden = true;
  $("start").disabled = false;
  if (made > 1) offerAll(outputs);
  running = null;
}

// What the service says about a batch of files: always a list of reports, each with outputs, diagnostics and errors.
async function send(fields, batch, address) {
  const refused = (errors) => [{ name: "", outputs: [], diagnostics: [], errors }];
  if (batch.reduce((sum, file) => sum + file.size, 0) > limits.mb * 2 ** 20) {
    return refused([{ detail: say("too_large", { mb: limits.mb }) }]);
  }
  const body = new FormData();
  for (const [name, value] of fields) if (name !== "files" && value !== "") body.append(name, value);
  if (address === "v1/convert") for (const name of ["title", "author", "date"]) body.delete(name);
  for (const file of batch) body.append("files", file, file.name);
  for (;;) {
    try {
      const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, signal: running.signal });
      if (answer.status === 429) {
        $("status").textContent = t.waiting;
        await new Promise((resume) => setTimeout(resume, 1000 * Number(answer.headers.get("Retry-After") ?? 5)));
        continue;
      }
      const said = await answer.json();
      return answer.ok ? said.reports : refused(said.errors ?? [said]);
    } catch (error) {
      return refused([{ detail: running.signal.aborted ? t.stopped : t.unreachable }]);
    }
  }
}

// ---- results

function show(row, reports) {
  row.classList.remove("busy");
  const outputs = reports.flatMap((report) => report.outputs).map((output) => ({
    ...output,
    bytes: Uint8Array.from(atob(output.base64), (character) => character.charCodeAt(0)),
  }));
  const title = reports.at(-1).title;
  if (title) row.append(element("div", { className: "title", textContent: title }));
  if (outputs.length) row.append(element("div", { className: "downloads" }, ...outputs.map(download)));
  for (const error of reports.flatMap((report) => report.errors)) {
    const where = error.source && error.source !== row.querySelector(".name").textContent ? `${error.source}: ` : "";
    row.append(element("p", { className: "problem", textContent: where + detail(error) }));
  }
  const notes = reports.flatMap((report) => report.diagnostics);
  if (notes.length) row.append(noteList(notes));
  return outputs;
}

function link(blob, name) {
  const href = URL.createObjectURL(blob);
  links.push(href);
  return { href, download: name };
}

function download(output) {
  const ending = output.name.slice(output.name.lastIndexOf(".") + 1).toUpperCase();
  return element("a",
    { className: "download", ...link(new Blob([output.bytes], { type: output.media_type }), output.name), title: output.name, ariaLabel: `${t.download}: ${output.name}` },
    ending, element("small", { textContent: size(output.bytes.length) }));
}

function noteList(notes) {
  const items = notes.slice(0, NOTES_SHOWN).map((note) => {
    const where = note.line ? `${say("note_line", { line: note.line })}: ` : "";
    const item = element("li", { className: note.severity }, where, (chinese && note.message_zh) || note.message);
    if (note.before !== undefined) {
      item.append(" ", element("del", { textContent: note.before }), " → ", element("ins", { textContent: note.after || "∅" }));
    }
    return item;
  });
  if (notes.length > NOTES_SHOWN) items.push(element("li", { textContent: say("note_more", { n: notes.length - NOTES_SHOWN }) }));
  return element("details", { className: "notes" },
    element("summary", { textContent: say("notes", { n: notes.length }) }), element("ul", {}, ...items));
}

function offerAll(outputs) {
  const taken = new Set();
  const entries = outputs.map(({ name, bytes }) => {
    const dot = name.lastIndexOf(".");
    let free = name;
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name.slice(0, dot)} (${n})${name.slice(dot)}`;
    taken.add(free.toLowerCase());
    return { name: free, bytes };
  });
  Object.assign($("all"), link(zip(entries), "converted.zip"), { hidden: false });
}

function complain(words, where) {
  $("complaint").textContent = words;
  $("complaint").hidden = !words;
  where?.focus();
}
