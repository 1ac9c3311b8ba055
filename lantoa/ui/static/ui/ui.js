{
/**
 * say(text, { n: 5 }): the text in the language of the page, whose head brings the words.
 * The other islands and the pages' own scripts use it: this one runs first.
 */
const words = JSON.parse(document.querySelector("meta[name=words]")?.content ?? "{}");

globalThis.say = (text, given = {}) =>
  (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => given[name]);
}
{
/**
 * A form that stays on its page gets a new command key once its command was answered:
 * the next press is another command. A retry after a failure keeps the key.
 */
const freshKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

const renew = (form) => {
  const key = form?.querySelector?.("input[name=_key]");
  if (key) key.value = freshKey();
};

document.addEventListener("htmx:afterRequest", (event) => {
  // A refusal is an answer too; a broken line or server (0, 5xx) leaves it unknown.
  const status = event.detail.xhr?.status ?? 0;
  if (status && status < 500) renew(event.detail.elt.closest("form"));
});

// Coming back to a page whose forms were sent: whatever is sent now is a new command.
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form").forEach(renew);
});
}
{
/** Copies the text it shows; the button appears only where copying is possible. */
class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const words = button.querySelector("span");
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.onclick = async () => {
      await navigator.clipboard.writeText(this.querySelector("code").textContent);
      words.textContent = button.dataset.copied;
    };
  }
}

customElements.define("copy-text", CopyText);
}
{
/** Opens its dialog as a modal one; without this, the link shows it by :target. */
class DialogBox extends HTMLElement {
  connectedCallback() {
    const dialog = this.querySelector("dialog");
    const opener = this.querySelector("a");
    const open = (event) => {
      event.preventDefault();
      dialog.showModal();
    };
    opener.onclick = open;
    opener.onkeydown = (event) => {
      if (event.key === " ") open(event);
    };
    dialog.onclick = (event) => {
      if (event.target !== dialog && !event.target.closest("[data-close]")) return;
      event.preventDefault();
      dialog.close();
    };
  }
}

customElements.define("dialog-box", DialogBox);
}
{
/**
 * A form that survives a bad line: what was typed stays, the reader is told in words,
 * and the same command with the same key is sent again, so that it is done once.
 */
const PAUSES = [2, 5, 10, 20, 30]; // seconds before each try, the last one repeats

class SteadyForm extends HTMLElement {
  connectedCallback() {
    this.tries = 0;
    this.note = document.createElement("div");
    this.note.className = "steady-note";
    this.note.setAttribute("role", "status");
    this.note.hidden = true;
    this.querySelector("form").append(this.note);
    for (const name of ["htmx:sendError", "htmx:timeout", "htmx:sendAbort"]) {
      this.addEventListener(name, () => this.wait());
    }
    this.addEventListener("htmx:beforeSend", () => clearTimeout(this.timer));
    this.addEventListener("htmx:afterRequest", (event) => {
      const status = event.detail.xhr?.status ?? 0;
      if (status >= 500) this.wait();
      else if (status) this.settle();
    });
    this.online = () => this.waiting && this.send();
    addEventListener("online", this.online);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    removeEventListener("online", this.online);
  }

  wait() {
    const pause = PAUSES[Math.min(this.tries, PAUSES.length - 1)];
    this.tries += 1;
    this.waiting = true;
    this.note.hidden = false;
    this.note.textContent = say(
      "Chưa gửi được vì đường truyền. Nội dung đã nhập vẫn còn; hệ thống sẽ tự gửi lại sau {pause} giây (lần {tries}).",
      { pause, tries: this.tries },
    );
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause * 1000);
  }

  send() {
    clearTimeout(this.timer);
    this.waiting = false;
    this.note.textContent = say("Đang gửi lại…");
    this.querySelector("form").requestSubmit();
  }

  settle() {
    this.tries = 0;
    this.waiting = false;
    this.note.hidden = true;
  }
}

customElements.define("steady-form", SteadyForm);
}
{
/** Light, dark, or as the system has it; kept in a cookie, so that the server knows. */
class ThemeToggle extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.onclick = () => {
      const root = document.documentElement;
      const dark = root.dataset.theme
        ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      document.cookie = `theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
    };
  }
}

customElements.define("theme-toggle", ThemeToggle);
}
{
/** A toast: bad news stays until closed, good news leaves by itself. */
class ToastNote extends HTMLElement {
  connectedCallback() {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "toast__close";
    close.textContent = "✕";
    close.setAttribute("aria-label", say("Đóng thông báo"));
    close.onclick = () => this.remove();
    this.append(close);
    if (this.matches(".toast--good, .toast--success, .toast--info")) {
      this.timer = setTimeout(() => this.remove(), 8000);
    }
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }
}

customElements.define("toast-note", ToastNote);
}
