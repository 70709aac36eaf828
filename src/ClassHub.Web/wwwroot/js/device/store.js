// What waits on this device, sealed with a key that the server gives to one person. The key cannot be read out of the browser; it
// lives in a database of its own that goes when the person signs out (see sw.js), while what is sealed stays until they come back.
const keys = "classhub-key", boxes = "classhub-waiting"

export const able = Boolean(self.isSecureContext && self.indexedDB && self.crypto && crypto.subtle)

// One step in a database; opened and closed each time, so that nobody who wants to delete it has to wait.
export function step(name, mode, work) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open(name, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore("all")
    opening.onerror = () => failed(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      const change = database.transaction("all", mode, { durability: "strict" })
      const answer = work(change.objectStore("all"))
      const end = settle => () => { database.close(); settle() }
      change.oncomplete = end(() => done(answer && answer.result))
      change.onerror = change.onabort = end(() => failed(change.error || new Error("The device did not keep it.")))
    }
  })
}

export const readKey = () => step(keys, "readonly", all => all.get("me"))
export const writeKey = me => step(keys, "readwrite", all => all.put(me, "me"))
export const dropKey = () => step(keys, "readwrite", all => all.clear())

// The bytes of files lie beside the words under names of their own, so that whoever looks what waits does not read a film.
export const fileName = id => `file:${id}`
// What a full device does not take lives in this page alone, and is offered to the device again with whatever comes next.
const here = new Map()
export const isOnlyHere = id => here.has(id)
export const anyOnlyHere = () => here.size > 0

export async function everyBox() {
  const found = []
  try {
    const beside = [IDBKeyRange.upperBound(fileName("")), IDBKeyRange.lowerBound(fileName("\uffff"))]
    for (const range of beside) found.push(...await step(boxes, "readonly", all => all.getAll(range)))
  } catch (closed) { /* a device that cannot even open it holds nothing */ }
  return [...found.filter(box => !here.has(box.id)), ...[...here.values()].filter(box => box.kind !== "file")]
}
export const readBox = async id => here.get(id) || step(boxes, "readonly", all => all.get(id))

// All of them or none. Gives whether they are on the device's disk.
export async function writeBoxes(written, gone = []) {
  for (const id of gone) here.delete(id)
  // A few words typed do not carry a film to a full device again and again.
  const before = written.every(box => box.kind === "words") ? [] : here
  const all = new Map([...before, ...written.map(box => [box.id, box])])
  try {
    await step(boxes, "readwrite", store => {
      for (const [id, box] of all) store.put(box, id)
      for (const id of gone) store.delete(id)
    })
    for (const id of all.keys()) here.delete(id)
    return true
  } catch (full) {
    for (const [id, box] of all) here.set(id, box)
    if (gone.length) await step(boxes, "readwrite", store => { for (const id of gone) store.delete(id) }).catch(() => {})
    return false
  }
}

export async function importKey(base64) {
  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"])
}

export async function seal(key, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) }
}

export const unseal = (key, box) => crypto.subtle.decrypt({ name: "AES-GCM", iv: box.iv }, key, box.sealed)
export const sealWords = (key, value) => seal(key, new TextEncoder().encode(JSON.stringify(value)))
export const unsealWords = async (key, box) => JSON.parse(new TextDecoder().decode(await unseal(key, box)))

export async function sha256(bytes) {
  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map(byte => byte.toString(16).padStart(2, "0")).join("")
}
