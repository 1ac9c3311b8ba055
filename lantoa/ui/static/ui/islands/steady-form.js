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
