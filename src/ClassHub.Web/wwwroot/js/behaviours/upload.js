// Sends a form with files while showing how far it is. The page that comes back is shown from the same answer:
// asking for it a second time would lose the one-time "Handed in.".
import { keepTyped } from "../keep-typed.js"

const refusal = "[aria-invalid=true], .errors:not(.validation-summary-valid), .field__error:not(:empty)"

export function start(form) {
  const status = form.querySelector("[data-upload-status]")
  let button = null, busy = false

  form.addEventListener("click", event => { button = event.target.closest("button, [type=submit]") || button })
  form.addEventListener("submit", event => {
    const files = [...form.querySelectorAll("input[type=file]")].some(input => !input.disabled && input.files.length)
    if (event.defaultPrevented || !files) return
    event.preventDefault()
    if (!busy) send()
  })

  function send() {
    const data = new FormData(form)
    if (button && button.name) data.append(button.name, button.value)
    const own = button && button.getAttribute("formaction") || form.getAttribute("action") || ""
    const bar = Object.assign(document.createElement("progress"), { className: "meter", max: 100, value: 0 })
    bar.setAttribute("aria-label", "Sending")
    const words = document.createElement("span")
    words.setAttribute("aria-hidden", "true") // the bar says it; a reader should not speak a hundred numbers
    say("")
    if (status) status.append(words, bar)
    wait(true)

    const request = new XMLHttpRequest()
    request.open("POST", new URL(own, location.href))
    request.upload.onprogress = event => {
      bar.value = event.lengthComputable ? event.loaded / event.total * 100 : 0
      words.textContent = bar.value < 100 ? `Sending, ${Math.round(bar.value)}%` : "Nearly there …"
    }
    request.onload = () => { wait(false); answer(request) }
    request.onerror = () => { wait(false); say("The connection broke. Nothing is lost: try again.") }
    request.send(data)
  }

  function say(text) { if (status) status.textContent = text }
  function wait(on) {
    busy = on
    if (button) button.disabled = on
    form.setAttribute("aria-busy", on)
  }

  function answer({ status: code, responseText, responseURL }) {
    if (code >= 500) return say("Something went wrong at our end. Nothing is lost: try again.")
    const page = new DOMParser().parseFromString(responseText, "text/html")
    const main = page.querySelector("main"), again = page.querySelector("main form[data-upload]")
    if (code >= 400 && !again) return say(main ? main.querySelector("h1, p").textContent : "That did not work. Nothing is lost: try again.")
    if (!main) return location.assign(responseURL)
    if (page.body.dataset.person !== document.body.dataset.person)
      return say("You have been signed out. Nothing is lost: sign in again in another tab, then try again here.")

    const refused = code >= 400 || main.querySelector(refusal)
    if (refused && again) keepTyped(form, again)
    // Told before the swap, so that this form's draft no longer guards a page that is gone.
    form.dispatchEvent(new CustomEvent("sent"))
    document.title = page.title
    if (refused) document.querySelector("main").replaceWith(main)
    else document.body.replaceWith(page.body)
    if (code < 400) history.replaceState(null, "", responseURL)
    document.body.dispatchEvent(new CustomEvent("fragment", { bubbles: true }))

    const first = refused && main.querySelector("[aria-invalid=true]")
    if (!first) main.tabIndex = -1
    scrollTo(0, 0)
    ;(first || main).focus()
  }
}
