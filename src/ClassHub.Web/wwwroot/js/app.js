// attribute → module, loaded only where it is used; every page works without any of them
const named = ["autosave", "upload", "file-list", "send-files", "toolbar", "ticks", "shown-when", "choose-all",
  "mark-keys", "copy", "print", "once", "filter", "check", "forget-drafts", "hand-in", "on-device", "device",
  "recorder", "can-record", "sign-out", "signed-out", "arrange", "pictures", "opened", "player", "small", "words", "word-times",
  "bring-words", "plan", "quick-times", "push", "two-clocks", "late-follows"]
// These go by what they find, so sw.js looks for the same in a page that it keeps.
const behaviours = { menu: "details.menu", nights: "input[type=datetime-local]", walk: "ul.list, .hand" }
for (const name of named) behaviours[name] = `[data-${name}]`

export function startIn(root) {
  const started = []
  for (const [name, selector] of Object.entries(behaviours)) {
    const found = root.querySelectorAll(selector)
    if (found.length) started.push(import(`./behaviours/${name}.js`).then(module => found.forEach(module.start)))
  }
  return Promise.all(started)
}

// A behaviour that put new HTML into the page asks by this event: importing app.js under a second address would run it twice.
document.addEventListener("fragment", event => startIn(event.target))
// Another tab of this device signs out: this one is blank at once. Nor does the browser's memory show a page of before.
function leave() {
  document.body.replaceChildren(Object.assign(document.createElement("h1"), { textContent: "You are signed out here" }))
  try { sessionStorage.clear() } catch (closed) { /* nothing is kept there */ }
  import("./leaving.js").then(leaving => leaving.cover()).catch(() => {}) // without a connection it is as well
}
addEventListener("storage", event => { if (event.key === "classhub-left" && event.newValue) leave() })
addEventListener("pageshow", event => {
  try {
    if (event.persisted && Number(localStorage.getItem("classhub-left")) > performance.timeOrigin) leave()
  } catch (closed) { /* nothing is kept, so nothing was left */ }
})
// Until then a key does nothing; the browser tests wait for it.
startIn(document).then(() => { document.documentElement.dataset.ready = "" })
