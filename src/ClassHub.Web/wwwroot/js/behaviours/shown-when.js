// "Kind=Task,Material": asked only when the answer above makes it a question. Hidden parts are disabled, so they are not sent.
export function start(element) {
  const form = element.closest("form")
  const [name, values] = element.dataset.shownWhen.split("=")
  const wanted = values.split(",")

  function look() {
    const shown = new FormData(form).getAll(name).some(value => wanted.includes(value))
    element.hidden = !shown
    if ("disabled" in element) element.disabled = !shown
  }

  form.addEventListener("change", look)
  look()
}
