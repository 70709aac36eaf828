// Work that waits on this device until the server has it. One piece for each task: words, files, and whether it was handed in.
import { madeNow } from "./me.js"
import { everyBox, fileName, isOnlyHere, readBox, writeBoxes, seal, unseal, sealWords, unsealWords, sha256 } from "./store.js"

const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("")

// Every page of the browser hears of every piece: { address, share, left, resting }, { address, problem }, { address, receipt }, { address, changed }.
const channel = () => self.BroadcastChannel ? new BroadcastChannel("classhub-waiting") : inThisPage()
// Where the browser knows no such thing, the parts of one page still hear each other.
const here = new Set()
function inThisPage() {
  const one = {
    onmessage: null,
    postMessage(data) { for (const other of here) if (other !== one && other.onmessage) other.onmessage({ data }) },
    close() { here.delete(one) }
  }
  here.add(one)
  return one
}
export const telling = channel()
// Gives what ends the listening.
export function listen(hear) {
  const open = channel()
  open.onmessage = event => hear(event.data)
  return () => open.close()
}

// The person's pieces of work, oldest first, and words that nobody else has; `others` counts those of other people, which nobody can read here.
export async function all(me) {
  const boxes = await everyBox(), mine = boxes.filter(box => box.person === me.person && /^(work|sent|words)$/.test(box.kind))
  const works = await Promise.all(mine.map(async ({ id, kind, at, edits, ...box }) => ({ id, kind, at, edits, ...await unsealWords(me.key, box) })))
  const waiting = works.filter(work => work.kind === "work").sort((a, b) => a.at - b.at)
  return {
    waiting,
    sent: works.filter(work => work.kind === "sent").sort((a, b) => b.at - a.at),
    words: works.filter(work => work.kind === "words" && !waiting.some(one => one.address === work.address)),
    others: boxes.filter(box => box.person !== me.person && box.kind === "work").length
  }
}

// Handed in by somebody who still has this page before them, and can be asked.
export const live = new Set()

export const forTask = async (me, address) => (await all(me)).waiting.find(work => work.address === address) || null
// How much of a person's waits here, also for whom the key is not at hand.
export const countOf = async person => (await everyBox()).filter(box => box.person === person && (box.kind === "work" || box.kind === "words")).length
export const staysHere = work => !isOnlyHere(work.id)

// Adds to what waits for this task. When this resolves it is on the device's disk, or on a full device in this page (see staysHere).
export async function keep(me, { address, title, text, version, formKey, files = [], handIn = false, onPaper = false }) {
  const work = await forTask(me, address) || { id: newId(), kind: "work", at: Date.now(), edits: 0, address, files: [] }
  const boxes = []
  for (const file of files) {
    const bytes = await file.arrayBuffer(), id = fileName(newId())
    work.files.push({ id, name: file.name, type: file.type, size: file.size, modified: file.lastModified, hash: await sha256(bytes) })
    boxes.push({ id, kind: "file", person: me.person, ...await seal(me.key, bytes) })
  }
  // The same work pressed twice is one hand-in; what was changed since is another.
  const same = work.handIn && !files.length && text === work.text && onPaper === work.onPaper
  if (handIn && !same) Object.assign(work, { key: newId(), made: madeNow(me) })
  await write(me, Object.assign(work, { title, text, version, formKey, onPaper, handIn, problem: "", edits: work.edits + 1 }), boxes)
  if (handIn) live.add(work.id)
  telling.postMessage({ address, changed: true })
  return work
}

export async function write(me, { id, kind, at, edits, ...words }, boxes = [], gone = []) {
  await writeBoxes([...boxes, { id, kind, at, edits, person: me.person, ...await sealWords(me.key, words) }], gone)
}

export const filesOf = work => work.files.flatMap(file => [file.id, `${file.id}.upload`])
export const drop = work => writeBoxes([], [work.id, `${work.id}.wish`, ...filesOf(work)])
// What the server does not take need not hold up the rest, which is no hand-in any more until the pupil says so again. Gives whether anything is left.
export async function without(me, address, id, words) {
  const work = await forTask(me, address)
  if (!work) return false
  const upload = ((await readBox(`${id}.upload`)) || {}).upload
  if (upload) fetch(upload, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0" } }).catch(() => {}) // its space is free at once
  const files = work.files.filter(file => file.id !== id)
  if (!files.length && !words.text) return drop(work).then(() => false)
  await write(me, { ...work, ...words, files, handIn: false, problem: "", edits: work.edits + 1 }, [], [id, `${id}.upload`])
  return true
}
// Whoever tries again after newer words came from another device wants these.
export const tryAgain = (me, work) => write(me, { ...work, problem: "", version: undefined })
export async function fileOf(me, { id, name, type, modified }) {
  return new File([await unseal(me.key, await readBox(id))], name, { type, lastModified: modified })
}

// As the form would say it.
export function bodyOf(me, work, uploads) {
  const body = new FormData()
  body.append("_form", me.form)
  for (const upload of uploads) body.append("Uploads", upload)
  if (work.text !== undefined) body.append("Text", work.text)
  // The form the words were typed into, so that its own last save is not taken for another's.
  if (work.formKey) body.append("FormKey", work.formKey)
  const isAsked = !work.handIn || live.has(work.id)
  if (isAsked && work.version !== undefined) body.append("DraftVersion", work.version)
  if (isAsked && work.handIn) body.append("IsLive", true)
  if (!work.handIn) return body
  body.append("Key", work.key)
  body.append("MadeTime", work.made.time)
  body.append("MadeAfter", work.made.after)
  body.append("OnPaper", work.onPaper)
  return body
}

export const tell = (address, body) => fetch(address, { method: "POST", body, headers: { Accept: "application/json", "X-Requested-With": "device" } })
