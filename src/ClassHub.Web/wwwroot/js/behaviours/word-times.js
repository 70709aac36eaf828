// Marks when each line is said, while it plays: a tap or Alt + Enter puts the time before the line and goes on to the next.
const written = /^\s*(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?(?:\s*-->\s*[\d:.,]+)?\s*/

export function start(tool) {
  const text = document.querySelector(tool.dataset.wordTimes), player = tool.querySelector("audio, video"), said = tool.querySelector("[data-times-said]")
  let isChosen = false // until somebody puts the cursor somewhere, the first line without a time is meant

  function lines() {
    let at = 0
    return text.value.split("\n").map((words, number) => {
      const line = { words, number: number + 1, from: at, to: at + words.length }
      at = line.to + 1
      return line
    })
  }

  function current() {
    const all = lines().filter(line => line.words.trim())
    return isChosen ? all.find(line => line.to >= text.selectionStart) : all.find(line => !written.test(line.words))
  }

  function mark() {
    const line = current()
    if (!line) return say("Every line has its time. Put the cursor into a line to mark it again.")
    const time = clock(player.currentTime)
    text.setRangeText(`${time} ${line.words.replace(written, "")}`, line.from, line.to, "end")
    text.dispatchEvent(new Event("input", { bubbles: true }))
    const next = lines().find(one => one.number > line.number && one.words.trim())
    isChosen = Boolean(next)
    if (next) text.setSelectionRange(next.from, next.from)
    say(`Line ${line.number} begins at ${time}. ` + (next ? `Next: ${next.words.replace(written, "").slice(0, 60)}` : "That was the last one."))
  }

  function say(words) { said.textContent = words }
  function turn() { player.paused ? player.play().catch(() => {}) : player.pause() }

  for (const type of ["pointerup", "keyup"]) text.addEventListener(type, () => { isChosen = true })
  text.addEventListener("keydown", event => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return
    const act = event.key === "Enter" ? mark : event.code === "KeyP" ? turn : null
    if (!act) return
    event.preventDefault()
    act()
  })
  tool.addEventListener("click", event => {
    const button = event.target.closest("[data-do]")
    if (!button) return
    button.dataset.do === "mark" ? mark() : player.currentTime = Math.max(0, player.currentTime - 3)
  })
  tool.querySelector("[data-times-bar]").hidden = false
}

// "0:07.3": to a tenth, which is as exact as a finger.
function clock(seconds) {
  const tenths = Math.floor(seconds * 10), rest = tenths % 600, minutes = Math.floor(tenths / 600)
  return `${minutes}:${String(Math.floor(rest / 10)).padStart(2, "0")}${rest % 10 ? `.${rest % 10}` : ""}`
}
