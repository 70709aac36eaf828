// Copies a code or a link and says so.
export function start(button) {
  const said = Object.assign(document.createElement("span"), { className: "copied" })
  said.setAttribute("role", "status")
  button.after(said)
  button.hidden = false

  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copy)
    const text = source.value !== undefined ? source.value : source.textContent.trim()
    said.textContent = await write(text) ? "Copied" : "Please copy it by hand"
    setTimeout(() => { said.textContent = "" }, 4000)
  })
}

async function write(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch (notAllowed) {
    // Without HTTPS (a school's own network) there is no clipboard; the old way still works.
    const area = Object.assign(document.createElement("textarea"), { value: text, className: "vh" })
    document.body.append(area)
    area.select()
    const done = document.execCommand("copy")
    area.remove()
    return done
  }
}
