// Asks the server, while a post is written, what its teacher should know before it goes out.
const quiet = 700

export function start(form) {
  const answer = form.querySelector("[data-check-answer]")
  if (!answer) return
  let timer = 0, asked = 0

  async function ask() {
    if (!form.isConnected) return // it went out, and the address is another page's now
    const body = new FormData(form), turn = ++asked
    let bytes = 0
    for (const [name, value] of [...body]) if (value instanceof File) { bytes += value.size; body.delete(name) }
    body.set("Form.ChosenBytes", bytes)
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
