// A menu closes as people expect: on Escape and on a click elsewhere.
export function start(menu) {
  menu.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !menu.open) return
    menu.open = false
    menu.querySelector("summary").focus()
  })
  document.addEventListener("click", event => { if (!menu.contains(event.target)) menu.open = false })
}
