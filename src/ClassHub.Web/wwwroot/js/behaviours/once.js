// A double click hands in once. Disabled only after the browser has read the form: a disabled button is not sent.
export function start(form) {
  const buttons = [...form.querySelectorAll("button:not([type=button]), input[type=submit]")]

  form.addEventListener("submit", event => {
    setTimeout(() => { if (!event.defaultPrevented) for (const button of buttons) button.disabled = true })
    const patience = form.querySelector("[data-patience]")
    if (patience) setTimeout(() => { patience.hidden = false }, 2000)
  })
  // Back from the next page, perhaps out of the browser's memory: usable again.
  addEventListener("pageshow", () => { for (const button of buttons) button.disabled = false })
}
