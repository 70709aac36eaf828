// Sends a form with files while showing how far it is: first each file, so that a broken connection costs nothing, then the form
// with their keys. The page that comes back is shown from the same answer: asking a second time would lose the one-time "Posted.".
import { sendFile, Refused } from "../send-file.js"
import { chosen, ready } from "../photo.js"
import { showPage } from "../show-page.js"
import { far, wished } from "../device/in-words.js"

export function start(form) {
  const status = form.querySelector("[data-upload-status]")
  const arrived = new Map() // file → its key, so that trying again sends nothing twice
  let button = null, busy = false

  form.addEventListener("click", event => { button = event.target.closest("button, [type=submit]") || button })
  form.addEventListener("submit", event => {
    if (event.defaultPrevented || !chosen(form).length) return
    event.preventDefault()
    if (!busy) return send()
    // Pressed while files are on their way: the button pressed last is the one that sends them.
    if (isHandIn()) words.textContent = wished({ files: chosen(form) })
  })
  const isHandIn = () => "handIn" in form.dataset && button && !button.hasAttribute("formaction")
  const words = document.createElement("span")
  words.setAttribute("aria-hidden", "true") // the bar says it; a reader should not speak a hundred numbers

  async function send() {
    const bar = Object.assign(document.createElement("progress"), { className: "meter", max: 100, value: 0 })
    bar.setAttribute("aria-label", "Sending")
    say("")
    words.textContent = ""
    if (status) status.append(words, bar)
    wait(true)
    try {
      const { files } = await ready(form, text => { words.textContent = text })
      const all = files.reduce((sum, file) => sum + file.size, 0)
      let before = 0
      for (const file of files) {
        if (!arrived.has(file) && file.size) arrived.set(file, await sendFile(file, (sent, resting, rate) => {
          const share = (before + sent) / all, left = rate ? (all - before - sent) / rate : undefined
          bar.value = share * 100
          const doing = isHandIn() ? wished({ files }) : "Sending"
          words.textContent = resting ? "The connection broke. It goes on by itself as soon as it can." : `${doing}: ${far({ share, left })}`
        }, { place: placeOf(file), to: form.dataset.upload || undefined, about: location.pathname }))
        before += file.size
      }
      words.textContent = "100 %, nearly there …"
      await sendForm(files)
    } catch (problem) {
      say(problem instanceof Refused ? problem.message : "The connection broke. Nothing is lost: try again.")
    } finally {
      wait(false)
    }
  }

  async function sendForm(files) {
    const data = new FormData(form)
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name)
    for (const file of files) file.size ? data.append("Uploads", arrived.get(file)) : data.append("Files", file)
    if (button && button.name) data.append(button.name, button.value)
    const own = button && button.getAttribute("formaction") || form.getAttribute("action") || ""
    const answer = await fetch(new URL(own, location.href), { method: "POST", body: data, headers: { Accept: "text/html" } })
    const html = await answer.text()
    for (const file of files) placeOf(file).set(null)
    say(showPage(answer, html, form, button && "sendFilesButton" in button.dataset && "#work") || "")
  }

  function say(text) { if (status) status.textContent = text }
  function wait(on) {
    busy = on
    if (button) button.disabled = on
    form.setAttribute("aria-busy", on)
    if ("handIn" in form.dataset) on ? addEventListener("beforeunload", asks) : removeEventListener("beforeunload", asks)
  }
  // Nothing else carries a pupil's work from here once the page is gone.
  function asks(event) {
    event.preventDefault()
    event.returnValue = ""
  }
}

// Where a file's upload stands survives a reload.
function placeOf(file) {
  const name = `upload:${document.body.dataset.person}:${file.name}:${file.size}:${file.lastModified}`
  return {
    get() { try { return localStorage.getItem(name) } catch (closed) { return null } },
    set(address) { try { address ? localStorage.setItem(name, address) : localStorage.removeItem(name) } catch (closed) { /* then a reload begins again */ } }
  }
}
