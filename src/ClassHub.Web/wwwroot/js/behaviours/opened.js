// Feedback that was really in sight tells so, once; what a program fetches beforehand does not.
const enough = 1000

export function start(form) {
  let timer = 0
  const look = () => {
    clearTimeout(timer)
    if (document.visibilityState === "visible") timer = setTimeout(tell, enough)
  }
  const tell = () => {
    document.removeEventListener("visibilitychange", look)
    fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {})
  }
  document.addEventListener("visibilitychange", look)
  look()
}
