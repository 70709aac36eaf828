// Saves what is typed on the server two seconds after the last key; the device's copy is only a bridge until then.
// A form with an empty data-autosave (something that others see already) has only the bridge.
import { wordsOf } from "../device/words.js"

const quiet = 2000, firstRetry = 3000, lastRetry = 60000, patience = 10000

export function start(form) {
  const status = form.querySelector("[data-autosave-status]")
  const [version, draft] = ["version", "draft"].map(name => form.querySelector(`input[data-${name}]`))
  const bridge = wordsOf(form)
  const texts = [...form.elements].filter(field => field.name && field.matches("textarea, input[type=text], input:not([type])"))
  let timer = 0, wait = firstRetry, edits = 0, saved = 0, sending = null, pressed = null, leaving = false

  function say(text) { if (status) status.textContent = text }
  function guard(event) {
    if (!form.isConnected) return
    event.preventDefault()
    event.returnValue = ""
  }
  function later(ms) { clearTimeout(timer); timer = setTimeout(save, ms) }

  function typed(ms) {
    bridge.keep(texts.map(field => [field.name, field.value]))
    edited(ms)
  }

  function edited(ms) {
    edits++
    addEventListener("beforeunload", guard)
    if (form.dataset.autosave) later(ms)
  }

  function settled() {
    clearTimeout(timer)
    saved = edits
    removeEventListener("beforeunload", guard)
  }

  // Another tab or device has other words: whoever writes here decides.
  function offer(newest) {
    if (!status) return
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn sm", textContent: "Keep these words" })
    button.addEventListener("click", () => { version.value = newest; edited(0) })
    status.append(" ", button)
  }

  async function save(keepalive) {
    clearTimeout(timer)
    if (edits === saved || sending || !form.isConnected || !form.dataset.autosave) return
    if (texts.some(field => field.disabled)) return // what waits to be handed in stays as it is, and a form leaves such fields out
    if (form.getAttribute("aria-busy") === "true") return later(quiet) // it is on its way with everything
    const upTo = edits, body = new FormData(form)
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name)
    sending = new AbortController()
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body, keepalive: keepalive === true, signal: sending.signal, headers: { "X-Requested-With": "autosave" }
      })
      const said = await answer.json()
      if (!answer.ok && answer.status !== 409) throw new Error(answer.status)
      saved = upTo
      wait = firstRetry
      say(answer.ok ? said.saved && `Saved ${said.saved}` : said.words ? `${said.message} The other words: “${said.words}”` : said.message)
      if (version && said.version !== undefined) version.value = said.version
      if (version && said.newest) offer(said.newest)
      if (draft && said.draft) draft.value = said.draft
      if (edits !== saved) later(quiet)
      else if (answer.ok) {
        settled()
        if (!keepalive) bridge.keep(null) // the next page may have been made before these words came
      }
      if (answer.ok) form.dispatchEvent(new CustomEvent("saved"))
    } catch (error) {
      if (error.name === "AbortError" || edits === saved) return
      say("Not saved yet. We keep trying.")
      form.dispatchEvent(new CustomEvent("unsaved"))
      later(wait)
      wait = Math.min(wait * 2, lastRetry)
    } finally {
      sending = null
    }
  }

  for (const type of ["input", "change"]) form.addEventListener(type, event => {
    if (event.target.type !== "file") typed(type === "input" ? quiet : 300)
  })
  form.addEventListener("focusout", () => { if (edits !== saved && wait === firstRetry) later(300) })
  addEventListener("pagehide", () => save(true))
  // Whoever turns to another tab may sign out there.
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save() })
  addEventListener("online", () => save())
  form.addEventListener("sent", () => { settled(); bridge.keep(null) })
  // Before anybody else hears of it: a save under way may become a draft that this form must name, or the post would be there twice,
  // or a version that it must have seen. A hand-in counts whatever was saved.
  const mustKnow = draft || version && !("handIn" in form.dataset)
  addEventListener("submit", async event => {
    if (event.target !== form || !sending) return
    if (!mustKnow) return sending.abort()
    event.preventDefault()
    event.stopImmediatePropagation()
    if (leaving) return
    leaving = true
    const until = Date.now() + patience
    while (sending && Date.now() < until) await new Promise(resolve => setTimeout(resolve, 50))
    if (sending) sending.abort()
    leaving = false
    const button = event.submitter || pressed
    button ? button.click() : form.submit()
  }, true)
  form.addEventListener("click", event => { pressed = event.target.closest("button") || pressed })
  // On the document, so that `upload` has had its say. The form carries everything now; a draft after it would be in its way.
  // The bridge stays until a page says that it was taken (see forget-drafts): a session may be over.
  document.addEventListener("submit", event => { if (event.target === form && !event.defaultPrevented) { settled(); bridge.go() } })
  // A link waits the moment that saving takes; only words that cannot be saved make the browser ask.
  document.addEventListener("click", async event => {
    const link = event.target.closest("a[href]")
    if (!link || edits === saved || !form.dataset.autosave || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return
    event.preventDefault()
    while (sending) await new Promise(resolve => setTimeout(resolve, 50))
    await save()
    location.assign(link.href)
  })

  bridge.read().catch(() => []).then(fields => {
    for (const [name, value] of fields) {
      const field = texts.find(one => one.name === name && (one.value === one.defaultValue || one.value === one.dataset.fromDevice) && one.value !== value)
      if (!field) continue
      field.value = value
      edited(300)
      say("Your words from before are here again.")
    }
    // On a slow line people type before this script comes.
    const isTyped = texts.some(field => field.value !== field.defaultValue && !field.disabled)
    if (isTyped || [...form.elements].some(field => field.checked !== field.defaultChecked)) typed(300)
    if (form.querySelector("[aria-invalid=true]")) edited(300) // a refused page shows words that nobody has saved
    if (!edits && fields.length && !document.querySelector(".errors")) bridge.keep(null) // the page shows what was saved
  })
}
