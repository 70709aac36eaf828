// The page says that something was done: what a form had sent is safe, so the device's copies can go.
export function start() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("draft:")) sessionStorage.removeItem(key)
  if (sessionStorage.getItem("recordings-used")) import("../recording/slices.js").then(slices => slices.dropUsed()).catch(() => {})
}
