// What a pupil's device does behind every page: it learns whose it is, keeps pages on a device of their own, and sends what waits.
import { able, dropKey } from "../device/store.js"
import { me, refresh } from "../device/me.js"
import { all, listen } from "../device/waiting.js"
import { now as sendNow } from "../device/later.js"
import { show } from "../device/kept.js"
import { keepPage } from "../device/pages.js"

const afterThePage = 4000
// What pupils' pages need without a connection; the worker keeps a script when it is asked for.
const ofPupils = ["on-device", "hand-in", "autosave", "send-files", "ticks", "once", "print", "recorder", "arrange", "pictures", "player", "small", "words"]

export async function start(body) {
  if (!able || !body.dataset.device) return
  const person = Number(body.dataset.person), isOwn = body.dataset.device === "own", keptAt = Number(body.dataset.kept)
  if (keptAt) show(keptAt)
  else await new Promise(done => setTimeout(done, afterThePage)) // the page comes first on a weak line
  if (document.body.dataset.person !== body.dataset.person) return

  const known = await refresh(person).catch(() => undefined)
  if (known === null) return signedOut(keptAt)
  if (isOwn && known && "serviceWorker" in navigator) await keepPages(known)
  await showCount(person)
  listen(told => { if (told.receipt || told.problem) showCount(person) })
  sendNow()
}

async function showCount(person) {
  const who = await me(person), count = who ? (await all(who)).waiting.length : 0
  for (const place of document.querySelectorAll("[data-waiting-count]")) {
    place.hidden = !count
    place.firstElementChild.textContent = count
  }
}

async function keepPages(me) {
  for (const name of await caches.keys()) if (/^(pages|files)-/.test(name) && !name.endsWith(`-${me.person}`)) await caches.delete(name)
  const cache = await caches.open(`pages-${me.person}`)
  await cache.put("/device/until", new Response(String(me.until)))
  await navigator.serviceWorker.register("SyncManager" in window ? "/sw-sync.js" : "/sw.js", { type: "SyncManager" in window ? "module" : "classic" })
  await navigator.serviceWorker.ready
  try {
    for (const address of new Set([location.pathname + location.search, "/", "/device"])) if (!await cache.match(address)) await keepPage(address)
    for (const name of ofPupils) await import(`./${name}.js`)
    document.body.dataset.keeps = ""
  } catch (broken) { /* the next page tries again */ }
}

// The session is over: nothing readable stays.
async function signedOut(wasKept) {
  for (const name of await caches.keys()) if (/^(pages|files)-/.test(name)) await caches.delete(name)
  await dropKey()
  if (wasKept) location.reload()
}
