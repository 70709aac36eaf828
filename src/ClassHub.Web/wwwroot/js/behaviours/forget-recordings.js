// Whoever signs out leaves no recording that the next person could hear: it goes before the form does, and on the page that says so, for a press can come before anything listens.
import { dropUnsealed } from "../recording/slices.js"

export function start(place) {
  if (place.tagName !== "FORM") return dropUnsealed().catch(() => {})
  place.addEventListener("submit", async event => {
    event.preventDefault()
    await dropUnsealed().catch(() => {})
    place.submit()
  })
}
