// Work that waits on this device until the server has it. One piece for each task: words, files, and whether it was handed in.
import { me as current, ask, madeNow } from "./me.js"
import { everyBox, readBox, writeBoxes, seal, unseal, sealWords, unsealWords, sha256 } from "./store.js"
import { sendFile, Refused, SignedOut } from "../send-file.js"

const mostSent = 20
const newId = () => crypto.randomUUID().replace(/-/g, "")

// Every page of the browser hears of every piece: { address, share, resting }, { address, problem }, { address, receipt }.
const channel = () => new BroadcastChannel("classhub-waiting")
const telling = channel()
export function listen(hear) { channel().onmessage = event => hear(event.data) }

// The person's pieces of work, oldest first; `others` counts those of other people, which nobody can read here.
export async function all(me) {
  const boxes = await everyBox(), mine = boxes.filter(box => box.person === me.person && (box.kind === "work" || box.kind === "sent"))
  const works = await Promise.all(mine.map(async ({ id, kind, at, edits, ...box }) => ({ id, kind, at, edits, ...await unsealWords(me.key, box) })))
  return {
    waiting: works.filter(work => work.kind === "work").sort((a, b) => a.at - b.at),
    sent: works.filter(work => work.kind === "sent").sort((a, b) => b.at - a.at),
    others: boxes.filter(box => box.person !== me.person && box.kind === "work").length
  }
}

export const forTask = async (me, address) => (await all(me)).waiting.find(work => work.address === address) || null

// Adds to what waits for this task. It is on the device's disk when this resolves.
export async function keep(me, { address, title, text, version, files = [], handIn = false, onPaper = false }) {
  const work = await forTask(me, address) || { id: newId(), kind: "work", at: Date.now(), edits: 0, address, files: [] }
  const boxes = []
  for (const file of files) {
    const bytes = await file.arrayBuffer(), id = newId()
    work.files.push({ id, name: file.name, type: file.type, size: file.size, modified: file.lastModified, hash: await sha256(bytes) })
    boxes.push({ id, kind: "file", person: me.person, ...await seal(me.key, bytes) })
  }
  // The same work pressed twice is one hand-in; what was changed since is another.
  const same = work.handIn && !files.length && text === work.text && onPaper === work.onPaper
  if (handIn && !same) Object.assign(work, { key: newId(), made: madeNow(me) })
  await write(me, Object.assign(work, { title, text, version, onPaper, handIn, problem: "", edits: work.edits + 1 }), boxes)
  return work
}

async function write(me, { id, kind, at, edits, ...words }, boxes = [], gone = []) {
  await writeBoxes([...boxes, { id, kind, at, edits, person: me.person, ...await sealWords(me.key, words) }], gone)
}

const filesOf = work => work.files.flatMap(file => [file.id, `${file.id}.upload`])
export const drop = work => writeBoxes([], [work.id, ...filesOf(work)])
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

// Sends everything that waits; only one page or worker of the browser does so at a time. Throws when the connection broke.
export async function sendAll() {
  if (!navigator.locks) return sendEach()
  await navigator.locks.request("classhub-sending", { ifAvailable: true }, lock => lock && sendEach())
}

async function sendEach() {
  let me = await current()
  const next = async () => (await all(me)).waiting.find(work => !work.problem)
  if (me && !await next()) return
  me = await ask()
  for (let work; me && (work = await next());) {
    try {
      const said = await send(me, work)
      await finish(me, work, said)
      telling.postMessage({ address: work.address, handIn: work.handIn, files: work.files.length, receipt: said })
    } catch (problem) {
      if (!(problem instanceof Refused) || problem instanceof SignedOut) throw problem
      await write(me, { ...work, problem: problem.message })
      telling.postMessage({ address: work.address, problem: problem.message })
    }
  }
}

async function send(me, work) {
  const bytes = work.files.reduce((sum, file) => sum + file.size, 0), uploads = []
  let before = 0
  for (const file of work.files) {
    const progress = (sent, resting) => telling.postMessage({ address: work.address, share: (before + sent) / bytes, resting })
    uploads.push(await sendFile(await fileOf(me, file), progress, { place: placeOf(me, file), about: work.address, patience: 3 }))
    before += file.size
  }
  const body = bodyOf(me, work, uploads)
  const answer = await fetch(`${work.address}/hand-in${work.handIn ? "" : "/files"}`, { method: "POST", body, headers: { Accept: "application/json", "X-Requested-With": "device" } })
  if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status)
  if (answer.status === 401) throw new SignedOut()
  const said = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Refused(said.message || (answer.status === 404 ? "This task is not there any more." : "The server did not take this."))
  await mustBeTheSame(work, said)
  return said
}

const placeOf = (me, file) => ({
  get: async () => ((await readBox(`${file.id}.upload`)) || {}).upload,
  set: upload => writeBoxes([{ id: `${file.id}.upload`, kind: "upload", person: me.person, upload }])
})

function bodyOf(me, work, uploads) {
  const body = new FormData()
  body.append("_form", me.form)
  for (const upload of uploads) body.append("Uploads", upload)
  if (work.text !== undefined) body.append("Text", work.text)
  if (!work.handIn && work.version !== undefined) body.append("DraftVersion", work.version)
  if (!work.handIn) return body
  body.append("Key", work.key)
  body.append("MadeTime", work.made.time)
  body.append("MadeAfter", work.made.after)
  body.append("OnPaper", work.onPaper)
  return body
}

// Nothing leaves the device before the server has told what it holds, and it is the same.
async function mustBeTheSame(work, said) {
  const words = await sha256(new TextEncoder().encode((work.text || "").replace(/\r\n?/g, "\n")))
  if (work.text !== undefined && said.text !== words || work.files.some(file => !said.files.includes(file.hash)))
    throw new Refused("The server holds something else than this device. Save your work to a file and tell your teacher.")
}

// What was added while the rest was on its way still waits.
async function finish(me, work, said) {
  // Pages kept before this do not show it yet (see sw.js).
  if (me.own) await (await caches.open(`pages-${me.person}`)).put("/device/wrote", new Response(String(Date.now())))
  const now = await forTask(me, work.address), gone = filesOf(work)
  if (now && now.edits !== work.edits) return write(me, { ...now, files: now.files.filter(file => !gone.includes(file.id)) }, [], gone)
  if (!work.handIn) return writeBoxes([], [work.id, ...gone])
  const tooOld = (await all(me)).sent.slice(mostSent - 1).map(one => one.id)
  await write(me, { id: work.id, kind: "sent", at: Date.now(), edits: 0, title: work.title, address: said.address, receipt: said.receipt }, [], [...gone, ...tooOld])
}
