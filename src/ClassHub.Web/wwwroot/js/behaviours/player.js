// One of several versions of a recording, chosen by its price. Without this each price is a link to that version, and the player has the first.
export function start(player) {
  const video = player.querySelector("video"), audio = player.querySelector("audio")
  const choices = [...player.querySelectorAll("[data-plays]")], failed = new Set()

  for (const choice of choices) {
    if (!choice.dataset.else || plays(audio, choice.dataset.type)) continue
    takeOther(choice)
    choice.hidden = choices.some(before => before !== choice && !before.hidden && before.href === choice.href)
  }

  function takeOther(choice) {
    const { else: other, elsePrice } = choice.dataset
    if (audio.src === choice.href) audio.src = other
    choice.href = other
    choice.querySelector("[data-price]").textContent = elsePrice
  }

  player.addEventListener("click", event => {
    const choice = event.target.closest("[data-plays]")
    if (!choice || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
    event.preventDefault()
    failed.clear()
    take(choice)
  })

  // Without a connection only one of them may be on the device. Each is tried once: where none plays, as without a loudspeaker, they would take turns for ever.
  for (const screen of [video, audio]) if (screen) screen.addEventListener("error", () => {
    if (!screen.error) return
    failed.add(screen.currentSrc)
    for (const choice of choices) if (failed.has(choice.href) && choice.dataset.else && !failed.has(new URL(choice.dataset.else, location.href).href)) takeOther(choice)
    const next = choices.find(choice => !choice.hidden && !failed.has(choice.href))
    if (next) take(next)
  })

  function take(choice) {
    const isVideo = choice.dataset.plays === "video", screen = isVideo ? video : audio, other = isVideo ? audio : video
    const at = [video, audio].filter(Boolean).find(one => !one.hidden).currentTime
    if (other) {
      other.pause()
      other.hidden = true
    }
    screen.hidden = false
    if (screen.currentSrc !== choice.href) {
      screen.src = choice.href
      // Where one was, one goes on.
      if (at) screen.addEventListener("loadedmetadata", () => { screen.currentTime = at }, { once: true })
    }
    for (const one of choices) one.setAttribute("aria-current", one === choice)
    screen.play().catch(() => {})
    screen.focus()
  }
}

// What browsers record in these is Opus.
const plays = (audio, type) => audio.canPlayType(/webm|ogg/.test(type) ? `${type}; codecs=opus` : type)
