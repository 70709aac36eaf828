// Whoever signs out leaves nothing that the next person could hear or read: it goes before the form does. On a shared device, where nobody
// else can send what waits, they are asked first.
import { dropUnsealed } from "../recording/slices.js"
import { countOf, all } from "../device/waiting.js"
import { takeUp } from "../device/words.js"
import { sendAll } from "../device/sending.js"
import { me } from "../device/me.js"
import { leave } from "../leaving.js"

const patience = 5000

export function start(form) {
  const person = Number(document.body.dataset.person), note = form.querySelector("[data-unsent]"), button = form.querySelector("button")
  let isAsked = document.body.dataset.device !== "shared"

  form.addEventListener("submit", async event => {
    event.preventDefault()
    if (!isAsked && await unsent()) {
      isAsked = true
      note.hidden = false
      button.disabled = false
      button.lastChild.textContent = "Sign out all the same"
      return note.focus()
    }
    leave()
    await dropUnsealed().catch(() => {})
    form.submit()
  })

  // What can go goes now.
  async function unsent() {
    const count = () => countOf(person).catch(() => 0)
    if (!await count()) return 0
    await Promise.race([send().catch(() => {}), new Promise(done => setTimeout(done, patience))])
    return count()
  }

  async function send() {
    const mine = await me(person)
    if (!mine) return
    await takeUp(mine, (await all(mine)).words)
    await sendAll()
  }
}
