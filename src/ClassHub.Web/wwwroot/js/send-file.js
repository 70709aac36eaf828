// Sends one file so that it continues after a broken connection: the tus protocol 1.0.0, see /uploads. Runs in a page and in a worker.
const version = { "Tus-Resumable": "1.0.0" }
const shortest = 1000, longest = 30000
// A piece is told as sent when it is on the server's disk. On a fast line pieces grow, so that waiting for answers costs little.
// The first is small, so that even a weak line soon says how long it will take.
const first = 16 * 1024, smallest = 64 * 1024, biggest = 8 * 1024 * 1024, quick = 700

export class Refused extends Error {}
export class SignedOut extends Refused {
  constructor() { super("You have been signed out. Nothing is lost: sign in again in another tab, then try again here.") }
}

// Resolves to the key of the file once the server has all of it. progress(sent, resting, rate) is told along the way, with the bytes a second
// that the line carries.
// place: where the upload's address is kept for the next try; isNew: nothing of it was sent yet. to: who takes it.
// about: the page it is for. patience: failures in a row before it gives up.
export async function sendFile(file, progress, { place, to = "/uploads", about, patience = Infinity }) {
  let address = await place.get(), wait = shortest, offset = place.isNew ? 0 : null, piece = first, failures = 0, rate
  for (;;) {
    try {
      if (address && offset === null) {
        offset = await offsetOf(address, file)
        if (offset === null) address = null
      }
      if (!address) {
        address = await beginFile(file, to, about)
        offset = 0
        await place.set(address)
      }
      while (offset < file.size) {
        const began = Date.now(), before = offset
        offset = await send(address, file, offset, piece)
        const took = Math.max(1, Date.now() - began), now = (offset - before) / took * 1000
        rate = rate ? (rate + now) / 2 : now
        piece = took < quick ? Math.min(piece * 2, biggest) : Math.max(piece / 2, smallest)
        wait = shortest
        failures = 0
        progress(offset, false, rate)
      }
      return address.split("/").pop()
    } catch (problem) {
      if (problem instanceof Refused || ++failures >= patience) throw problem
      progress(offset || 0, true)
      offset = null // what has arrived is asked, not guessed
      piece = smallest
      await pause(wait)
      wait = Math.min(wait * 2, longest)
    }
  }
}

export async function beginFile(file, to, about) {
  const inClass = /^\/classes\/(\d+)\//.exec(about)
  const told = [["filename", file.name], ...(inClass ? [["class", inClass[1]]] : [])]
  const answer = await fetch(to, {
    method: "POST",
    headers: { ...version, "Upload-Length": file.size, "Upload-Metadata": told.map(([word, value]) => `${word} ${base64(value)}`).join(",") }
  })
  if (answer.status === 201) return answer.headers.get("Location")
  throw await problemOf(answer)
}

// How much of it is safe at the server; null when it has to begin again.
async function offsetOf(address, file) {
  const answer = await fetch(address, { method: "HEAD", headers: version })
  if (answer.status === 404 || answer.status === 410) return null
  if (!answer.ok) throw await problemOf(answer)
  return Number(answer.headers.get("Upload-Length")) === file.size ? Number(answer.headers.get("Upload-Offset")) : null
}

async function send(address, file, offset, piece) {
  const answer = await fetch(address, {
    method: "PATCH",
    headers: { ...version, "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" },
    body: file.slice(offset, offset + piece)
  })
  if (answer.status === 204) return Number(answer.headers.get("Upload-Offset"))
  throw await problemOf(answer)
}

// What trying again may mend is an error; what it cannot is a refusal with the server's own sentence.
async function problemOf(answer) {
  const { status } = answer
  if (status === 401) return new SignedOut()
  if (status === 409 || status === 423 || status >= 500 && status !== 507) return new Error(status)
  const said = await answer.json().catch(() => ({}))
  if (status === 429 && !said.title) return new Error(status)
  return new Refused(said.title || (status === 507 ? "The school's disk is full, so this file was not taken. Please tell the school." : "This file was not taken. Choose it again."))
}

// Until it is time to try again, or the device says that it is online.
function pause(ms) {
  return new Promise(resolve => {
    const timer = setTimeout(go, ms)
    function go() { clearTimeout(timer); removeEventListener("online", go); resolve() }
    addEventListener("online", go)
  })
}

function base64(text) { return btoa(String.fromCharCode(...new TextEncoder().encode(text))) }
