// Records a voice, the camera or the screen and puts the file where a chosen one would be: from there it goes as any other.
// Nothing goes there before the person has pressed "Use this"; what was recorded when a tab died is offered again.
import { able, canBeHere, clock, inWords, kinds, nameOf, problemInWords, streamFor, typeFor } from "../recording/kinds.js"
import { meter } from "../recording/meter.js"
import { record } from "../recording/session.js"
import { drop, keep, left, used } from "../recording/slices.js"
import { showParts } from "../recording/parts.js"

const tick = 100, lastMinute = 60000, tooQuiet = 0.1, quietFor = 4000, least = 5000

export async function start(root) {
  const target = document.querySelector(root.dataset.recorder), form = target && target.form
  if (!able || !form) return
  const place = form.dataset.handIn || location.pathname, find = name => root.querySelector(`[data-${name}]`)
  let parts = [], session = null, kind = "voice", isFound = false, timer = 0

  for (const one of root.querySelectorAll("[data-kind]")) one.hidden = !canBeHere(one.dataset.kind)
  root.hidden = false
  show("idle")

  // Words for a reader, at the moments that matter; the clock beside them is for the eyes.
  const say = words => { find("said").textContent = words }
  const complain = words => { find("problem").textContent = words }

  function show(state) {
    root.dataset.state = state
    for (const part of root.querySelectorAll("[data-in]")) part.hidden = !part.dataset.in.split(" ").includes(state)
    if (state === "idle" || isFound) delete root.dataset.recording
    else root.dataset.recording = ""
    for (const [name, on] of [["review", !isFound], ["found", isFound]]) for (const part of root.querySelectorAll(`[data-only=${name}]`)) part.hidden = !on
  }

  const limit = () => Number(kind === "voice" ? root.dataset.voice : root.dataset.moving) * 1000 - lengthOf(parts)
  const focusOn = name => { const button = root.querySelector(`[data-do=${name}]`); if (button) button.focus() }

  async function begin(before) {
    complain("")
    show("asking")
    let stream
    try { stream = await streamFor(kind) } catch (problem) {
      show(parts.length ? "review" : "idle")
      return complain(problemInWords(problem, kind))
    }
    await drop(parts.filter(part => !before.includes(part)).map(part => part.id)).catch(() => {})
    parts = before
    const group = parts.length ? parts[0].group : Date.now(), at = new Date(), type = typeFor(kind)
    isFound = false
    const words = { place, group, kind, type, part: parts.length, at: at.getTime() }
    const kept = await keep(words).catch(full => ({ id: "", add: () => Promise.reject(full) }))
    const noRoom = () => complain("This device has no room to keep it while you record. Do not close this page before you have used it.")
    const ear = meter(stream)
    session = record(stream, {
      type, bits: kinds[kind].bits,
      slice: (blob, ms) => kept.add(blob, ms).catch(noRoom),
      ended(blob, ms) {
        clearInterval(timer)
        ear.end()
        removeEventListener("beforeunload", guard)
        session = find("live").srcObject = null
        if (!root.isConnected) return
        if (blob.size) parts = [...parts, { ...words, id: kept.id, blob, ms, type: blob.type || type }]
        review(false)
      }
    })
    addEventListener("beforeunload", guard)
    find("live").hidden = kind === "voice"
    find("live").srcObject = kind === "voice" ? null : stream
    if (kind !== "voice") find("live").play().catch(() => {})
    paused(false)
    focusOn("stop")
    say(`Recording. At most ${inWords(limit())}.`)
    timer = setInterval(follow(ear, limit()), tick)
  }

  // The clock, the level, the last minute and the end of it.
  function follow(ear, most) {
    let told = most <= lastMinute, heard = 0
    return () => {
      const ms = session.ms(), level = ear.level()
      find("time").textContent = clock(ms)
      find("left").textContent = `${clock(Math.max(0, most - ms))} left`
      find("level").value = session.isPaused || !level ? 0 : level
      if (level === null || level > tooQuiet || session.isPaused) heard = ms
      find("quiet").hidden = ms - heard < quietFor
      if (!told && most - ms < lastMinute) { told = true; say("One minute left.") }
      if (ms >= most) session.stop()
    }
  }

  function paused(on) {
    show(on ? "paused" : "recording")
    root.classList.toggle("on", !on)
  }

  function review(found) {
    root.classList.remove("on")
    isFound = found
    if (!parts.length) return show("idle")
    const all = lengthOf(parts)
    find("title").textContent = found ? `You were recording here (${clock(all)}).` : `${clock(all)} recorded`
    showParts(find("parts"), parts)
    show("review")
    root.querySelector("[data-do=carry]").hidden = !found || limit() < least
    if (found) return
    focusOn("use")
    say(`Stopped after ${inWords(all)}. Listen or look, then use it, record again or discard it.`)
  }

  async function discard(words) {
    const gone = parts.map(part => part.id)
    parts = []
    isFound = false
    show("idle")
    focusOn(kind)
    say(words)
    form.dispatchEvent(new CustomEvent("recorded"))
    await drop(gone).catch(() => {})
  }

  async function use() {
    say("")
    while (form.getAttribute("aria-busy") === "true") await new Promise(done => setTimeout(done, 200)) // what is on its way goes first
    const files = new DataTransfer()
    if (target.multiple) for (const file of target.files) files.items.add(file)
    const names = parts.map((part, index) => part.name || nameOf(part.kind, part.type, new Date(part.at), parts.length > 1 && index + 1))
    parts.forEach((part, index) => files.items.add(new File([part.blob], names[index], { type: part.type.split(";")[0] })))
    target.files = files.files
    const ids = parts.map(part => part.id)
    used(ids)
    form.addEventListener("kept", () => drop(ids).catch(() => {}), { once: true }) // see hand-in.js
    parts = []
    isFound = false
    show("idle")
    focusOn(kind)
    say(`Added: ${names.join(", ")}.`)
    target.dispatchEvent(new Event("change", { bubbles: true }))
  }

  // The phone's own camera, and a photo that a voice will speak about.
  async function taken(input) {
    const file = input.files[0]
    input.value = ""
    if (!file) return
    const words = { place, group: Date.now(), kind: input.dataset.do, type: file.type, name: file.name, part: 0, at: Date.now() }
    const kept = await keep(words).catch(() => ({ id: "", add: () => Promise.resolve() }))
    kept.add(file, 0).catch(() => {})
    parts = [{ ...words, id: kept.id, ms: 0, blob: file }]
    if (input.dataset.do === "film") return review(false)
    kind = "voice"
    await begin(parts)
  }

  root.addEventListener("click", event => {
    const button = event.target.closest("button[data-do]"), what = button && button.dataset.do
    if (kinds[what]) { kind = what; begin([]) }
    if (what === "pause") { session.pause(); paused(true); focusOn("resume"); say("Paused.") }
    if (what === "resume") { session.resume(); paused(false); focusOn("pause"); say("Recording goes on.") }
    if (what === "stop") session.stop()
    if (what === "again") begin(parts.filter(part => part.kind === "photo"))
    if (what === "carry") { kind = kinds[parts[parts.length - 1].kind] ? parts[parts.length - 1].kind : "voice"; begin(parts) }
    if (what === "use") use()
    if (what === "discard") discard("Discarded.")
  })
  root.addEventListener("change", event => { if (event.target.matches("input[data-do]")) taken(event.target) })

  // Photos may go meanwhile; the work itself waits for the person's word about what they recorded.
  document.addEventListener("submit", event => {
    if (event.target !== form || !root.isConnected || !("recording" in root.dataset)) return
    const button = event.submitter
    if (button && "sendFilesButton" in button.dataset && "keeps" in form.dataset) return
    event.preventDefault()
    event.stopImmediatePropagation()
    complain(session ? "You are still recording. Stop first, then use it or discard it." : "What you recorded is not added yet. Use it or discard it first.")
    root.scrollIntoView({ block: "center" })
    focusOn(session ? "stop" : "use")
  }, true)

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
