// Records a voice, the camera or the screen and puts the file where a chosen one would be: from there it goes as any other.
// Nothing goes there before the person has pressed "Use this"; what was recorded when a tab died is offered again.
import { able, canBeHere, clock, inWords, kinds, nameOf, problemInWords, streamFor, typeFor } from "../recording/kinds.js"
import { meter } from "../recording/meter.js"
import { faceOf, follow, holdBack, onceSent } from "../recording/face.js"
import { record } from "../recording/session.js"
import { drop, keep, left, used } from "../recording/slices.js"
import { showParts } from "../recording/parts.js"
import { mayShrink } from "../photo.js"
import { tooMuch } from "../too-much.js"

const tick = 100, least = 5000, mostKept = 60 * 1024 * 1024

export async function start(root) {
  const target = document.querySelector(root.dataset.recorder), form = target && target.form
  if (!able || !form) return
  const place = root.dataset.place || form.dataset.handIn || location.pathname, face = faceOf(root), { find, say, complain, focusOn } = face
  let parts = [], session = null, kind = "voice", isFound = false, timer = 0
  const show = state => face.show(state, isFound)
  const limit = () => Number(kind === "voice" ? root.dataset.voice : root.dataset.moving) * 1000 - lengthOf(parts)

  for (const one of root.querySelectorAll("[data-kind]")) one.hidden = !canBeHere(one.dataset.kind)
  root.hidden = false
  show("idle")
  holdBack(form, root, () => {
    complain(session ? "You are still recording. Stop first, then use it or discard it." : "What you recorded is not added yet. Use it or discard it first.")
    root.scrollIntoView({ block: "center" })
    focusOn(session ? "stop" : "use")
  })

  async function begin(before) {
    complain("")
    show("asking")
    const stream = await streamFor(kind).catch(failed)
    if (!stream) return
    await drop(parts.filter(part => !before.includes(part)).map(part => part.id)).catch(() => {})
    parts = before
    isFound = false
    const words = { place, group: parts.length ? parts[0].group : Date.now(), kind, type: typeFor(kind), part: parts.length, at: Date.now() }
    const kept = await keep(words).catch(full => ({ id: "", add: () => Promise.reject(full) }))
    const noRoom = () => complain("This device has no room to keep it while you record. Do not close this page before you have used it.")
    const ear = meter(stream)
    function ended(blob, ms) {
      clearInterval(timer)
      ear.end()
      removeEventListener("beforeunload", guard)
      session = find("live").srcObject = null
      if (blob.size) parts = [...parts, { ...words, id: kept.id, blob, ms, type: blob.type || words.type }]
      if (root.isConnected) review(false)
    }
    try {
      session = record(stream, { type: words.type, bits: kinds[kind].bits, slice: (blob, ms) => kept.add(blob, ms).catch(noRoom), ended })
    } catch (problem) {
      for (const track of stream.getTracks()) track.stop()
      return failed(problem)
    }
    addEventListener("beforeunload", guard)
    find("live").hidden = kind === "voice"
    if (kind !== "voice") {
      find("live").srcObject = stream
      find("live").play().catch(() => {})
    }
    const paint = follow({ root, find, say }, session, ear, limit())
    paint() // before it is seen, for it still shows the clock of the recording before
    show("recording")
    focusOn("stop")
    say(`Recording. At most ${inWords(limit())}.`)
    timer = setInterval(paint, tick)
  }

  function failed(problem) {
    review(isFound)
    complain(problemInWords(problem, kind))
  }

  function review(found) {
    isFound = found
    if (!parts.length) return show("idle")
    kind = kinds[parts[parts.length - 1].kind] ? parts[parts.length - 1].kind : "voice"
    const all = lengthOf(parts)
    find("title").textContent = found ? `You were recording here (${clock(all)}).` : `${clock(all)} recorded`
    showParts(find("parts"), parts)
    show("review")
    root.querySelector("[data-do=carry]").hidden = !found || limit() < least || parts[0].kind === "film"
    if (parts[0].kind === "film") root.querySelector("[data-do=again]").hidden = true
    if (found) return
    focusOn("use")
    say(`Stopped after ${inWords(all)}. Listen or look, then use it, record again or discard it.`)
  }

  function done(words) {
    parts = []
    isFound = false
    show("idle")
    focusOn(kind)
    say(words)
  }

  async function discard() {
    const gone = parts.map(part => part.id)
    done("Discarded.")
    form.dispatchEvent(new CustomEvent("recorded"))
    await drop(gone).catch(() => {})
  }

  async function use() {
    say("")
    complain("")
    while (form.getAttribute("aria-busy") === "true") await new Promise(next => setTimeout(next, 200)) // what is on its way goes first
    if (!parts.length) return
    const names = parts.map((part, index) => part.name || nameOf(part.kind, part.type, new Date(part.at), parts.length > 1 && index + 1))
    const made = parts.map((part, index) => new File([part.blob], names[index], { type: part.type.split(";")[0] })), all = [...target.multiple ? target.files : [], ...made]
    // Here it can still be seen, kept and made shorter: a film of a phone's own camera may be nowhere else.
    const wrong = tooMuch(target, all.map(file => mayShrink(file) ? { size: 0 } : file))
    if (wrong) return complain(wrong)
    const files = new DataTransfer()
    for (const file of all) files.items.add(file)
    target.files = files.files
    const ids = parts.map(part => part.id)
    form.addEventListener("kept", () => drop(ids).catch(() => {}), { once: true }) // see hand-in.js
    onceSent(form, () => used(ids))
    const title = root.dataset.names && document.querySelector(root.dataset.names)
    if (title && !title.value.trim()) {
      title.value = root.dataset.namesWords
      title.dispatchEvent(new Event("input", { bubbles: true }))
    }
    done(`Added: ${names.join(", ")}.`)
    target.dispatchEvent(new Event("change", { bubbles: true }))
  }

  // The phone's own camera, and a photo that a voice will speak about.
  async function taken(input) {
    const file = input.files[0]
    input.value = ""
    if (!file) return
    const words = { place, group: Date.now(), kind: input.dataset.do, type: file.type, name: file.name, part: 0, at: Date.now() }
    const kept = file.size < mostKept && await keep(words).catch(() => null) || { id: "", add: () => Promise.resolve() }
    kept.add(file, 0).catch(() => {})
    parts = [{ ...words, id: kept.id, ms: 0, blob: file }]
    if (input.dataset.do === "film") return review(false)
    kind = "voice"
    await begin(parts)
  }

  root.addEventListener("click", event => {
    const button = event.target.closest("button[data-do]"), what = button && button.dataset.do
    if (kinds[what]) { kind = what; begin([]) }
    if (what === "pause") { session.pause(); show("paused"); focusOn("resume"); say("Paused.") }
    if (what === "resume") { session.resume(); show("recording"); focusOn("pause"); say("Recording goes on.") }
    if (what === "stop") session.stop()
    if (what === "again") begin(parts.filter(part => part.kind === "photo"))
    if (what === "carry") begin(parts)
    if (what === "use") use()
    if (what === "discard") discard()
  })
  root.addEventListener("change", event => { if (event.target.matches("input[data-do]")) taken(event.target) })

  parts = await left(place).catch(() => [])
  if (parts.length) return review(true)
  if (!root.dataset.open) return
  // From here on a reload only shows the page.
  history.replaceState(history.state, "", location.pathname)
  root.scrollIntoView({ block: "center" })
  kind = "voice"
  root.dataset.open === "now" ? begin([]) : focusOn(kind)
}

const lengthOf = parts => parts.reduce((sum, part) => sum + part.ms, 0)

function guard(event) {
  event.preventDefault()
  event.returnValue = ""
}
