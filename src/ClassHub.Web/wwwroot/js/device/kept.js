// A page that came from the device says from when it is, and turns into the fresher one when that arrives.
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" })
const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" })

export function show(keptAt) {
  const at = new Date(keptAt)
  const when = at.toDateString() === new Date().toDateString() ? time.format(at) : `${day.format(at)}, ${time.format(at)}`
  const note = Object.assign(document.createElement("p"), { className: "note no-print kept" })
  note.setAttribute("role", "status")
  note.textContent = `From this device, as it was at ${when}.`
  document.querySelector("main").prepend(note)
  let touched = false
  addEventListener("input", () => { touched = true }, { once: true })

  navigator.serviceWorker.addEventListener("message", event => { if (event.data.fresher === address()) become(event.data.html) })
  navigator.serviceWorker.startMessages()
  // The fresher page may have come before this script ran.
  if (navigator.serviceWorker.controller) navigator.serviceWorker.controller.postMessage({ fresher: address() })

  function become(html) {
    if (!note.isConnected) return
    if (touched || document.querySelector("[data-recording]")) return offer(note)
    const page = new DOMParser().parseFromString(html, "text/html")
    if (page.body.dataset.person !== document.body.dataset.person) return location.reload()
    document.title = page.title
    document.body.replaceWith(page.body)
    document.body.dispatchEvent(new CustomEvent("fragment", { bubbles: true }))
  }
}

const address = () => location.href.split("#")[0]

function offer(note) {
  const link = Object.assign(document.createElement("a"), { href: location.href, textContent: "Show the newest" })
  note.append(" ", link)
}
