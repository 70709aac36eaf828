// Things of a week are dragged from day to day; the same forms move them by keys and without a script.
export function start(week) {
  const form = document.querySelector("#plan-drop")
  let held = null

  week.addEventListener("dragstart", event => {
    held = event.target.closest("[data-move]")
    if (!held) return
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", held.textContent.trim())
    held.classList.add("is-dragged")
  })
  week.addEventListener("dragend", () => {
    if (held) held.classList.remove("is-dragged")
    held = null
    mark(null)
  })
  week.addEventListener("dragover", event => {
    const day = held && event.target.closest("[data-day]")
    if (day && !day.contains(held)) event.preventDefault()
    mark(day && !day.contains(held) ? day : null)
  })
  week.addEventListener("drop", event => {
    const day = held && event.target.closest("[data-day]")
    if (!day || day.contains(held)) return
    event.preventDefault()
    form.action = held.dataset.move
    form.elements.What.value = held.dataset.what
    form.elements.Day.value = day.dataset.day
    form.submit()
  })

  function mark(day) {
    for (const other of week.querySelectorAll(".is-over")) if (other !== day) other.classList.remove("is-over")
    if (day) day.classList.add("is-over")
  }
}
