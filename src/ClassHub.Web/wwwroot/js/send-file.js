// Sends one file so that it continues after a broken connection: the tus protocol 1.0.0, see /uploads.
const version = { "Tus-Resumable": "1.0.0" }
const shortest = 1000, longest = 30000

export class Refused extends Error {}

// Resolves to the key of the file once the server has all of it. progress(sent, waiting) is told along the way.
export async function sendFile(file, progress, signal) {
  const place = `upload:${document.body.dataset.person}:${file.name}:${file.size}:${file.lastModified}`
  let address = remembered(place), wait = shortest, offset = null
  for (;;) {
    try {
      if (address && offset === null) {
        offset = await offsetOf(address, file)
        if (offset === null) address = null
      }
      if (!address) {
        address = await begin(file)
        offset = 0
        remember(place, address)
      }
      if (offset < file.size) offset = await send(address, file, offset, sent => { wait = shortest; progress(sent, false) }, signal)
      if (offset >= file.size) {
        remember(place, null)
        return address.split("/").pop()
      }
    } catch (problem) {
      if (problem instanceof Refused || signal && signal.aborted) throw problem
      progress(offset || 0, true)
      offset = null // what has arrived is asked, not guessed
      await pause(wait)
      wait = Math.min(wait * 2, longest)
    }
  }
}

async function begin(file) {
  const inClass = /^\/classes\/(\d+)\//.exec(location.pathname)
  const about = [["filename", file.name], ...(inClass ? [["class", inClass[1]]] : [])]
  const answer = await fetch("/uploads", {
    method: "POST",
    headers: { ...version, "Upload-Length": file.size, "Upload-Metadata": about.map(([word, value]) => `${word} ${base64(value)}`).join(",") }
  })
  if (answer.status === 201) return answer.headers.get("Location")
  throw await problemOf(answer.status, () => answer.json())
}

// How much of it is safe at the server; null when it has to begin again.
async function offsetOf(address, file) {
  const answer = await fetch(address, { method: "HEAD", headers: version })
  if (answer.status === 404 || answer.status === 410) return null
  if (!answer.ok) throw await problemOf(answer.status)
  return Number(answer.headers.get("Upload-Length")) === file.size ? Number(answer.headers.get("Upload-Offset")) : null
}

function send(address, file, offset, progress, signal) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest()
    request.open("PATCH", address)
    const headers = { ...version, "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" }
    for (const name of Object.keys(headers)) request.setRequestHeader(name, headers[name])
    request.upload.onprogress = event => progress(offset + event.loaded)
    request.onload = async () => request.status === 204
      ? done(Number(request.getResponseHeader("Upload-Offset")))
      : failed(await problemOf(request.status, async () => JSON.parse(request.responseText)))
    request.onerror = request.onabort = () => failed(new Error("The connection broke."))
    if (signal) signal.addEventListener("abort", () => request.abort())
    request.send(file.slice(offset))
  })
}

// What trying again may mend is an error; what it cannot is a refusal with the server's own sentence.
async function problemOf(status, read) {
  if (status === 401) return new Refused("You have been signed out. Nothing is lost: sign in again in another tab, then try again here.")
  if (status === 409 || status === 423 || status === 429 && !read || status >= 500 && status !== 507) return new Error(status)
  let sentence = status === 507 ? "The school's disk is full, so this file was not taken. Please tell the school." : "This file was not taken. Choose it again."
  try { sentence = (await read()).title || sentence } catch (none) { /* keep ours */ }
  return new Refused(sentence)
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
function remembered(place) { try { return localStorage.getItem(place) } catch (closed) { return null } }
function remember(place, address) {
  try { address ? localStorage.setItem(place, address) : localStorage.removeItem(place) } catch (closed) { /* then a reload begins again */ }
}
