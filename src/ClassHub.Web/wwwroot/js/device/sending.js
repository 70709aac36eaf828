// Sends everything that waits, one piece of work after the other.
import { me as current, ask } from "./me.js"
import { anyOnlyHere, readBox, writeBoxes, sha256 } from "./store.js"
import { all, bodyOf, fileOf, filesOf, forTask, tell, telling, write } from "./waiting.js"
import { beginFile, sendFile, Refused, SignedOut } from "../send-file.js"
import { wishFor } from "./wish.js"

const mostSent = 20

// Another page or device saved other words: the pupil reads both and says which count.
class OthersThere extends Refused {
  constructor({ message, words, newest }) {
    super(words ? `${message} The other words: “${words}”` : message)
    this.newest = newest
  }
}
const refused = new Map() // piece of work → what the server said of it, where a full device cannot note it

// Only one page or worker of the browser does so at a time. Throws when the connection broke.
export async function sendAll() {
  // Whoever signed out without a connection sends nothing before the school knows.
  if (self.caches && await caches.has("left").catch(() => false)) return
  if (!navigator.locks) return sendEach()
  // What lives only in this page can be sent by nobody else.
  await navigator.locks.request("classhub-sending", { ifAvailable: !anyOnlyHere() }, lock => lock && sendEach())
}

async function sendEach() {
  let me = await current()
  const next = async () => (await all(me)).waiting.find(work => !work.problem && refused.get(work.id) !== work.edits)
  if (me && !await next()) return
  me = await ask()
  for (let work; me && (work = await next());) {
    try {
      const sent = await send(me, work)
      if (!sent) continue
      work = sent.work
      await finish(me, work, sent.said)
      telling.postMessage({ address: work.address, handIn: work.handIn, files: work.files.length, receipt: sent.said })
    } catch (problem) {
      if (!(problem instanceof Refused) || problem instanceof SignedOut) throw problem
      const now = await forTask(me, work.address) || work
      refused.set(now.id, now.edits)
      await write(me, { ...now, problem: problem.message })
      telling.postMessage({ address: work.address, problem: problem.message, newest: problem.newest })
    }
  }
}

// The work as it is when its last file has arrived, with what the server said of it; nothing when it was taken away meanwhile.
async function send(me, work) {
  const uploads = new Map(), done = new Set()
  const wish = wishFor(me, work, uploads)
  try {
    await wish.withdrawOld()
    for (;;) {
      const file = work.files.find(one => !done.has(one.id))
      if (file && !uploads.has(file.id)) await begin(me, work, file, uploads, wish)
      // A wish names all of its files, so the school hears of each before their bytes; what it does not take is told when its turn comes.
      if (work.handIn) await beginRest(me, work, uploads, wish)
      wish.tell()
      if (file) {
        await sendOne(me, work, file, done, { uploads, wish })
        done.add(file.id)
      }
      const now = await forTask(me, work.address)
      if (!now) return null
      const isSame = now.edits === work.edits
      work = now
      if (isSame && work.files.every(one => done.has(one.id))) break
    }
  } finally { wish.end() }
  return { work, said: await post(me, work, work.files.map(file => uploads.get(file.id).split("/").pop())) }
}

async function begin(me, work, file, uploads, wish) {
  const before = ((await readBox(`${file.id}.upload`)) || {}).upload
  if (before) return uploads.set(file.id, before)
  const address = await beginFile(file, "/uploads", work.address)
  uploads.set(file.id, address)
  wish.isNew.add(file.id)
  await note(me, file, address)
}

async function beginRest(me, work, uploads, wish) {
  try {
    for (const one of work.files) if (!uploads.has(one.id)) await begin(me, work, one, uploads, wish)
  } catch (problem) { if (!(problem instanceof Refused)) throw problem }
}

const note = (me, file, upload) => writeBoxes([{ id: `${file.id}.upload`, kind: "upload", person: me.person, upload }])

async function sendOne(me, work, file, done, { uploads, wish }) {
  const bytes = work.files.reduce((sum, one) => sum + one.size, 0)
  const before = work.files.reduce((sum, one) => sum + (done.has(one.id) ? one.size : 0), 0)
  const progress = (sent, resting, rate) => {
    const rest = bytes - before - sent
    telling.postMessage({ address: work.address, share: (before + sent) / bytes, left: rate ? rest / rate : undefined, resting })
  }
  const place = {
    get: () => uploads.get(file.id),
    isNew: wish.isNew.has(file.id),
    set: async upload => {
      uploads.set(file.id, upload)
      await note(me, file, upload)
      wish.tell()
    }
  }
  progress(0, false)
  await sendFile(await fileOf(me, file), progress, { place, about: work.address, patience: 3 })
  wish.isNew.delete(file.id)
}

async function post(me, work, uploads) {
  const answer = await tell(`${work.address}/hand-in${work.handIn ? "" : "/files"}`, bodyOf(me, work, uploads))
  if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status)
  if (answer.status === 401) throw new SignedOut()
  const said = await answer.json().catch(() => ({}))
  if (answer.status === 409 && said.newest !== undefined) throw new OthersThere(said)
  if (!answer.ok) throw new Refused(said.message || (answer.status === 404 ? "This task is not there any more." : "The server did not take this."))
  await mustBeTheSame(work, said)
  return said
}

// Nothing leaves the device before the server has told what it holds, and it is the same.
async function mustBeTheSame(work, said) {
  const words = await sha256(new TextEncoder().encode((work.text || "").replace(/\r\n?/g, "\n")))
  if (work.text !== undefined && said.text !== words || work.files.some(file => !said.files.includes(file.hash)))
    throw new Refused("The server holds something else than this device. Save your work to a file and tell your teacher.")
}

// What was added while the rest was on its way still waits. The school has the work now: nothing that fails here may hide that.
async function finish(me, work, said) {
  // Pages kept before this do not show it yet (see sw.js).
  if (me.own) await caches.open(`pages-${me.person}`).then(pages => pages.put("/device/wrote", new Response(String(Date.now())))).catch(() => {})
  const now = await forTask(me, work.address), gone = [`${work.id}.wish`, ...filesOf(work)]
  if (now && now.edits !== work.edits) return write(me, { ...now, files: now.files.filter(file => !gone.includes(file.id)) }, [], gone)
  if (!work.handIn) return writeBoxes([], [work.id, ...gone])
  const tooOld = (await all(me)).sent.slice(mostSent - 1).map(one => one.id)
  const { id, title } = work, { address, receipt } = said
  await write(me, { id, kind: "sent", at: Date.now(), edits: 0, title, address, receipt }, [], [...gone, ...tooOld])
}
