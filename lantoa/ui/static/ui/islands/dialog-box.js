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
