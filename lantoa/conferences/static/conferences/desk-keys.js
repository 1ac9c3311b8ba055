// <desk-keys>: single keys press the console's buttons, never while something is typed.
// They can be switched off; the choice is kept in this browser.
const KEPT = "desk-keys";
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open] *";

class DeskKeys extends HTMLElement {
  connectedCallback() {
    this.switch = this.querySelector("[data-keys-switch]");
    this.switch.checked = localStorage.getItem(KEPT) !== "off";
    this.switch.onchange = () => {
      localStorage.setItem(KEPT, this.switch.checked ? "on" : "off");
      this.mark();
    };
    this.mark();
    this.listen = (event) => this.press(event);
    document.addEventListener("keydown", this.listen);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
  }

  mark() {
    document.documentElement.toggleAttribute("data-keys-off", !this.switch.checked);
  }

  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (!this.switch.checked || event.target.closest(TYPING)) return;
    if (event.key === "?") {
      const help = this.querySelector("details");
      help.open = true;
      help.querySelector("summary").focus();
      return;
    }
    const key = CSS.escape(event.key.toLowerCase());
    const levers = document.querySelectorAll(`[data-key="${key}"]:not(:disabled)`);
    const lever = [...levers].find((each) => each.checkVisibility?.() ?? each.offsetParent);
    if (!lever) return;
    event.preventDefault();
    lever.focus({ preventScroll: true });
    lever.click();
  }
}

customElements.define("desk-keys", DeskKeys);
