// A tile sends what was chosen at once. Its button stays away until it is needed: to try again after a broken connection.
export function start(input) {
  const button = input.form.querySelector("[data-send-files-button]")
  button.hidden = true

  input.addEventListener("change", () => {
    if (!input.files.length) return
    button.hidden = false
    // After the other listeners, so that a file which is too big has been refused by then.
    setTimeout(() => { if (input.validity.valid) button.click() })
  })
}
