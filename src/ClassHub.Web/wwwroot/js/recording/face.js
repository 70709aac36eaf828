// What the recorder shows, and what it says to those who do not see it.
import { clock } from "./kinds.js"

const lastMinute = 60000, tooQuiet = 0.1, quietFor = 4000

export function faceOf(root) {
  const find = name => root.querySelector(`[data-${name}]`)
  return {
    find,
    say(words) { find("said").textContent = words },
    complain(words) { find("problem").textContent = words },
    focusOn(name) {
      const button = root.querySelector(`[data-do=${name}]`)
      if (button) button.focus()
    },
    // isFound: it is from before, so the page's form need not wait for it.
    show(state, isFound) {
      for (const part of root.querySelectorAll("[data-in]")) part.hidden = !part.dataset.in.split(" ").includes(state)
      for (const part of root.querySelectorAll("[data-only]")) part.hidden = (part.dataset.only === "found") !== isFound
      root.classList.toggle("on", state === "recording")
      if (state === "idle" || isFound) delete root.dataset.recording
      else root.dataset.recording = ""
    }
  }
}

// The clock, the level, the last minute and the end of it. What is said is for readers; the clock beside it is for the eyes.
export function follow({ root, find, say }, session, ear, most) {
  let told = most <= lastMinute, heard = 0
  return () => {
    const ms = session.ms(), level = ear.level()
    find("time").textContent = clock(ms)
    find("left").textContent = `${clock(Math.max(0, most - ms))} left`
    find("level").value = session.isPaused || !level ? 0 : level
    if (level === null || level > tooQuiet || session.isPaused) heard = ms
    find("quiet").hidden = ms - heard < quietFor
    if (!told && most - ms < lastMinute) { told = true; say("One minute left.") }
    if (ms >= most || !root.isConnected) session.stop()
  }
}

// Photos may go meanwhile; the work itself waits for the person's word about what they recorded.
export function holdBack(form, root, explain) {
  document.addEventListener("submit", event => {
    const button = event.submitter
    if (event.target !== form || !root.isConnected || !("recording" in root.dataset)) return
    if (button && "sendFilesButton" in button.dataset && "keeps" in form.dataset) return
    event.preventDefault()
    event.stopImmediatePropagation()
    explain()
  }, true)
}

// Until the form goes, whatever else is saved in this tab, the recording is nowhere but on the device.
export function onceSent(form, tell) {
  const sent = event => {
    if (event.type === "submit" ? event.target !== form || event.defaultPrevented : event.detail && event.detail.refused) return
    form.removeEventListener("sent", sent)
    document.removeEventListener("submit", sent)
    tell()
  }
  form.addEventListener("sent", sent)
  document.addEventListener("submit", sent)
}
