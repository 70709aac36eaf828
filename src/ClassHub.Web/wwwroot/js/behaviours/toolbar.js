// Buttons that write Markdown into a textarea; what they write can be undone like typing.
const kinds = {
  bold: text => around(text, "**", "bold words"),
  italic: text => around(text, "*", "slanted words"),
  heading: text => lines(text, () => "## ", "Heading"),
  list: text => lines(text, () => "- ", "first thing"),
  steps: text => lines(text, number => `${number}. `, "first step"),
  quote: text => quotation(text),
  sum: text => around(text, "$", "3/4"),
  link: text => {
    const words = text || "words to tap"
    return { text: `[${words}](https://)`, from: words.length + 3, to: words.length + 11 }
  }
}
const keys = { b: "bold", i: "italic", k: "link" }
const byLine = ["heading", "list", "steps", "quote"]

function around(text, mark, example) {
  const words = text || example
  return { text: mark + words + mark, from: mark.length, to: mark.length + words.length }
}

function lines(text, mark, example) {
  const made = (text || example).split("\n").map((line, index) => mark(index + 1) + line).join("\n")
  return { text: made, from: text ? 0 : made.length - example.length, to: made.length }
}

// A single line that begins so is a sign (“> 5”), so a quotation has two.
function quotation(text) {
  const made = lines(text, () => "> ", "their words")
  return made.text.includes("\n") ? made : { ...made, text: made.text + "\n>" }
}

export function start(toolbar) {
  const area = document.querySelector(toolbar.dataset.toolbar)
  toolbar.hidden = false

  function write(kind) {
    area.focus()
    let start = area.selectionStart
    if (byLine.includes(kind)) start = area.value.lastIndexOf("\n", start - 1) + 1
    const made = kinds[kind](area.value.slice(start, area.selectionEnd))
    area.setSelectionRange(start, area.selectionEnd)
    // The old command is the only one that keeps the browser's own undo.
    if (!document.execCommand("insertText", false, made.text)) {
      area.setRangeText(made.text)
      area.dispatchEvent(new Event("input", { bubbles: true }))
    }
    area.setSelectionRange(start + made.from, start + made.to)
  }

  toolbar.addEventListener("click", event => {
    const button = event.target.closest("[data-md]")
    if (button) write(button.dataset.md)
  })
  area.addEventListener("keydown", event => {
    const kind = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && keys[event.key.toLowerCase()]
    if (!kind) return
    event.preventDefault()
    write(kind)
  })
}
