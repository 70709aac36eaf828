// What was recorded, to be listened to and looked at before anybody else gets it.
import { clock } from "./kinds.js"
import { size } from "../size.js"

export function showParts(list, parts) {
  for (const old of list.querySelectorAll("[src]")) URL.revokeObjectURL(old.src)
  list.textContent = ""
  parts.forEach((part, index) => {
    const kind = /^(image|video|audio)/.exec(part.type) || ["", "video"], item = document.createElement("li")
    const words = Object.assign(document.createElement("p"), { className: "small muted num" })
    words.textContent = [parts.length > 1 && `Part ${index + 1}`, part.ms && clock(part.ms), size(part.blob.size)].filter(Boolean).join(", ")
    const player = document.createElement(kind[1] === "image" ? "img" : kind[1])
    if (kind[1] === "image") player.alt = "Your photo"
    else Object.assign(player, { controls: true, preload: "metadata", playsInline: true }).setAttribute("aria-label", `What you recorded${parts.length > 1 ? `, part ${index + 1}` : ""}`)
    player.src = URL.createObjectURL(part.blob)
    item.append(player, words)
    list.append(item)
  })
}
