// The real pages: what the PDF of the chosen text, or of the volume, would look like.

import { $, detail, later, on, patiently, say, t } from "./core.js";
import { bodyOf, given, task } from "./options.js";
import { readings } from "./reading.js";
import { chosen, fileOptions, state } from "./state.js";

const AT_ONCE = 4; // pages

let pages = new Map(); // number → address of the picture
let key = "", total = 0, current = 1;
let asking = false;

function wanted() {
  const files = task() === "booklet" ? state.files : [chosen()].filter(Boolean);
  const ready = files.length && files.every((file) => {
    const { report, problems } = readings.get(file.id) ?? {};
    return report && !problems.length;
  });
  return ready ? files : null;
}

const keyOf = (files) => JSON.stringify([task(), given(["pdf"]), files.map((file) => [file.id, fileOptions(file)])]);

async function draw() {
  const files = wanted();
  if (!files) {
    key = "";
    return show();
  }
  const asked = keyOf(files);
  if (asking || (asked === key && (pages.has(current) || !total))) return show();
  asking = true;
  if (asked !== key) $("preview").classList.add("busy");
  const fields = [...given(["pdf"]), ["kind", task()], ["first", current], ["count", AT_ONCE]];
  let problem = "";
  try {
    const answer = await patiently("v1/preview", { method: "POST", body: bodyOf(fields, files) });
    const said = await answer.json();
    if (asked !== key) pages = new Map();
    if (answer.ok) {
      const report = said.reports.at(-1);
      total = report.pages ?? 0;
      problem = report.errors.map(detail).join(" ");
      report.outputs.forEach((output) => pages.set(Number(/-(\d+)(?: \(\d+\))?\.png$/.exec(output.name)?.[1]), `data:image/png;base64,${output.base64}`));
      current = Math.min(current, Math.max(1, total));
    } else {
      total = 0;
      problem = (said.errors ?? [said]).map(detail).join(" ");
    }
  } catch {
    total = 0;
    problem = t.unreachable;
  }
  key = asked;
  asking = false;
  $("preview-problem").textContent = problem;
  show();
  draw(); // what was asked for meanwhile
}

function show() {
  const picture = key && pages.get(current);
  $("preview").querySelector("figure").hidden = !picture;
  $("preview-empty").hidden = Boolean(picture) || Boolean(key && $("preview-problem").textContent);
  $("preview-empty").textContent = asking ? t.preview_busy : t.preview_empty;
  $("preview-problem").hidden = !key || !$("preview-problem").textContent;
  $("preview").classList.toggle("busy", asking);
  if (!picture) return;
  const words = say("page", { n: current, all: total });
  if ($("preview-page").src !== picture) $("preview-page").src = picture;
  $("preview-page").alt = words;
  if ($("page-number").textContent !== words) $("page-number").textContent = words;
  $("page-previous").disabled = current <= 1;
  $("page-next").disabled = current >= total;
}

function turn(by) {
  current = Math.min(Math.max(1, current + by), total);
  draw();
}

$("page-previous").addEventListener("click", () => turn(-1));
$("page-next").addEventListener("click", () => turn(1));

const soon = later(draw, 400);
on("read fields files", soon);
on("selected", () => {
  if (task() !== "booklet") current = 1;
  soon();
});
