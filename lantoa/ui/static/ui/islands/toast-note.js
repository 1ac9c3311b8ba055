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
