// Asks the server, while a post is written, what its teacher should know before it goes out.
import { ready } from "../photo.js"
import { smallest } from "../smallest.js"

const quiet = 700, small = 300000 // milliseconds, bytes

export function start(form) {
  const answer = form.querySelector("[data-check-answer]")
  if (!answer) return
  let timer = 0, asked = 0

  async function ask() {
    const turn = ++asked, { files } = await ready(form, () => {}), body = new FormData(form)
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name)
    const sizes = await Promise.all(files.map(file => "makesSmaller" in form.dataset || /^image/.test(file.type) ? smallest(file) : file.size))
    const sum = numbers => numbers.reduce((all, number) => all + number, 0)
    body.set("Form.ChosenBytes", sum(files.map(file => file.size)))
    body.set("Form.ChosenSmallest", sum(sizes))
    files.forEach((file, at) => { if (sizes[at] >= small) body.append("Form.ChosenLarge", file.name) })
    body.set("Form.ChosenPlayed", files.filter(file => /^(audio|video)\//.test(file.type)).length)
    if (!form.isConnected) return // it went out while files were looked at, and the address is another page's now
    try {
      const said = await fetch(form.dataset.check, { method: "POST", body })
      if (said.ok && turn === asked && form.isConnected) answer.innerHTML = await said.text()
    } catch (offline) { /* the next change asks again */ }
  }

  for (const type of ["input", "change"]) form.addEventListener(type, () => {
    clearTimeout(timer)
    timer = setTimeout(ask, quiet)
  })
}
