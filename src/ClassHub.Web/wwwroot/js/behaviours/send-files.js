// A tile sends what was chosen at once. Its button stays away until it is needed: to try again after a broken connection.
import { smaller } from "../photo.js"
import { tooMuch } from "../too-much.js"

export function start(input) {
  const button = input.form.querySelector("[data-send-files-button]"), status = input.form.querySelector("[data-upload-status]")
  button.hidden = true

  input.addEventListener("change", async () => {
    // Until the press that chose them is over, or the form takes its button for the one that sends; and file-list.js has added what was chosen before.
    await new Promise(done => setTimeout(done))
    const files = [...input.files], most = Number(input.dataset.maxBytes)
    if (!files.length) return
    const wrong = tooMuch(input, await Promise.all(files.map(file => file.size > most ? smaller(file) : file)))
    if (files.length !== input.files.length || files.some((file, at) => file !== input.files[at])) return // another choice has its own turn
    button.hidden = false
    if (!wrong) return button.click()
    if (input.dataset.fileList) return // which says so, and lets one of them be removed
    // On the device it would wait for a server that never takes it, and whatever is added later with it.
    input.value = ""
    button.hidden = true
    status.textContent = `${wrong} Nothing was added.`
  })
}
