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
