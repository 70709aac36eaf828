// Names the chosen files with their sizes before anyone spends data on them, and says at once when one is too big.
import { mayShrink, smaller } from "../photo.js"
import { size } from "../size.js"
import { tooMuch } from "../too-much.js"

export function start(input) {
  const list = document.querySelector(input.dataset.fileList)
  const problem = Object.assign(document.createElement("p"), { className: "field__error" })
  problem.setAttribute("role", "status")
  list.after(problem)

  // Who chooses once more adds: what was recorded, or chosen before, is not lost by it.
  let before = []
  function add() {
    const now = [...input.files], same = (one, other) => one === other || one.name === other.name && one.size === other.size && one.lastModified === other.lastModified
    const missing = before.filter(file => !now.some(other => same(file, other)))
    if (!input.multiple || !missing.length || !window.DataTransfer) return
    const all = new DataTransfer()
    for (const file of [...missing, ...now]) all.items.add(file)
    input.files = all.files
  }

  async function show() {
    const files = before = [...input.files]
    list.textContent = ""
    for (const file of files) list.append(row(file))
    list.hidden = !files.length
    complain(files.map(file => mayShrink(file) ? { size: 0 } : file))
    const sent = await Promise.all(files.map(smaller))
    if (files.length === input.files.length && files.every((file, at) => file === input.files[at])) complain(sent)
  }

  function complain(files) {
    const wrong = tooMuch(input, files)
    problem.textContent = wrong
    input.setCustomValidity(wrong)
  }

  function row(file) {
    const item = Object.assign(document.createElement("li"), { className: "item" })
    const words = Object.assign(document.createElement("span"), { className: "grow" })
    const hint = line("hint", size(file.size))
    words.append(line("b", file.name), hint)
    if (mayShrink(file)) {
      hint.textContent += ", making it smaller …"
      smaller(file).then(sent => { hint.textContent = size(file.size) + (sent === file ? "" : ` → ${size(sent.size)}`) })
    }
    item.append(words)
    if (window.DataTransfer) item.append(remover(file))
    return item
  }

  function line(name, text) {
    return Object.assign(document.createElement("span"), { className: name, textContent: text })
  }

  function remover(file) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn sm quiet", textContent: "Remove" })
    button.append(line("vh", ` ${file.name}`))
    button.addEventListener("click", () => {
      const kept = new DataTransfer()
      for (const one of input.files) if (one !== file) kept.items.add(one)
      input.files = kept.files
      show()
      input.focus()
    })
    return button
  }

  input.addEventListener("change", () => { add(); show() })
  show()
}
