// What is being recorded lies in the browser's storage, slice by slice, until it has been sent or thrown away: a tab that dies costs seconds.
// A pupil's slices are sealed with their device's key (see device/store.js). Staff have none: theirs go when they sign out or somebody else records.
import { step, seal, unseal, sealWords, unsealWords } from "../device/store.js"
import { me } from "../device/me.js"

const recordings = "classhub-recordings", longest = 14 * 24 * 3600 * 1000, usedHere = "recordings-used"
const about = -1 // beside the slices 0, 1, 2 …
const writing = new Map() // the last slice under way of each
const held = new Map() // what this page is making or showing: no other tab offers it
const all = (mode, work) => step(recordings, mode, work)
const whole = (id, from = about) => IDBKeyRange.bound([id, from], [id, Infinity])
const person = () => Number(document.body.dataset.person)

// undefined: nobody needs one. null: a pupil whose key is not there, so nothing is written.
async function key() {
  if (!document.body.dataset.device) return undefined
  const who = await me(person())
  return who && who.person === person() ? who.key : null
}

function hold(id) {
  if (held.has(id)) return
  held.set(id, () => {})
  if (navigator.locks) navigator.locks.request(`recording-${id}`, () => new Promise(done => held.set(id, done)))
}

// Words: kind, type, group, part, place, name. Gives what adds a slice; it throws when the device is full.
export async function keep(words) {
  const mine = await key(), id = `${Date.now()}-${Math.random().toString(36).slice(2)}`
  let number = 0, before = Promise.resolve()
  hold(id)
  if (mine === null) return { id, add: () => Promise.resolve() }
  const put = (value, at) => all("readwrite", store => store.put(value, [id, at]))
  await put({ person: person(), at: Date.now(), ...(mine ? await sealWords(mine, words) : { words }) }, about)
  return {
    id,
    add(blob, ms) {
      const at = number++
      before = before.then(async () => {
        const bytes = await blob.arrayBuffer()
        await put({ ms, ...(mine ? await seal(mine, bytes) : { bytes }) }, at)
      })
      writing.set(id, before.catch(() => {}))
      return before
    }
  }
}

// The last recording of this page that nobody has used or deleted, with its parts.
export async function left(place) {
  const mine = await key(), found = []
  for (const [id, number] of await all("readonly", store => store.getAllKeys())) {
    if (number !== about) continue
    const box = await all("readonly", store => store.get([id, about]))
    if (Date.now() - box.at > longest || !box.sealed && (box.person !== person() || mine !== undefined)) await drop([id])
    else if (box.person === person() && mine !== null && !await isHeld(id)) {
      const words = box.sealed ? await unsealWords(mine, box).catch(() => ({})) : box.words
      if (words.place === place) found.push({ id, at: box.at, ...words })
    }
  }
  const last = found.sort((a, b) => a.at - b.at).pop()
  const parts = await Promise.all(found.concat(last || []).filter(part => part.group === last.group).map(part => read(part, mine)))
  return parts.filter(part => part.blob.size)
}

async function isHeld(id) {
  if (held.has(id)) return true
  return Boolean(navigator.locks && (await navigator.locks.query()).held.some(lock => lock.name === `recording-${id}`))
}

async function read(part, mine) {
  hold(part.id)
  const slices = await all("readonly", store => store.getAll(whole(part.id, 0)))
  const bytes = await Promise.all(slices.map(slice => slice.sealed ? unseal(mine, slice) : slice.bytes))
  sessionStorage.removeItem(usedHere)
  return { ...part, ms: slices.length ? slices[slices.length - 1].ms : 0, blob: new Blob(bytes, { type: part.type }) }
}

export async function drop(ids) {
  for (const id of ids) {
    const letGo = held.get(id)
    held.delete(id)
    await writing.get(id)
    writing.delete(id)
    if (letGo) letGo()
    await all("readwrite", store => store.delete(whole(id)))
  }
}

// The form has them now, and the server will: they go once it says so (see forget-drafts.js).
export function used(ids) {
  sessionStorage.setItem(usedHere, JSON.stringify([...JSON.parse(sessionStorage.getItem(usedHere) || "[]"), ...ids]))
}

export async function dropUsed() {
  const ids = JSON.parse(sessionStorage.getItem(usedHere) || "[]")
  sessionStorage.removeItem(usedHere)
  await drop(ids)
}

// Whoever signs out leaves nothing readable.
export async function dropUnsealed() {
  for (const [id, number] of await all("readonly", store => store.getAllKeys()))
    if (number === about && !(await all("readonly", store => store.get([id, about]))).sealed) await drop([id])
}
