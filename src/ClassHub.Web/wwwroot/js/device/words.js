// What is typed and not saved yet. A pupil's words lie sealed on the device, for what lies in a tab's own storage can be read after signing out;
// they outlive the tab. Everybody else's, and those of a browser that cannot seal, stay with the tab and go when somebody signs out.
import { able, readBox, writeBoxes, sealWords, unsealWords } from "./store.js"
import { me } from "./me.js"
import { keep } from "./waiting.js"

const gathering = 100
const idOf = (person, address) => `words:${person}:${address}`
const sent = "words-sent"

export function wordsOf(form) {
  const person = Number(document.body.dataset.person), address = form.dataset.handIn || location.pathname
  const id = idOf(person, address), plain = `draft:${person}:${location.pathname}`
  const who = able && document.body.dataset.device ? me(person) : Promise.resolve(null)
  const heading = document.querySelector("main h1"), title = heading ? heading.textContent : ""
  let next, writing = null

  async function write() {
    const mine = await who
    while (next !== undefined) {
      await new Promise(done => setTimeout(done, gathering))
      const fields = next
      next = undefined
      if (!mine) intoTab(plain, fields)
      else if (!fields) await writeBoxes([], [id])
      else await writeBoxes([{ id, kind: "words", person, at: Date.now(), ...await sealWords(mine.key, { address, title, fields, version: versionOf(form) }) }])
    }
    writing = null
  }

  return {
    // [[name, words], …], or nothing when the server has them.
    keep(fields) {
      next = fields || null
      writing = writing || write()
    },
    async read() {
      const mine = await who, box = mine && await readBox(id).catch(() => null)
      if (!mine) return JSON.parse(sessionStorage.getItem(plain) || "[]")
      return box ? (await unsealWords(mine.key, box).catch(() => ({ fields: [] }))).fields : []
    },
    // The form goes without us; the page that comes says whether it was taken (see forget-drafts.js).
    go() { intoTab(sent, id) }
  }
}

function intoTab(name, value) {
  const text = typeof value === "string" ? value : JSON.stringify(value)
  try { value ? sessionStorage.setItem(name, text) : sessionStorage.removeItem(name) } catch (full) { /* the server's copy is the real one */ }
}

const versionOf = form => form.elements.DraftVersion ? Number(form.elements.DraftVersion.value) : undefined

export async function dropSent() {
  const id = sessionStorage.getItem(sent)
  sessionStorage.removeItem(sent)
  if (id) await writeBoxes([], [id])
}

// Words whose page is closed join what waits to be sent.
export async function takeUp(me, words) {
  for (const one of words) {
    const [, text] = one.fields.find(([name]) => name === "Text") || []
    if (text !== undefined) await keep(me, { address: one.address, title: one.title, text, version: one.version })
    if (text !== undefined) await writeBoxes([], [one.id])
  }
}
