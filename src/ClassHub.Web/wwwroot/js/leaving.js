// Somebody signs out: nothing that can be read stays in this tab or in any other of this device.
const left = "classhub-left"

// Words of those whose device cannot seal them (see device/words.js).
export function forgetTab() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("draft:")) sessionStorage.removeItem(key)
}

// The other tabs hear of it by the storage itself (see app.js).
export function leave() {
  forgetTab()
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("upload:")) localStorage.removeItem(key) // names of files
    localStorage.setItem(left, String(Date.now()))
  } catch (closed) { /* a browser that keeps nothing has nothing to forget */ }
}

export function cover() {
  const main = Object.assign(document.createElement("main"), { id: "main", className: "stack narrow" })
  const heading = Object.assign(document.createElement("h1"), { textContent: "You are signed out here" })
  const again = Object.assign(document.createElement("a"), { className: "btn go big full", href: "/login", textContent: "Sign in" })
  main.append(heading, again)
  document.title = "ClassHub"
  document.body.replaceChildren(main)
}
