// attribute → module, loaded only where it is used; every page works without any of them
const named = ["autosave", "upload", "file-list", "send-files", "toolbar", "ticks", "shown-when", "choose-all",
  "mark-keys", "copy", "print", "once", "filter", "check", "forget-drafts", "hand-in", "on-device", "device",
  "recorder", "can-record", "forget-recordings", "arrange", "pictures", "opened", "player", "small", "words", "word-times",
  "bring-words", "plan", "quick-times", "push"]
const behaviours = { menu: "details.menu" }
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
// Until then a key does nothing; the browser tests wait for it.
startIn(document).then(() => { document.documentElement.dataset.ready = "" })
