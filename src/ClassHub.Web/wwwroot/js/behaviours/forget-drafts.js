// The page says that something was done: what a form had sent is safe, so the device's copies can go.
import { forgetTab } from "../leaving.js"

export function start() {
  if (sessionStorage.getItem("words-sent")) import("../device/words.js").then(words => words.dropSent()).catch(() => {})
  forgetTab()
  if (sessionStorage.getItem("recordings-used")) import("../recording/slices.js").then(slices => slices.dropUsed()).catch(() => {})
}
