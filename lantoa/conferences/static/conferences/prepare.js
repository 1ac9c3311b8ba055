/** The small elements of preparing and concluding a conference. */

// A part of a form that talks to the server by itself: a search, a proposal. Its
// failures are not the form's, so the form must not be sent again for them.
class FormAside extends HTMLElement {
  connectedCallback() {
    for (const name of ["beforeSend", "beforeSwap", "afterRequest", "sendError",
      "sendAbort", "timeout", "responseError"]) {
      this.addEventListener(`htmx:${name}`, (event) => event.stopPropagation());
    }
    const find = this.querySelector("button[name=find]");
    if (find) {
      find.type = "button"; // so that Enter elsewhere sends the form, not the search
      this.querySelector("input[type=search]").addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        find.click();
      });
    }
    if (this.dataset.deadline) this.proposeDay();
  }

  proposeDay() {
    const words = this.querySelector("[name=deadline_text]");
    words.addEventListener("change", () => {
      const due = this.querySelector("[name=due_on]");
      if (due.value || !words.value) return;
      const query = new URLSearchParams({ deadline_text: words.value });
      const address = `${this.dataset.deadline}?${query}`;
      window.htmx.ajax("GET", address, {
        source: words, target: this.querySelector("#due"), swap: "outerHTML", select: "#due",
      });
    });
  }
}

// Many buttons of one form, each press a command of its own.
class FreshKeys extends HTMLElement {
  connectedCallback() {
    this.addEventListener("htmx:configRequest", (event) => {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
      event.detail.headers["Idempotency-Key"] = key;
      this.focused = event.detail.elt.value;
    });
    this.addEventListener("htmx:afterSettle", () => {
      const same = [...this.querySelectorAll("button")].find((b) => b.value === this.focused);
      same?.focus({ preventScroll: true });
    });
  }
}

// Holds a live mark; when the mark changes, the list beside it looks again.
class MovedSignal extends HTMLElement {
  connectedCallback() {
    this.seen = this.firstElementChild?.dataset.digest;
    this.watcher = new MutationObserver(() => {
      const now = this.firstElementChild?.dataset.digest;
      if (now === this.seen) return;
      this.seen = now;
      window.htmx.trigger("#drafts", "moved");
    });
    this.watcher.observe(this, { childList: true, subtree: true, attributes: true });
  }

  disconnectedCallback() {
    this.watcher.disconnect();
  }
}

customElements.define("form-aside", FormAside);
customElements.define("fresh-keys", FreshKeys);
customElements.define("moved-signal", MovedSignal);
