// Whoever signs out leaves no recording that the next person could hear.
import { dropUnsealed } from "../recording/slices.js"

export function start(form) {
  form.addEventListener("submit", async event => {
    event.preventDefault()
    await dropUnsealed().catch(() => {})
    form.submit()
  })
}
