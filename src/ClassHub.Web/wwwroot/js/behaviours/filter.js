// Narrows a list as one types; accents do not matter.
export function start(input) {
  const list = document.querySelector(input.dataset.filter)
  const status = document.querySelector("[data-filter-status]")
  const box = input.closest("[hidden]")
  if (box) box.hidden = false

  function look() {
    const words = plain(input.value).split(/\s+/).filter(Boolean)
    let shown = 0
    for (const row of list.children) {
      const text = plain(row.textContent)
      row.hidden = !words.every(word => text.includes(word))
      if (!row.hidden) shown++
    }
    if (status) status.textContent = words.length ? `${shown} shown` : ""
  }

  input.addEventListener("input", look)
  // Enter narrows; it must not send the form around the list.
  input.addEventListener("keydown", event => { if (event.key === "Enter") event.preventDefault() })
  if (input.value) look()
}

function plain(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
}
