// Who is signed in on this device, as the server last said: their key, the form token, and the server's signed time.
import { able, readKey, writeKey, importKey } from "./store.js"

const often = 10 * 60 * 1000
let known = null

// Asks the server. Throws when it cannot be reached, and gives null when nobody is signed in.
export async function ask() {
  const answer = await fetch("/device/me", { headers: { Accept: "application/json" }, cache: "no-store" })
  if (answer.status === 401 || answer.status === 403) return known = null
  if (!answer.ok) throw new Error(answer.status)
  const { key, ...said } = await answer.json()
  known = { ...said, key: await importKey(key), at: Date.now() }
  // A shared device knows the key only as long as this page is open.
  if (known.own) await writeKey(known)
  return known
}

// The person of this page: from its memory, from the device, or from the server; null when none of them knows.
export async function me(person) {
  if (!able) return null
  if (!known) known = await readKey().catch(() => null) || null
  if (known && person && known.person !== person) known = null
  return known || ask().catch(() => null)
}

// Asks again now and then, so that the device has a time to count from. Throws when there is no connection and nothing is known.
export async function refresh(person) {
  const now = await me(person)
  return now && now.at <= Date.now() && Date.now() - now.at < often ? now : ask()
}

// When something was made, told as the server's last word and how long ago that was. A clock that is wrong all along changes nothing.
export const madeNow = me => ({ time: me.time, after: Math.max(0, Date.now() - me.at) })
