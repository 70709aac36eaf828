// Several pictures of one piece of work: one at a time, leafed through by buttons and arrow keys, turned and enlarged. Without this they
// stand one below the other.
const elsewhere = "input, textarea, select, audio, video, summary, [contenteditable], [role=tab], [role=slider]"

export function start(pictures) {
  const pages = [...pictures.querySelectorAll("figure")], bar = pictures.querySelector("[data-pictures-bar]")
  const place = bar.querySelector("[data-pictures-place]"), turn = bar.querySelector("[data-turn]"), zoom = bar.querySelector("[data-zoom]")
  const turned = pages.map(() => 0)
  let at = 0

  function go(to) {
    at = Math.max(0, Math.min(pages.length - 1, to))
    pages.forEach((page, number) => { page.hidden = number !== at })
    // Not `disabled`: whoever presses a button until the end keeps the focus.
    for (const button of bar.querySelectorAll("[data-go]")) button.setAttribute("aria-disabled", !pages[at + Number(button.dataset.go)])
    if (place) place.textContent = `Picture ${at + 1} of ${pages.length}`
    zoom.setAttribute("aria-pressed", isBig())
  }

  const view = () => pages[at].querySelector(".view")
  const isBig = () => view().classList.contains("view--big")

  function enlarge() {
    view().classList.toggle("view--big")
    zoom.setAttribute("aria-pressed", isBig())
    centre()
  }

  // Beside a picture on its side there is nothing to see.
  function centre() {
    if (turned[at]) view().scrollLeft = (view().scrollWidth - view().clientWidth) / 2
  }

  function rotate() {
    if (turned[at]) view().classList.remove(`view--turn${turned[at]}`)
    turned[at] = (turned[at] + 1) % 4
    if (turned[at]) view().classList.add(`view--turn${turned[at]}`)
    view().classList.toggle("view--turned", turned[at] > 0)
    centre()
  }

  function keyed(event) {
    if (!pictures.isConnected) return document.removeEventListener("keydown", keyed)
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.target.closest(elsewhere)) return
    // In an enlarged picture the arrows move the picture.
    if (!/^Arrow(Left|Right)$/.test(event.key) || isBig() && view().contains(event.target)) return
    event.preventDefault()
    const onward = getComputedStyle(pictures).direction === "rtl" ? "ArrowLeft" : "ArrowRight"
    go(at + (event.key === onward ? 1 : -1))
  }

  bar.addEventListener("click", event => {
    const button = event.target.closest("[data-go]")
    if (button) go(at + Number(button.dataset.go))
  })
  turn.addEventListener("click", rotate)
  zoom.addEventListener("click", enlarge)
  if (pages.length > 1 && pictures === document.querySelector("[data-pictures]")) document.addEventListener("keydown", keyed)
  for (const caption of pictures.querySelectorAll("[data-pictures-number]")) caption.hidden = true // the bar says it
  bar.hidden = false
  go(0)
}
