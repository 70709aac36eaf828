// A pupil's work is kept on the device first and sent from there (see device/waiting.js): a dead line, a closed tab or an empty battery
// between the tap and the receipt costs nothing. Without the means for it the form is sent as any other.
import { able } from "../device/store.js"
import { me } from "../device/me.js"
import { drop, forTask, keep, listen, staysHere, without } from "../device/waiting.js"
import { sendAll } from "../device/sending.js"
import { far, waits, wished } from "../device/in-words.js"
import { later } from "../device/later.js"
import { showPage } from "../show-page.js"
import { ready } from "../photo.js"
import { size } from "../size.js"
import { start as startUpload } from "./upload.js"

// Pictures that went from this page are seen at once, without asking for them again.
const sentPictures = new Map()
const remember = files => { for (const file of files) if (/^image\/(jpeg|png|gif|webp)$/.test(file.type) && !sentPictures.has(file.size)) sentPictures.set(file.size, URL.createObjectURL(file)) }

export async function start(form) {
  for (const place of form.querySelectorAll("[data-thumb]"))
    if (sentPictures.has(Number(place.dataset.thumb))) place.replaceWith(Object.assign(document.createElement("img"), { className: "thumb", alt: "", width: 72, height: 72, src: sentPictures.get(Number(place.dataset.thumb)) }))
  const person = able && await me(Number(document.body.dataset.person))
  if (!person) return startUpload(form)
  const address = form.dataset.handIn, status = form.querySelector("[data-upload-status]"), text = form.elements.Text
  const waitingNote = form.querySelector("[data-waiting]"), title = document.querySelector("main h1").textContent
  const change = waitingNote.querySelector("[data-waiting-change]"), waitingFiles = waitingNote.querySelector("[data-waiting-files]")
  const bar = Object.assign(document.createElement("progress"), { className: "meter", max: 1, hidden: true })
  bar.setAttribute("aria-label", "Sending")
  status.after(bar)
  const told = document.createElement("span"), count = document.createElement("span")
  count.setAttribute("aria-hidden", "true")
  status.replaceChildren(told, count)
  const noteWords = waitingNote.querySelector("[data-waiting-words]"), noteFar = document.createElement("span")
  noteFar.setAttribute("aria-hidden", "true")
  noteWords.after(noteFar)

  let madeSmaller = "", pressed = null // older browsers do not say which button sent the form
  let keeping = Promise.resolve(), going = keeping, onItsWay = null // what waits for this task, as this page last saw it
  form.addEventListener("click", event => {
    pressed = event.target.closest("button") || pressed
    // What is chosen while the last choice is on its way would be swept away with it.
    if (event.target.type === "file" && form.getAttribute("aria-busy") === "true") event.preventDefault()
  })
  form.addEventListener("submit", event => {
    const button = event.submitter || pressed, toFiles = button && "sendFilesButton" in button.dataset, handIn = !button || !button.hasAttribute("formaction")
    if (event.defaultPrevented || !handIn && !toFiles) return
    event.preventDefault()
    const isBusy = form.getAttribute("aria-busy") === "true"
    if (isBusy && !handIn) return
    form.setAttribute("aria-busy", "true")
    // Pressed while a photo is on its way, Hand in is kept like the photo, and goes with it.
    keeping = keeping.then(() => keepAll(handIn)).then(isKept => { if (isKept) going = going.then(go) })
  })

  async function keepAll(handIn) {
    try {
      const { files, words } = await ready(form, say)
      if (words) madeSmaller = words
      say(madeSmaller)
      form.dispatchEvent(new CustomEvent("sent")) // from here on the device holds the words
      remember(files)
      await keep(person, {
        address, title, files, handIn,
        text: text ? text.value : undefined,
        ...seen(),
        onPaper: form.elements.OnPaper ? form.elements.OnPaper.type === "hidden" || form.elements.OnPaper.checked : false
      })
    } catch (unreadable) {
      form.removeAttribute("aria-busy")
      if (text) text.dispatchEvent(new Event("input", { bubbles: true }))
      say("That could not be read from this device. Choose it again.")
      return false
    }
    for (const input of form.querySelectorAll("input[type=file]")) input.value = ""
    form.dispatchEvent(new CustomEvent("kept"))
    await showWaiting()
    return true
  }

  // The draft this page was made from, and which page it is.
  const seen = () => ({ version: Number(form.elements.DraftVersion.value), formKey: form.elements.Key.value })

  // Words that the server could not be given wait as well, and survive the end of the browser.
  form.addEventListener("unsaved", async () => {
    const before = await forTask(person, address)
    if (before && before.handIn || form.getAttribute("aria-busy") === "true") return
    await keep(person, { address, title, text: text.value, ...seen() })
    later()
  })

  listen(async told => {
    if (told.address !== address || !document.querySelector(`form[data-hand-in="${address}"]`)) return
    if (told.receipt && told.handIn) {
      removeEventListener("beforeunload", asks)
      return location.assign(told.receipt.address)
    }
    if (!form.isConnected) return
    if (told.share !== undefined) {
      bar.hidden = false
      bar.value = told.share
      const isWished = onItsWay && onItsWay.handIn && onItsWay.files.length
      if (told.resting) say("The connection broke. It goes on by itself as soon as it can.", far(told))
      else say(isWished ? wished(onItsWay) : madeSmaller || "Sending", far(told))
      if (isWished && !told.resting) noteFar.textContent = ` ${far(told)}`
    }
    if (told.changed) await showWaiting()
    if (told.receipt) form.elements.DraftVersion.value = told.receipt.version
    if (told.receipt && told.files) await showAgain()
    else if (told.receipt || told.problem) {
      if (told.newest !== undefined) form.elements.DraftVersion.value = told.newest // pressed once more, these words count
      bar.hidden = true
      if (told.problem) say("") // the note says why
      await showWaiting()
    }
  })

  async function go() {
    try {
      await sendAll()
    } catch (broken) {
      say(madeSmaller)
      bar.hidden = true
      later()
    }
    form.removeAttribute("aria-busy")
    await showWaiting()
  }

  // The server's words are newer than what waits here.
  form.addEventListener("saved", async () => {
    const work = await forTask(person, address)
    if (!work || work.handIn || work.files.length) return
    await drop(work)
    await showWaiting()
  })

  // What was added stands in the page that the server now gives; what was typed meanwhile goes along.
  async function showAgain() {
    if (form.querySelector("[data-recording]")) return form.addEventListener("recorded", showAgain, { once: true }) // not under a pupil's words
    const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null), html = answer && answer.ok && await answer.text()
    if (!html || !form.isConnected) return
    const typed = text && text.value
    showPage(answer, html, form, "#work")
    const told = document.querySelector("form[data-hand-in] [data-upload-status]")
    if (told && madeSmaller) told.textContent = madeSmaller
    const box = document.querySelector("form[data-hand-in] [name=Text]")
    if (!box || box === text || box.value === typed) return
    box.value = typed
    box.dispatchEvent(new Event("input", { bubbles: true }))
  }

  async function showWaiting() {
    const work = onItsWay = await forTask(person, address), isReady = Boolean(work && work.handIn && !work.problem)
    // Nothing else carries it once this page is gone.
    const isBound = work && !work.problem && (work.handIn || work.files.length) && (!person.own || !staysHere(work))
    isBound ? addEventListener("beforeunload", asks) : removeEventListener("beforeunload", asks)
    waitingNote.hidden = !work
    for (const note of form.querySelectorAll("[data-pressed]")) note.hidden = Boolean(work) // this device says so itself
    change.hidden = !isReady
    // What was handed in on the device stays as it is until the pupil says otherwise.
    for (const part of form.querySelectorAll("textarea, input, button, a.btn")) if (!waitingNote.contains(part)) part.disabled = isReady
    if (!work) return
    const isGoing = isReady && work.files.length && form.getAttribute("aria-busy") === "true"
    noteWords.textContent = isGoing ? `${wished(work)}.` : waits(work, staysHere(work))
    noteFar.textContent = ""
    waitingNote.classList.toggle("warn", Boolean(work.problem))
    waitingFiles.replaceChildren(...work.problem ? work.files.map(file => fileRow(work, file)) : [])
    if (!text || work.text === undefined || text.value !== text.defaultValue) return
    text.value = text.dataset.fromDevice = work.text
  }

  // Of refused work each file can be left out; the rest is saved, with the words that stand here now.
  function fileRow(work, file) {
    const row = Object.assign(document.createElement("li"), { className: "row row-s" })
    const remove = Object.assign(document.createElement("button"), { type: "button", className: "btn sm", textContent: "Leave it out" })
    remove.append(Object.assign(document.createElement("span"), { className: "vh", textContent: ` ${file.name}` }))
    remove.addEventListener("click", async () => {
      const isMore = await without(person, address, file.id, { text: text ? text.value : undefined, ...seen() })
      await showWaiting()
      if (isMore) await go()
      if (!form.isConnected) return // the page came anew, with what arrived
      say(`“${file.name}” is left out.${work.handIn ? " Press Hand in when you are ready." : ""}`)
      const next = waitingFiles.querySelector("button") || form.querySelector("input[type=file]")
      if (next) next.focus()
    })
    row.append(Object.assign(document.createElement("span"), { className: "grow", textContent: `${file.name}, ${size(file.size)}` }), remove)
    return row
  }

  change.addEventListener("click", async () => {
    const work = await forTask(person, address)
    if (work) await keep(person, { ...work, files: [], handIn: false })
    await showWaiting()
    ;(text || change).focus()
  })

  await showWaiting()
  form.dataset.keeps = ""

  // Numbers are seen and not spoken: the bar has them, and nobody wants to hear a hundred.
  function say(words, numbers) {
    if (told.textContent !== words) told.textContent = words
    count.textContent = numbers ? `${words ? ": " : ""}${numbers}` : ""
  }

  function asks(event) {
    if (!form.isConnected) return
    event.preventDefault()
    event.returnValue = ""
  }
}
