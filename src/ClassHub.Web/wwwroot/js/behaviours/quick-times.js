// A list of usual times fills the field beside it.
export function start(list) {
  const field = document.querySelector(list.dataset.quickTimes)
  list.hidden = false
  list.addEventListener("change", () => {
    if (!list.value) return
    field.value = list.value
    field.dispatchEvent(new Event("input", { bubbles: true }))
    field.dispatchEvent(new Event("change", { bubbles: true }))
    list.value = ""
  })
}
