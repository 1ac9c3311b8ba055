/**
 * Around a report's form: shrinks a photo before it is sent, says how long sending takes and
 * how far it is, keeps the note when the phone closes the page. Without it: a plain form.
 */
const ENOUGH = 300 * 1024; // bytes; 40 seconds on a line of 64 kbit/s
const EDGES = [1600, 1200, 900]; // pixels of the longer edge, tried in turn
const QUALITIES = [0.82, 0.7, 0.55];
const SLOW_LINE = 64_000 / 8; // bytes per second

const drawn = (picture, edge) => {
  const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
};

const jpeg = (canvas, quality) => new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

async function shrunk(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  let least = null;
  for (const edge of EDGES) {
    const canvas = drawn(picture, edge);
    for (const quality of QUALITIES) {
      const blob = await jpeg(canvas, quality);
      if (blob && (!least || blob.size < least.size)) least = blob;
      if (least && least.size <= ENOUGH) break;
    }
    if (least && least.size <= ENOUGH) break;
  }
  picture.close();
  if (!least || least.size >= file.size) return null;
  const name = `${file.name.replace(/\.[^.]*$/, "")}.jpg`;
  return new File([least], name, { type: "image/jpeg", lastModified: file.lastModified });
}

const size = (bytes) =>
  bytes < 1024 * 1024
    ? say("{n} KB", { n: Math.ceil(bytes / 1024) })
    : say("{n} MB", { n: (bytes / 1024 / 1024).toFixed(1).replace(".", ",") });

class EvidencePhoto extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.words = this.querySelector("textarea");
    this.note = document.createElement("div");
    this.note.className = "photo-note";
    this.note.setAttribute("role", "status");
    this.input.closest(".field").append(this.note);
    this.input.addEventListener("change", () => this.chosen());
    this.addEventListener("htmx:xhr:progress", (event) => this.sending(event.detail));
    this.addEventListener("htmx:afterRequest", (event) => this.answered(event.detail));
    this.keepDraft();
  }

  async chosen() {
    const [file] = this.input.files;
    if (!file) return this.tell("");
    if (!file.type.startsWith("image/") || file.size <= ENOUGH) return this.tellSize(file);
    const button = this.querySelector(".form__foot button");
    button.disabled = true;
    this.tell(say("Đang thu nhỏ ảnh…"));
    const small = await shrunk(file).catch(() => null); // not every phone can
    button.disabled = false;
    if (this.input.files[0] !== file) return undefined; // chosen again meanwhile
    if (!small) return this.tellSize(file);
    this.put(small);
    this.tell(say("Ảnh {before} đã thu nhỏ còn {after}.", { before: size(file.size), after: size(small.size) }));
    const original = document.createElement("button");
    original.type = "button";
    original.className = "button button--quiet button--small";
    original.textContent = say("Gửi ảnh gốc");
    original.addEventListener("click", () => {
      this.put(file);
      this.tellSize(file);
    });
    this.note.append(original);
    return undefined;
  }

  put(file) {
    const held = new DataTransfer();
    held.items.add(file);
    this.input.files = held.files;
  }

  tell(text) {
    this.note.textContent = text;
  }

  tellSize(file) {
    const minutes = Math.ceil(file.size / SLOW_LINE / 60);
    this.tell(say("{size}; đường truyền yếu cần khoảng {n} phút để gửi.", { size: size(file.size), n: minutes }));
  }

  sending({ loaded, total }) {
    if (!total || !this.input.files.length) return;
    this.tell(say("Đã gửi {n}%", { n: Math.floor((100 * loaded) / total) }));
    const bar = document.createElement("progress");
    Object.assign(bar, { max: total, value: loaded });
    this.note.append(bar);
  }

  keepDraft() {
    try {
      const kept = sessionStorage.getItem(this.dataset.draft);
      if (kept && !this.words.value) this.words.value = kept;
      this.words.addEventListener("input", () => sessionStorage.setItem(this.dataset.draft, this.words.value));
    } catch { /* a browser that keeps nothing */ }
  }

  answered({ xhr }) {
    if (xhr?.status !== 204) return;
    try { sessionStorage.removeItem(this.dataset.draft); } catch { /* nothing kept */ }
  }
}

customElements.define("evidence-photo", EvidencePhoto);
