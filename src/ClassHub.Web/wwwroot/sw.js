// Answers from the device when the line is slow or dead, for a pupil on a device of their own: what they opened and what they chose to keep.
// A cache "pages-<person>" exists only while such a person is signed in (behaviours/device.js makes it); without one, everything passes through.
const patience = 500 // milliseconds that a page on the device waits for a fresher one
const mostPages = 80, mostFiles = 120, biggestFile = 30 * 1024 * 1024
const isFile = /^\/(work\/\d+\/)?files\//

addEventListener("install", () => skipWaiting())
addEventListener("activate", event => event.waitUntil(clients.claim()))

addEventListener("fetch", event => {
  const { request } = event, { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  if (request.method === "GET") {
    if (request.mode === "navigate") event.respondWith(page(event))
    else if (request.headers.has("X-Keep") && !isFile.test(pathname)) event.respondWith(keepNow(request))
    else if (isFile.test(pathname)) event.respondWith(file(request))
    else if (["script", "style", "font", "image", "manifest", "worker"].includes(request.destination)) event.respondWith(part(event))
  } else if (request.method === "POST" && request.mode === "navigate") {
    event.waitUntil(wrote())
    // Whoever signs in or out begins with an empty device.
    if (/^\/(login|logout|setup)$/.test(pathname)) event.respondWith(forget().then(() => fetch(request)))
  }
})

async function person() {
  const name = (await caches.keys()).find(one => one.startsWith("pages-"))
  if (!name) return null
  const until = await (await caches.open(name)).match("/device/until")
  if (until && Date.now() < Number(await until.text())) return name.slice("pages-".length)
  await forget()
  return null
}

// Pages, files and the key go; what waits to be sent stays, sealed.
async function forget() {
  for (const name of await caches.keys()) if (/^(pages|files)-/.test(name)) await caches.delete(name)
  await new Promise(done => {
    const gone = indexedDB.deleteDatabase("classhub-key")
    gone.onsuccess = gone.onerror = gone.onblocked = done
  })
}

// From the server if it answers soon, else from the device, and then the fresher one is told to the page when it comes.
async function page(event) {
  const who = await person()
  if (!who) return fetch(event.request)
  const cache = await caches.open(`pages-${who}`), kept = await cache.match(addressOf(event.request))
  const fresh = fetchPage(event.request, cache)
  event.waitUntil(fresh.catch(() => {}))
  if (!kept) return fresh.catch(async problem => await shown(await cache.match("/device"), " data-missing") || Promise.reject(problem))
  const current = Number(kept.headers.get("X-Kept")) > await wroteAt(cache)
  const first = await Promise.race([fresh.catch(() => null), pause(current ? patience : 60000)])
  if (first) return first
  event.waitUntil(fresh.then(answer => tell(event, answer.clone())).catch(() => {}))
  return shown(kept)
}

// What was kept before something was sent may be out of date: then only a dead line shows it (see device/waiting.js too).
async function wrote() {
  const who = await person()
  if (who) await (await caches.open(`pages-${who}`)).put("/device/wrote", new Response(String(Date.now())))
}

async function wroteAt(cache) {
  const noted = await cache.match("/device/wrote")
  return noted ? Number(await noted.text()) : 0
}

// A page that is wanted on the device before anybody opens it.
async function keepNow(request) {
  const who = await person()
  return who ? fetchPage(request, await caches.open(`pages-${who}`)) : fetch(request)
}

async function fetchPage(request, cache) {
  const answer = await fetch(request)
  // Whoever is shown the sign-in page, straight or led there, is signed out.
  if (answer.ok && new URL(answer.url).pathname === "/login") await forget()
  else if (answer.ok && !answer.redirected && answer.headers.get("Content-Type")?.startsWith("text/html")) await keep(cache, addressOf(request), answer.clone())
  else if (answer.status === 404 || answer.status === 403) await cache.delete(addressOf(request))
  return answer
}

async function keep(cache, address, answer) {
  const headers = new Headers({ "X-Kept": Date.now() })
  for (const name of ["Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"]) if (answer.headers.has(name)) headers.set(name, answer.headers.get(name))
  await cache.put(address, new Response(await answer.blob(), { headers }))
  await trim(cache, mostPages)
}

async function trim(cache, most) {
  const all = await cache.keys()
  for (const old of all.slice(0, Math.max(0, all.length - most))) if (!old.url.includes("/device/")) await cache.delete(old)
}

// The page says by itself from when it is.
async function shown(kept, more = "") {
  if (!kept) return null
  const html = (await kept.text()).replace("<body", `<body data-kept="${Number(kept.headers.get("X-Kept"))}"${more}`)
  return new Response(html, { headers: kept.headers })
}

async function tell(event, answer) {
  const client = await clients.get(event.resultingClientId)
  if (client && answer.ok && !answer.redirected) client.postMessage({ fresher: addressOf(event.request), html: await answer.text() })
}

// Styles, scripts and icons: from the device at once; those whose address does not tell their version are looked after behind it.
async function part(event) {
  if (!await person()) return fetch(event.request)
  const cache = await caches.open("parts"), kept = await cache.match(event.request)
  const fresh = () => fetch(event.request).then(async answer => {
    if (answer.ok) { await cache.put(event.request, answer.clone()); await trim(cache, mostPages) }
    return answer
  })
  if (!kept) return fresh()
  if (!/immutable/.test(kept.headers.get("Cache-Control"))) event.waitUntil(fresh().catch(() => {}))
  return kept
}

// A file never changes under its address. What was opened whole and is not too big stays for the next time.
async function file(request) {
  const who = await person()
  if (!who) return fetch(request)
  const cache = await caches.open(`files-${who}`), kept = await cache.match(addressOf(request))
  if (kept) return request.headers.has("Range") ? part206(kept, request.headers.get("Range")) : kept
  const answer = await fetch(request)
  if (answer.status === 200 && Number(answer.headers.get("Content-Length")) <= biggestFile) {
    await cache.put(addressOf(request), answer.clone())
    await trim(cache, mostFiles)
  }
  return answer
}

// Players ask for ranges, and some do not play without them.
async function part206(kept, range) {
  const bytes = await kept.blob(), [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range) || []
  const start = from ? Number(from) : Math.max(0, bytes.size - Number(to)), end = from && to ? Math.min(Number(to), bytes.size - 1) : bytes.size - 1
  const headers = new Headers(kept.headers)
  headers.set("Content-Range", `bytes ${start}-${end}/${bytes.size}`)
  headers.set("Content-Length", end - start + 1)
  return new Response(bytes.slice(start, end + 1), { status: 206, headers })
}

function addressOf(request) { return request.url.split("#")[0] }
function pause(ms) { return new Promise(done => setTimeout(done, ms, null)) }

// The message of the day, or an urgent one; a second with the same tag takes the place of the first.
addEventListener("push", event => {
  const said = event.data ? event.data.json() : {}
  event.waitUntil(registration.showNotification(said.title || "ClassHub", { body: said.body, tag: said.tag, data: said.url, icon: "/app-icon-192.png" }))
})
addEventListener("notificationclick", event => {
  event.notification.close()
  event.waitUntil(clients.openWindow(event.notification.data || "/"))
})
