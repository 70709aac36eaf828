// Sends a form with files while showing how far it is: first each file, so that a broken connection costs nothing, then the form
// with their keys. The page that comes back is shown from the same answer: asking a second time would lose the one-time "Handed in.".
import { keepTyped } from "../keep-typed.js"
import { sendFile, Refused } from "../send-file.js"

const refusal = "[aria-invalid=true], .errors:not(.validation-summary-valid), .field__error:not(:empty)"

export function start(form) {
  const status = form.querySelector("[data-upload-status]")
  const arrived = new Map() // file → its key, so that trying again sends nothing twice
  let button = null, busy = false

  form.addEventListener("click", event => { button = event.target.closest("button, [type=submit]") || button })
  form.addEventListener("submit", event => {
    const files = chosen()
    if (event.defaultPrevented || !files.length) return
    event.preventDefault()
    if (!busy) send(files)
  })

  function chosen() {
    return [...form.querySelectorAll("input[type=file]")].filter(input => !input.disabled).flatMap(input => [...input.files])
  }

  async function send(files) {
    const bar = Object.assign(document.createElement("progress"), { className: "meter", max: 100, value: 0 })
    bar.setAttribute("aria-label", "Sending")
    const words = document.createElement("span")
    words.setAttribute("aria-hidden", "true") // the bar says it; a reader should not speak a hundred numbers
    say("")
    if (status) status.append(words, bar)
    wait(true)
    try {
      const all = files.reduce((sum, file) => sum + file.size, 0)
      let before = 0
      for (const file of files) {
        if (!arrived.has(file) && file.size) arrived.set(file, await sendFile(file, (sent, waiting) => {
          bar.value = (before + sent) / all * 100
          words.textContent = waiting ? "The connection broke. It goes on by itself as soon as it can." : `Sending, ${Math.round(bar.value)}%`
        }))
        before += file.size
      }
      words.textContent = "Nearly there …"
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
    show(answer, await answer.text())
  }

  function say(text) { if (status) status.textContent = text }
  function wait(on) {
    busy = on
    if (button) button.disabled = on
    form.setAttribute("aria-busy", on)
  }

  function show({ status: code, url }, html) {
    if (code >= 500) return say("Something went wrong at our end. Nothing is lost: try again.")
    const page = new DOMParser().parseFromString(html, "text/html")
    const main = page.querySelector("main"), again = page.querySelector("main form[data-upload]")
    if (code >= 400 && !again) return say(main ? main.querySelector("h1, p").textContent : "That did not work. Nothing is lost: try again.")
    if (!main) return location.assign(url)
    if (page.body.dataset.person !== document.body.dataset.person)
      return say("You have been signed out. Nothing is lost: sign in again in another tab, then try again here.")

    const refused = code >= 400 || main.querySelector(refusal)
    if (refused && again) keepTyped(form, again)
    // Told before the swap, so that this form's draft no longer guards a page that is gone.
    form.dispatchEvent(new CustomEvent("sent"))
    document.title = page.title
    if (refused) document.querySelector("main").replaceWith(main)
    else document.body.replaceWith(page.body)
    if (code < 400) history.replaceState(null, "", url)
    document.body.dispatchEvent(new CustomEvent("fragment", { bubbles: true }))

    const first = refused && main.querySelector(".errors, [aria-invalid=true]")
    const place = !refused && button && "sendFilesButton" in button.dataset && main.querySelector("#work")
    if (place) return stay(place, main)
    if (!first) main.tabIndex = -1
    scrollTo(0, 0)
    ;(first || main).focus()
  }

  // Whoever adds one photo after the other stays where they are, and hears there what was said at the top.
  function stay(place, main) {
    const told = main.querySelector(".flash .grow"), there = place.querySelector("[data-upload-status]")
    if (told && there) there.textContent = told.textContent
    place.tabIndex = -1
    place.scrollIntoView()
    place.focus({ preventScroll: true })
  }
}
