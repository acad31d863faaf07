// The page in motion. Without this script the form still works: it is posted, and the answer is downloaded.

import { emit, form, $ } from "./core.js";
import "./files.js";
import { restoreFields } from "./options.js";
import "./preview.js";
import "./reading.js";
import { start } from "./runs.js";
import { restore } from "./state.js";
import "./text.js";

document.documentElement.classList.add("js");
form.addEventListener("submit", (event) => {
  event.preventDefault();
  start();
});

await restore();
restoreFields();
for (const name of ["start", "files", "selected"]) emit(name);
$("work").dataset.ready = "yes"; // everything that was kept is back
