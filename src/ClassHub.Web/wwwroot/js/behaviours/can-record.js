// A way to the recorder is shown only where there will be one.
import { able } from "../recording/kinds.js"

export function start(link) { link.hidden = !able }
