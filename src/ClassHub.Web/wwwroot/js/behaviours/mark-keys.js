// Keys for someone who marks thirty pieces in a row. data-mark-keys="off" leaves only Ctrl+Enter (single keys must be refusable).
const typing = "textarea, select, input:not([type=radio]):not([type=checkbox]), [contenteditable]"

export function start(form) {
  function keyed(event) {
    if (!form.isConnected) return document.removeEventListener("keydown", keyed)
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return press(event, form.querySelector("[data-give-back]"))
    if (form.dataset.markKeys === "off" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(typing)) return
    const key = event.key.toLowerCase()
    if (key === "j") press(event, document.querySelector("a[data-next]"))
    if (key === "k") press(event, document.querySelector("a[data-previous]"))
    if (/^[1-4]$/.test(key)) press(event, form.querySelectorAll(".level input[type=radio]")[key - 1])
  }

  function press(event, target) {
    if (!target) return
    event.preventDefault()
    target.click()
  }

  document.addEventListener("keydown", keyed)
}
