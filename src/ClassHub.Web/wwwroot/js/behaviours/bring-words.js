// A file of words goes into the box, where it can be looked at and mended, and is kept like what is typed; nothing is sent before "Save".
// What is too long or not written in Unicode stays where it is and goes with the form: the school reads it, or says what is wrong.
export function start(input) {
  const box = document.querySelector(input.dataset.bringWords), said = input.parentElement.querySelector("[data-said]")

  input.addEventListener("change", async () => {
    const file = input.files[0]
    said.textContent = ""
    if (!file || file.size > box.maxLength) return
    const text = read(new Uint8Array(await file.arrayBuffer()))
    if (text === null || file !== input.files[0]) return
    input.value = ""
    box.focus()
    box.select()
    // Put in like something typed, so that Ctrl + Z brings back what stood there.
    if (!document.execCommand("insertText", false, text)) box.value = text
    box.dispatchEvent(new Event("input", { bubbles: true }))
    box.setSelectionRange(0, 0)
    box.scrollTop = 0
    said.textContent = `The words of “${file.name}” stand above. Look at them, then save.`
  })
}

function read(bytes) {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8"
  try { return new TextDecoder(encoding, { fatal: true }).decode(bytes) }
  catch (otherEncoding) { return null }
}
