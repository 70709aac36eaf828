// A print button is a promise only where there is a script to keep it.
export function start(button) {
  button.hidden = false
  button.addEventListener("click", () => window.print())
}
