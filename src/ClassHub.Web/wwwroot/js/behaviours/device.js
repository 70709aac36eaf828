// What a pupil's device does behind every page: it learns whose it is, keeps pages on a device of their own, and sends what waits.
import { able, dropKey } from "../device/store.js"
import { me, refresh } from "../device/me.js"
import { all, listen } from "../device/waiting.js"
import { now as sendNow } from "../device/later.js"
import { show } from "../device/kept.js"
import { keepPage, notWhole } from "../device/pages.js"

const afterThePage = 4000

export async function start(body) {
  if (!able || !body.dataset.device) return
  const person = Number(body.dataset.person), isOwn = body.dataset.device === "own", keptAt = Number(body.dataset.kept)
  if (keptAt) show(keptAt)
  else await new Promise(done => setTimeout(done, afterThePage)) // the page comes first on a weak line
  if (document.body.dataset.person !== body.dataset.person) return

  const known = await refresh(person).catch(() => undefined)
  if (known === null) return signedOut(keptAt)
  if (known && "serviceWorker" in navigator) await lookAfter(known, isOwn).catch(() => {}) // a full device does all the rest
  await showCount(person)
  listen(told => { if (told.receipt || told.problem) showCount(person) })
  sendNow()
}

async function showCount(person) {
  const who = await me(person), { waiting, words } = who ? await all(who) : { waiting: [], words: [] }, count = waiting.length + words.length
  for (const place of document.querySelectorAll("[data-waiting-count]")) {
    place.hidden = !count
    place.firstElementChild.textContent = count
  }
}

// The worker answers where there is no connection (see sw.js); pages it keeps for people on a device of their own only.
async function lookAfter(me, isOwn) {
  for (const name of await caches.keys()) if (/^(pages|files)-/.test(name) && !(isOwn && name.endsWith(`-${me.person}`))) await caches.delete(name)
  if (isOwn) await (await caches.open(`pages-${me.person}`)).put("/device/until", new Response(String(me.until)))
  await navigator.serviceWorker.register("SyncManager" in window ? "/sw-sync.js" : "/sw.js", { type: "SyncManager" in window ? "module" : "classic" })
  await navigator.serviceWorker.ready
  if (!isOwn) return
  for (const address of new Set([location.pathname + location.search, "/", "/device", "/logout"])) if ((await notWhole([address])).length) await keepPage(address)
  document.body.dataset.keeps = ""
}

// The session is over: nothing readable stays.
async function signedOut(wasKept) {
  for (const name of await caches.keys()) if (/^(pages|files)-/.test(name)) await caches.delete(name)
  await dropKey()
  if (wasKept) location.reload()
}
