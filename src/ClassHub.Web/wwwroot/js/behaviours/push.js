// A person lets this browser show their message of the day, or stops it. Without what it takes the section stays away.
export async function start(section) {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return
  const button = section.querySelector("[data-push-button]"), says = section.querySelector("[data-push-says]")
  // The worker that is there already, as pupils' devices have one.
  const registration = await navigator.serviceWorker.getRegistration() || await navigator.serviceWorker.register("/sw.js")
  let subscription = await registration.pushManager.getSubscription()
  section.hidden = false
  show()

  button.addEventListener("click", async () => {
    button.disabled = true
    says.textContent = ""
    try { await (subscription ? stop() : begin()) }
    catch (refused) { says.textContent = Notification.permission === "denied" ? "The browser does not allow it. Its settings for this page can." : "That did not work. Try again a little later." }
    button.disabled = false
    show()
  })

  async function begin() {
    const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(section.dataset.push) })
    const { endpoint, keys } = made.toJSON()
    if (!await send("Push", { endpoint, key: keys.p256dh, secret: keys.auth })) { await made.unsubscribe(); throw new Error("refused") }
    subscription = made
    says.textContent = "It is on."
  }

  async function stop() {
    await send("NoPush", { endpoint: subscription.endpoint })
    await subscription.unsubscribe()
    subscription = null
    says.textContent = "It is off."
  }

  function show() { button.lastElementChild.textContent = subscription ? "No more on this device" : "Show messages on this device" }
}

async function send(handler, fields) {
  const body = new URLSearchParams({ ...fields, _form: document.querySelector("input[name=_form]").value })
  return (await fetch(`?handler=${handler}`, { method: "POST", body })).ok
}

function bytes(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), letter => letter.charCodeAt(0))
}
