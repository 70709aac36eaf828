// Answers where the line is slow or dead. For a pupil on a device of their own it keeps what they opened and what they chose: a cache
// "pages-<person>" exists only while such a person is signed in (behaviours/device.js makes it). For everybody else it keeps nothing, says that
// there is no connection, gives back a form that could not be sent, and remembers that somebody signed out.
// Keeping is best effort: it never stands between the school's answer and the person.
const patience = 500 // milliseconds that a page on the device waits for a fresher one
const mostPages = 200, mostFiles = 300, mostParts = 300, biggestFile = 30 * 1024 * 1024
const isFile = /^\/(work\/\d+\/)?files\//
const modules = "/modules.txt"
if (!self.answers) importScripts("/sw-answers.js") // a module worker has imported it (see sw-sync.js)
const { said, again, shown, part206, tellLeft, ours } = self.answers

addEventListener("install", event => {
  skipWaiting()
  event.waitUntil(partsOf([ours, modules]).then(async () => partsOf((await needsOf(await (await kept(ours)).text())).parts)).catch(() => {}))
})
addEventListener("activate", event => event.waitUntil(clients.claim()))

addEventListener("fetch", event => {
  const { request } = event, { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  if (request.method === "GET") {
    if (request.mode === "navigate") event.respondWith(first(event, page))
    else if (request.headers.has("X-Keep") && !isFile.test(pathname)) event.respondWith(keepNow(request))
    else if (isFile.test(pathname)) event.respondWith(file(event))
    else if (["script", "style", "font", "image", "manifest", "worker"].includes(request.destination)) event.respondWith(part(event))
  } else if (request.method === "POST" && request.mode === "navigate") event.respondWith(first(event, sent))
})

addEventListener("message", event => {
  const { whole, fresher } = event.data
  if (whole) event.waitUntil(notWhole(whole).then(missing => event.ports[0].postMessage(missing)))
  if (fresher && lately.address === fresher) event.source.postMessage({ fresher, html: lately.html })
})

async function person() {
  const name = (await caches.keys()).find(one => one.startsWith("pages-"))
  if (!name) return null
  const until = await (await caches.open(name)).match("/device/until")
  if (until && Date.now() < Number(await until.text())) return name.slice("pages-".length)
  await forget()
  return null
}

// The person and where their pages lie; nothing where none are kept, or where the device's storage does not answer.
async function own() {
  try {
    const who = await person()
    return who && { pages: await caches.open(`pages-${who}`), files: await caches.open(`files-${who}`) }
  } catch (closed) { return null }
}

// Pages, files and the key go; what waits to be sent stays, sealed.
async function forget() {
  for (const name of await caches.keys()) if (/^(pages|files)-/.test(name)) await caches.delete(name)
  await new Promise(done => {
    const gone = indexedDB.deleteDatabase("classhub-key")
    gone.onsuccess = gone.onerror = gone.onblocked = done
  })
}

// Whoever signed out without a connection is signed out at the school before anything else is asked of it.
async function first(event, answer) {
  if (await caches.has("left").catch(() => false) && !await tellLeft()) return said("left")
  return answer(event)
}

// From the server if it answers soon, else from the device, and then the fresher one is told to the page when it comes.
async function page(event) {
  const { request } = event, mine = await own()
  if (!mine) return fetch(request).catch(() => said("page"))
  const found = await mine.pages.match(addressOf(request)).catch(() => null)
  const fresh = fetchPage(request, mine, event)
  event.waitUntil(fresh.catch(() => {}).then(renew))
  if (!found) return fresh.catch(() => said("own"))
  const current = Number(found.headers.get("X-Kept")) > await wroteAt(mine.pages)
  const soon = await Promise.race([fresh.catch(() => null), pause(current ? patience : 60000)])
  if (soon) return soon
  event.waitUntil(fresh.then(answer => tell(event, answer.clone())).catch(() => {}))
  return shown(found)
}

// A form that the browser itself sends. Whoever signs in or out begins with an empty device.
async function sent(event) {
  const { request } = event, { pathname } = new URL(request.url), copy = request.clone()
  const isLeaving = pathname === "/logout"
  if (isLeaving || /^\/(login|setup)$/.test(pathname)) await forget().catch(() => {})
  if (isLeaving) await caches.open("left").catch(() => {})
  else event.waitUntil(own().then(mine => mine && mine.pages.put("/device/wrote", new Response(String(Date.now())))).catch(() => {}))
  try {
    const answer = await fetch(request)
    if (isLeaving && answer.type === "opaqueredirect") await caches.delete("left")
    return answer
  } catch (broken) {
    if (isLeaving && registration.sync) await registration.sync.register("classhub-left").catch(() => {})
    return isLeaving ? said("left") : again(copy)
  }
}

// What was kept before something was sent may be out of date: then only a dead line shows it (see device/sending.js too).
async function wroteAt(pages) {
  const noted = await pages.match("/device/wrote").catch(() => null)
  return noted ? Number(await noted.text()) : 0
}

// A page that is wanted on the device before anybody opens it: its answer comes when it is there, with all it needs.
async function keepNow(request) {
  const mine = await own()
  if (!mine) return fetch(request)
  const waits = []
  const answer = await fetchPage(request, mine, { waitUntil: one => waits.push(one) })
  await Promise.all(waits)
  return answer.ok && (await notWhole([addressOf(request)])).length ? new Response(null, { status: 507 }) : answer
}

async function fetchPage(request, { pages, files }, event) {
  const answer = await fetch(request), address = addressOf(request)
  // Whoever is shown the sign-in page, straight or led there, is signed out.
  if (answer.ok && answer.headers.has("X-Sign-In")) await forget().catch(() => {})
  else if (answer.ok && !answer.redirected && isPage(answer)) event.waitUntil(keepPage(pages, files, address, answer.clone()).catch(() => {}))
  else if (answer.status === 404 || answer.status === 403) event.waitUntil(pages.delete(address).catch(() => {}))
  return answer
}

const isPage = answer => (answer.headers.get("Content-Type") || "").startsWith("text/html")
const told = ["Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"]

async function keepPage(pages, files, address, answer) {
  const headers = new Headers([...answer.headers].filter(([name]) => told.some(one => one.toLowerCase() === name)))
  const body = await answer.blob(), { parts, pictures } = await needsOf(await body.text())
  await put(pages, address, body, headers)
  await trim(pages, mostPages)
  await partsOf(parts)
  for (const picture of pictures) if (!await files.match(picture)) await fetch(picture).then(found => keepFile(files, picture, found)).catch(() => {})
}

// Puts something away and gives whether it is there. The oldest of what is kept makes room.
async function put(cache, address, body, headers) {
  headers.set("X-Kept", Date.now())
  for (let next = null, many = 1; ; many *= 2) {
    try {
      await cache.put(address, new Response(body, { headers }))
      return true
    } catch (full) {
      next = next || await oldest()
      const gone = next.splice(0, many)
      if (!gone.length) return false
      for (const one of gone) await one.cache.delete(one.request)
    }
  }
}

async function oldest() {
  const all = []
  for (const name of await caches.keys()) if (/^(pages|files)-/.test(name)) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url), kept = await cache.match(request)
      if (kept && pathname !== "/" && !pathname.startsWith("/device")) all.push({ cache, request, at: Number(kept.headers.get("X-Kept")) })
    }
  }
  return all.sort((a, b) => a.at - b.at)
}

async function trim(cache, most) {
  const all = await cache.keys()
  for (const old of all.slice(0, Math.max(0, all.length - most))) if (!old.url.includes("/device")) await cache.delete(old)
}

// What a page needs beside itself: the scripts it starts with all they import (the list is made when ClassHub is built), its style with
// its letters, icons and pictures.
async function needsOf(html) {
  const parts = new Set([modules, ours]), pictures = new Set(), imports = await importsOf()
  for (const [, found] of html.matchAll(/<(?:link|script|use|img)\b[^>]*?\b(?:src|href)="(\/[^"#]*)/g)) {
    const address = found.replace(/&amp;/g, "&")
    if (isFile.test(address)) pictures.add(address)
    else parts.add(address)
  }
  const follow = address => { if (!parts.has(address)) { parts.add(address); for (const one of imports.get(address) || []) follow(one) } }
  for (const one of [...parts].filter(one => /\/app\.[^/]*js$/.test(one))) for (const next of imports.get("/js/app.js") || []) follow(next)
  for (const [, name] of html.matchAll(/\bdata-([a-z-]+)/g)) if (imports.has(`/js/behaviours/${name}.js`)) follow(`/js/behaviours/${name}.js`)
  const found = { menu: /<details[^>]*\bmenu\b/, walk: /class="[^"]*\b(list|hand)\b/, nights: /type="datetime-local"/ }
  for (const [name, looks] of Object.entries(found)) if (looks.test(html)) follow(`/js/behaviours/${name}.js`)
  for (const style of [...parts].filter(one => /\.css$/.test(one))) for (const one of await lettersOf(style)) parts.add(one)
  parts.delete("/")
  return { parts: [...parts].filter(one => /\.\w+$/.test(one)), pictures: [...pictures] }
}

async function importsOf() {
  const text = await (await kept(modules) || await fetch(modules)).text()
  return new Map(text.split("\n").filter(line => line).map(line => {
    const [of, ...paths] = line.trim().split(/\s+/)
    return [of, paths.map(path => new URL(path, new URL(of, location.origin)).pathname)]
  }))
}

async function lettersOf(style) {
  if (letters.has(style)) return letters.get(style)
  const found = await kept(style) || await partsOf([style]).then(() => kept(style))
  const paths = [...(await found.text()).matchAll(/url\("?(\/[^")]+|\.\.\/[^")]+)/g)].map(([, path]) => new URL(path, new URL(style, location.origin)).pathname)
  letters.set(style, paths)
  return paths
}

const letters = new Map()
const kept = async address => (await caches.open("parts")).match(address, { ignoreVary: true })

// Those that are not there yet are fetched.
async function partsOf(addresses) {
  const parts = await caches.open("parts")
  await Promise.all(addresses.map(async address => {
    if (!await parts.match(address, { ignoreVary: true })) await keepPart(address, await fetch(address))
  }))
}

// The list, and our own page, may be those of an older ClassHub: they are asked for once while this worker lives.
let renewing = null
function renew() {
  return renewing = renewing || Promise.all([modules, ours].map(async address => keepPart(address, await fetch(address)))).catch(() => {})
}

// Which of these would not open whole.
async function notWhole(addresses) {
  const mine = await own(), missing = []
  for (const address of addresses) if (!mine || !await isWhole(mine, address).catch(() => false)) missing.push(address)
  return missing
}

async function isWhole({ pages, files }, address) {
  if (isFile.test(address)) return Boolean(await files.match(address, { ignoreVary: true }))
  const found = await pages.match(address)
  if (!found) return false
  const { parts, pictures } = await needsOf(await found.text())
  for (const one of parts) if (!await kept(one)) return false
  for (const one of pictures) if (!await files.match(one, { ignoreVary: true })) return false
  return true
}

let lately = {}
async function tell(event, answer) {
  if (!answer.ok || answer.redirected || answer.headers.has("X-Sign-In")) return
  lately = { address: addressOf(event.request), html: await answer.text() }
  const client = await clients.get(event.resultingClientId)
  if (client) client.postMessage({ fresher: lately.address, html: lately.html })
}

// Styles, scripts and icons: from the device at once; those whose address does not tell their version are looked after behind it.
async function part(event) {
  const { request } = event
  const found = await caches.open("parts").then(parts => parts.match(request, { ignoreVary: true })).catch(() => null)
  const fresh = async () => {
    const answer = await fetch(request), copy = answer.ok && answer.clone()
    if (copy && await own()) event.waitUntil(keepPart(request.url, copy).catch(() => {}))
    return answer
  }
  if (!found || !await own()) return fresh().catch(problem => found || Promise.reject(problem))
  if (!/immutable/.test(found.headers.get("Cache-Control"))) event.waitUntil(fresh().catch(() => {}))
  return found
}

async function keepPart(address, answer) {
  const parts = await caches.open("parts")
  if (answer.ok) await put(parts, address, await answer.blob(), new Headers(answer.headers))
  await trim(parts, mostParts)
}

// A file never changes under its address. What was opened whole and is not too big stays for the next time.
async function file(event) {
  const { request } = event, mine = await own(), isWanted = request.headers.has("X-Keep")
  if (!mine) return fetch(request)
  const found = await mine.files.match(addressOf(request), { ignoreVary: true }).catch(() => null)
  if (found) return request.headers.has("Range") ? part206(found, request.headers.get("Range")) : found
  const answer = await fetch(request), keeping = keepFile(mine.files, addressOf(request), answer.clone()).catch(() => false)
  event.waitUntil(keeping)
  return isWanted && answer.ok && !await keeping ? new Response(null, { status: 507 }) : answer
}

async function keepFile(files, address, answer) {
  if (answer.status !== 200 || !(Number(answer.headers.get("Content-Length")) <= biggestFile)) return false
  const isThere = await put(files, address, await answer.blob(), new Headers(answer.headers))
  await trim(files, mostFiles)
  return isThere
}

function addressOf(request) { return request.url.split("#")[0] }
function pause(ms) { return new Promise(done => setTimeout(done, ms, null)) }

// Where the browser can wake us, nobody need open a page for it.
addEventListener("sync", event => {
  if (event.tag === "classhub-left") event.waitUntil(tellLeft().then(isTold => isTold || Promise.reject(new Error("not yet"))))
})

// The message of the day, or an urgent one; a second with the same tag takes the place of the first.
addEventListener("push", event => {
  const said = event.data ? event.data.json() : {}
  event.waitUntil(registration.showNotification(said.title || "ClassHub", { body: said.body, tag: said.tag, data: said.url, icon: "/app-icon-192.png" }))
})
addEventListener("notificationclick", event => {
  event.notification.close()
  event.waitUntil(clients.openWindow(event.notification.data || "/"))
})
