// The form: what is made, in which formats, with which options; kept with the rest of the page.

import { $, emit, form, on, t } from "./core.js";
import { fileOptions, state } from "./state.js";

const radios = [...document.querySelectorAll("[name=task]")];
export const task = () => radios.find((radio) => radio.checked).value;
export const formats = () => new FormData(form).getAll("to");

export function complain(words, where) {
  $("complaint").textContent = words;
  $("complaint").hidden = !words;
  where?.focus();
}

// An option is sent only if a chosen format has it.
function showOptions() {
  const wanted = formats();
  for (const label of form.querySelectorAll("[data-formats]")) {
    const fits = label.dataset.formats.split(" ").some((name) => wanted.includes(name));
    label.hidden = !fits;
    label.querySelector("[name]").disabled = !fits;
  }
  for (const group of form.querySelectorAll(".options")) group.hidden = ![...group.querySelectorAll("label")].some((label) => !label.hidden);
}

function showTask() {
  const booklet = task() === "booklet";
  document.documentElement.classList.toggle("for-booklet", booklet);
  $("start").textContent = booklet ? t.start_booklet : t.start;
}

// Names and values to send, for these formats alone.
export function given(wanted) {
  const booklet = task() === "booklet";
  const has = (name) => form.querySelector(`[name="${name}"]`).closest("label").dataset.formats.split(" ").some((one) => wanted.includes(one));
  return [...new FormData(form)].filter(([name, value]) => {
    if (value === "" || ["files", "to", "encoding"].includes(name)) return false;
    if (["title", "author", "date"].includes(name)) return booklet;
    return !name.startsWith("option.") || has(name);
  });
}

export function bodyOf(fields, files, options = files.map(fileOptions)) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.append("file_options", JSON.stringify(options));
  for (const file of files) body.append("files", new Blob([file.bytes]), file.name);
  return body;
}

let themeTouched = false;

export function restoreFields() {
  if (!state.fields) return;
  const { values, formats: ticked, task: asked, open, touched } = state.fields;
  for (const radio of radios) radio.checked = radio.value === asked;
  for (const box of form.querySelectorAll("[name=to]")) box.checked = ticked.includes(box.value);
  for (const [name, value] of Object.entries(values)) if (form.elements[name]) form.elements[name].value = value;
  $("more").open = open;
  themeTouched = touched;
}

function changed() {
  showOptions();
  showTask();
  const values = {};
  for (const field of form.querySelectorAll("[name]:not([type=file], [type=checkbox], [type=radio])")) values[field.name] = field.value;
  values.theme = form.elements.theme.value;
  state.fields = { values, formats: formats(), task: task(), open: $("more").open, touched: themeTouched };
  emit("fields");
}

for (const radio of form.elements.theme) radio.addEventListener("change", () => { themeTouched = true; });
for (const radio of radios) {
  radio.addEventListener("change", () => {
    if (!themeTouched) form.elements.theme.value = task() === "booklet" ? "book" : "article";
    changed();
  });
}
form.addEventListener("change", (event) => { if (event.target.name && event.target.type !== "file" && event.target.name !== "view") changed(); });
form.addEventListener("input", (event) => { if (event.target.matches("input[type=text][name]")) changed(); });
$("more").addEventListener("toggle", () => { if (state.fields) changed(); });
on("start", () => { showOptions(); showTask(); });
