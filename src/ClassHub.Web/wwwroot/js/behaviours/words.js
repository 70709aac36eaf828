// The words of the player beside them: asked for when it is first played, never before. A video shows them itself; for a sound they stand here.
export function start(line) {
  for (const player of line.parentElement.querySelectorAll("audio, video")) player.addEventListener("play", () => show(line, player), { once: true })
}

function show(line, player) {
  const element = Object.assign(document.createElement("track"), { kind: "captions", label: "Words", srclang: document.documentElement.lang, src: line.dataset.words })
  player.append(element)
  const { track } = element
  track.mode = player.matches("video") ? "showing" : "hidden"
  if (track.mode === "showing") return
  element.addEventListener("load", () => { line.hidden = false })
  track.addEventListener("cuechange", () => {
    line.textContent = [...track.activeCues].map(cue => cue.getCueAsHTML().textContent).join("\n")
  })
}
