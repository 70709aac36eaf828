// Moves and takes away the pages of a draft where they stand: the buttons are the form's own, only the list comes new from the answer.
import { showPage } from "../show-page.js"

export function start(box) {
  const form = box.closest("form"), status = form.querySelector("[data-upload-status]")
  let pressed = null // older browsers do not say which button sent the form
  form.addEventListener("click", event => { pressed = event.target.closest("button") || pressed })
  form.addEventListener("submit", event => {
    const button = event.submitter || pressed
    if (event.defaultPrevented || !button || !box.contains(button)) return
    event.preventDefault()
    if (form.getAttribute("aria-busy") !== "true") send(button)
  })

  async function send(button) {
    const data = new FormData(form), text = form.elements.Text, typed = text && text.value
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name)
    data.append(button.name, button.value)
    form.setAttribute("aria-busy", "true")
    form.dispatchEvent(new CustomEvent("sent")) // the words go along
    try {
      const answer = await fetch(button.getAttribute("formaction"), { method: "POST", body: data, headers: { Accept: "text/html" } })
      await show(answer, await answer.text(), button)
    } catch (broken) {
      status.textContent = "There is no connection. Nothing has changed: try again."
      if (text && typed !== text.defaultValue) text.dispatchEvent(new Event("input", { bubbles: true }))
    } finally {
      form.removeAttribute("aria-busy")
    }
  }

  async function show(answer, html, button) {
    const page = new DOMParser().parseFromString(html, "text/html"), again = page.querySelector("form[data-hand-in]")
    if (!answer.ok || !again || page.body.dataset.person !== document.body.dataset.person) {
      status.textContent = showPage(answer, html, form, "#work") || ""
      return
    }
    const at = placeOf(button), fresh = again.querySelector("[data-arrange]"), told = page.querySelector(".flash .grow")
    form.elements.DraftVersion.value = again.elements.DraftVersion.value
    box.textContent = ""
    if (fresh) box.append(...fresh.children)
    status.textContent = told ? told.textContent : ""
    focus(button, at)
  }

  const placeOf = button => [...box.querySelectorAll("li")].indexOf(button.closest("li"))

  // On the same button of the same page; where there is none any more, on its neighbour.
  function focus(button, at) {
    const same = box.querySelector(`button[name=${button.name}][value="${button.value}"]`) || button.name !== "remove" && box.querySelector(`button[value="${button.value}"]`)
    const items = box.querySelectorAll("li"), item = items[Math.min(at, items.length - 1)]
    const target = same || item && item.querySelector("[name=remove]") || form.querySelector("input[type=file]")
    if (target) target.focus()
  }
}
