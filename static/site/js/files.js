// Files in forms: an area to drop, paste or photograph them; large photographs are made smaller before they are sent.
// Pictures in a row open large. The field itself works without this script.

const LONGEST = 2000; // pixels: more than the library keeps
const WORTH_SHRINKING = 600_000; // bytes

export async function shrunk(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < WORTH_SHRINKING) return file;
  try {
    const image = await createImageBitmap(file); // upright by what the camera noted
    const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    const paper = canvas.getContext("2d");
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return blob && blob.size < file.size ? new File([blob], file.name, { type: blob.type }) : file;
  } catch {
    return file; // what the browser cannot read, the library says why
  }
}

function listed(area, input) {
  const list = area.querySelector(".file-drop-chosen");
  list.replaceChildren(
    ...[...input.files].map((file) => Object.assign(document.createElement("li"), { textContent: file.name })),
  );
}

async function take(area, input, files) {
  const found = [...files];
  if (!found.length) return;
  const kept = new DataTransfer();
  if (input.multiple) for (const file of input.files) kept.items.add(file);
  for (const file of found.slice(0, input.multiple ? undefined : 1)) {
    kept.items.add(await shrunk(file));
    input.files = kept.files;
    listed(area, input); // one after the other: making forty photographs smaller takes a while
  }
  input.dispatchEvent(new Event("files", { bubbles: true }));
}

function button(text, icon, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-secondary" });
  const sign = Object.assign(document.createElement("i"), { className: `bi bi-${icon}` });
  sign.setAttribute("aria-hidden", "true");
  made.append(sign, ` ${text}`);
  made.addEventListener("click", act);
  return made;
}

function chooser(area, input, camera) {
  const choose = document.createElement("input");
  choose.type = "file";
  choose.accept = camera ? "image/jpeg,image/png,image/webp" : input.accept;
  choose.multiple = input.multiple && !camera;
  if (camera) choose.setAttribute("capture", "environment");
  choose.addEventListener("change", () => take(area, input, choose.files));
  choose.click();
}

function drawn(input) {
  const words = document.getElementById("files-words").dataset;
  const area = Object.assign(document.createElement("div"), { className: "file-drop" });
  input.before(area);
  const buttons = Object.assign(document.createElement("div"), { className: "file-drop-buttons" });
  buttons.append(button(words.choose, "folder2-open", () => chooser(area, input, false)));
  if (matchMedia("(pointer: coarse)").matches) {
    buttons.append(button(words.camera, "camera", () => chooser(area, input, true)));
  }
  const hint = Object.assign(document.createElement("p"), { textContent: words.drop });
  const list = Object.assign(document.createElement("ul"), { className: "file-drop-chosen" });
  list.setAttribute("aria-live", "polite");
  area.append(hint, buttons, list);
  input.classList.add("visually-hidden");
  input.tabIndex = -1;
  return area;
}

function listen(area, input) {
  for (const kind of ["dragenter", "dragover"]) {
    area.addEventListener(kind, (event) => {
      event.preventDefault();
      area.classList.add("is-over");
    });
  }
  for (const kind of ["dragleave", "drop"]) area.addEventListener(kind, () => area.classList.remove("is-over"));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    take(area, input, event.dataTransfer.files);
  });
  input.form?.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length) take(area, input, event.clipboardData.files);
  });
}

for (const input of document.querySelectorAll("input[type=file][data-files]")) {
  const area = drawn(input);
  listen(area, input);
  area.dataset.ready = "";
}

// --- pictures that open large -------------------------------------------------------------------------------------

function large(links, at) {
  const dialog = Object.assign(document.createElement("dialog"), { className: "picture-large" });
  const image = document.createElement("img");
  const words = document.getElementById("files-words")?.dataset ?? {};
  const bar = Object.assign(document.createElement("div"), { className: "picture-large-bar" });
  const place = document.createElement("span");
  bar.append(place, button(words.close ?? "×", "x-lg", () => dialog.close()));
  dialog.append(bar, image);
  let now = at;
  const show = () => {
    image.src = links[now].href;
    image.alt = links[now].querySelector("img").alt;
    place.textContent = `${now + 1} / ${links.length}`;
  };
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, PageDown: 1, PageUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    now = (now + step + links.length) % links.length;
    show();
  });
  image.addEventListener("click", () => {
    now = (now + 1) % links.length;
    show();
  });
  dialog.addEventListener("close", () => dialog.remove());
  show();
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-picture]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const links = [...link.closest("[data-gallery]").querySelectorAll("a[data-picture]")];
  large(links, links.indexOf(link));
});
