// Puts the page that a form's answer carried in the place of this one, as the browser would have.
import { keepTyped } from "./keep-typed.js"

const refusal = "[aria-invalid=true], .errors:not(.validation-summary-valid), .field__error:not(:empty)"
export const signedOut = "You have been signed out. Nothing is lost: sign in again in another tab, then try again here."

// Gives a sentence when the answer is no page to show. stays: the part of the page where the person goes on.
export function showPage({ status, url, headers }, html, form, stays) {
  if (status >= 500) return "Something went wrong at our end. Nothing is lost: try again."
  const page = new DOMParser().parseFromString(html, "text/html")
  const main = page.querySelector("main"), again = page.querySelector("main form[data-upload], main form[data-hand-in]")
  if (status >= 400 && !again) return main ? main.querySelector("h1, p").textContent : "That did not work. Nothing is lost: try again."
  if (!main || headers.get("Refresh")) return location.assign(url) // a page that renews itself is the browser's
  if (page.body.dataset.person !== document.body.dataset.person) return signedOut

  const refused = status >= 400 || main.querySelector(refusal)
  if (refused && again) keepTyped(form, again)
  // Told before the swap, so that this form's draft no longer guards a page that is gone.
  form.dispatchEvent(new CustomEvent("sent", { detail: { refused } }))
  document.title = page.title
  if (refused) document.querySelector("main").replaceWith(main)
  else document.body.replaceWith(page.body)
  if (status < 400) history.replaceState(null, "", url)
  document.body.dispatchEvent(new CustomEvent("fragment", { bubbles: true }))

  const first = refused && main.querySelector(".errors, [aria-invalid=true]")
  const place = !refused && stays && main.querySelector(stays)
  if (place) return stay(place, main)
  if (!first) main.tabIndex = -1
  scrollTo(0, 0)
  ;(first || main).focus()
}

// Whoever adds one photo after the other stays where they are, and hears there what was said at the top.
function stay(place, main) {
  const told = main.querySelector(".flash .grow"), there = place.querySelector("[data-upload-status]")
  if (told && there) there.textContent = told.textContent
  place.tabIndex = -1
  place.scrollIntoView()
  place.focus({ preventScroll: true })
}
