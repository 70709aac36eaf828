// One box for all boxes of a name. Rows that a filter hides are left alone: nobody chooses what they cannot see.
export function start(all) {
  const form = all.form || document
  const boxes = [...form.querySelectorAll(`input[type=checkbox][name="${all.dataset.chooseAll}"]`)]
  const count = form.querySelector("[data-chosen-count]")

  function show() {
    const chosen = boxes.filter(box => box.checked).length
    all.checked = chosen > 0 && chosen === boxes.length
    all.indeterminate = chosen > 0 && chosen < boxes.length
    if (count) count.textContent = chosen
  }

  all.addEventListener("change", () => {
    const on = all.checked
    for (const box of boxes) if (!box.disabled && !box.closest("[hidden]")) box.checked = on
    show()
  })
  for (const box of boxes) box.addEventListener("change", show)
  show()
}
