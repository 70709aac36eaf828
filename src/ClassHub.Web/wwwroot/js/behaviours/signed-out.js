// The page that says so: a press can come before anything listens (see sign-out.js), so the same is done once more.
import { dropUnsealed } from "../recording/slices.js"
import { leave } from "../leaving.js"

export function start() {
  leave()
  dropUnsealed().catch(() => {})
}
