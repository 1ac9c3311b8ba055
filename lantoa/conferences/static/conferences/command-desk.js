// <command-desk>: sends the forms inside it in the background, each command once.
//
// Its live buttons stand in fragments that hold neither token nor key: they name the
// page's one form (form="lenh") and their own address (formaction). What is said gets
// its key when it is first sent and keeps it until it is answered, also over retries.
const PAUSES = [1, 2, 4, 8, 8]; // seconds before each new try

const freshKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

function toast(words, tone) {
  const note = document.createElement("toast-note");
  note.className = `toast toast--${tone}`;
  if (tone === "bad") note.setAttribute("role", "alert");
  note.append(Object.assign(document.createElement("span"), { textContent: words }));
  document.getElementById("toasts").append(note);
  return note;
}

class CommandDesk extends HTMLElement {
  keys = new Map(); // what is said → its key
  busy = new Set();

  connectedCallback() {
    this.addEventListener("submit", (event) => this.press(event));
    this.addEventListener("live:fragment", (event) => this.keepPlace(event.target));
  }

  // A pressed button may be gone with its fragment: the focus stays where it stood.
  keepPlace(fragment) {
    if (fragment.id !== this.place || document.activeElement !== document.body) return;
    fragment.tabIndex = -1;
    fragment.focus({ preventScroll: true });
  }

  press(event) {
    const { target: form, submitter } = event;
    event.preventDefault();
    const question = submitter?.dataset.confirm;
    if (question && !window.confirm(question)) return;
    this.place = submitter?.closest("[data-digest]")?.id;
    const address = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
    const body = new URLSearchParams(new FormData(form));
    if (submitter?.name) body.set(submitter.name, submitter.value);
    body.delete("_key");
    this.send(form, submitter, address, body);
  }

  async send(form, submitter, address, body) {
    const said = `${address}?${body}`;
    if (this.busy.has(said)) return;
    this.busy.add(said);
    if (!this.keys.has(said)) this.keys.set(said, freshKey());
    submitter?.setAttribute("aria-busy", "true");
    try {
      const answer = await this.deliver(address, body, this.keys.get(said));
      this.keys.delete(said);
      await this.settle(form, answer);
    } catch {
      toast(say("Chưa gửi được vì đường truyền. Hãy bấm lại; lệnh chỉ được thực hiện một lần."), "bad");
    } finally {
      this.busy.delete(said);
      submitter?.removeAttribute("aria-busy");
    }
  }

  // Resolves with the first answer; a broken line or server is tried again.
  async deliver(address, body, key) {
    let note;
    for (const pause of [...PAUSES, null]) {
      const headers = { "HX-Request": "true", "Idempotency-Key": key };
      const answer = await fetch(address, { method: "POST", body, headers }).catch(() => null);
      if (answer && answer.status < 500) {
        note?.remove();
        return answer;
      }
      note ??= toast(say("Đường truyền yếu, đang gửi lại…"), "info");
      if (pause) await wait(pause);
    }
    note.remove();
    throw new Error("not delivered");
  }

  async settle(form, answer) {
    const text = await answer.text();
    if (answer.ok) {
      if (form.dataset.done) toast(form.dataset.done, "good");
      if (form.hasAttribute("data-reset")) form.reset();
      form.dispatchEvent(new CustomEvent("desk:done", { bubbles: true }));
    } else if (text.includes("<toast-note")) {
      document.getElementById("toasts").insertAdjacentHTML("beforeend", text);
    } else {
      const words = answer.headers.get("Content-Type")?.startsWith("text/plain") && text;
      toast(words || say("Chưa thực hiện được. Hãy tải lại trang rồi thử lại."), "bad");
    }
  }
}

customElements.define("command-desk", CommandDesk);
