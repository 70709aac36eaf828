// Asks the server, while a post is written, how pupils will see it and what its teacher should know before it goes out.
// One question at a time: on a slow line, where answers take longer than pauses in typing, each of them is still shown.
import { ready } from "../photo.js"
import { smallest } from "../smallest.js"

const quiet = 700, patience = 30000, small = 300000 // milliseconds, milliseconds, bytes

export function start(form) {
  const answer = form.querySelector("[data-check-answer]")
  if (!answer) return
  let timer = 0, asking = null, again = false

  async function question() {
    const { files } = await ready(form, () => {}), body = new FormData(form)
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name)
    const sizes = await Promise.all(files.map(file => "makesSmaller" in form.dataset || /^image/.test(file.type) ? smallest(file) : file.size))
    const sum = numbers => numbers.reduce((all, number) => all + number, 0)
    body.set("Form.ChosenBytes", sum(files.map(file => file.size)))
    body.set("Form.ChosenSmallest", sum(sizes))
    files.forEach((file, at) => { if (sizes[at] >= small) body.append("Form.ChosenLarge", file.name) })
    body.set("Form.ChosenPlayed", files.filter(file => /^(audio|video)\//.test(file.type)).length)
    return body
  }

  function show(html) {
    const seen = answer.querySelector(".phone"), top = seen && seen.scrollTop
    answer.innerHTML = html
    if (top) answer.querySelector(".phone").scrollTop = top
  }

  async function ask() {
    if (asking) { again = true; return }
    again = false
    const mine = asking = new AbortController()
    const giveUp = setTimeout(() => mine.abort(), patience)
    try {
      const body = await question()
      if (!form.isConnected) return // it went out while files were looked at, and the address is another page's now
      const said = await fetch(form.dataset.check, { method: "POST", body, signal: mine.signal })
      const html = await said.text()
      if (said.ok && form.isConnected) show(html)
    } catch (offline) { /* the next change asks again */ } finally {
      clearTimeout(giveUp)
      asking = null
    }
    if (again) later()
  }

  function later() {
    clearTimeout(timer)
    timer = setTimeout(ask, quiet)
  }

  for (const type of ["input", "change"]) form.addEventListener(type, later)
  addEventListener("online", () => { if (again) later() })
  // What goes out now has the line for itself.
  document.addEventListener("submit", event => {
    if (event.target !== form || event.defaultPrevented) return
    clearTimeout(timer)
    again = false
    if (asking) asking.abort()
  })
}
