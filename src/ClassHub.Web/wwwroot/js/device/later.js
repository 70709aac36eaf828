// What waits goes as soon as it can: when the browser says it is online, again and again while a page is open, and without one where the browser can.
import { sendAll } from "./sending.js"

const shortest = 2000, longest = 60000
let wait = shortest, timer = 0

export function later() {
  if ("serviceWorker" in navigator) navigator.serviceWorker.ready.then(worker => worker.sync && worker.sync.register("classhub-waiting")).catch(() => {})
  clearTimeout(timer)
  timer = setTimeout(now, wait)
  wait = Math.min(wait * 2, longest)
}

export async function now() {
  clearTimeout(timer)
  try {
    await sendAll()
    wait = shortest
  } catch (broken) { later() }
}

addEventListener("online", () => { wait = shortest; now() })
