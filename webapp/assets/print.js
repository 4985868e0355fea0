// A button that prints the page; without the script the browser's own menu does it.

/** Shows the button and lets it print. */
export function startPrint (button) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
