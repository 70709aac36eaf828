// Each tick is kept at once. Ticks made while one is being sent go with the next.
export function start(form) {
  const status = form.querySelector("[data-ticks-status]")
  const button = form.querySelector("[data-ticks-button]")
  const meter = form.querySelector("progress")
  const count = form.querySelector("[data-ticks-count]")
  let busy = false, again = false
  if (button) button.hidden = true

  function show() {
    const boxes = [...form.querySelectorAll("input[type=checkbox]")]
    const done = boxes.filter(box => box.checked).length
    if (meter) { meter.max = boxes.length; meter.value = done }
    if (count) count.textContent = done
  }
  function say(text) { if (status) status.textContent = text }

  async function save() {
    if (busy) { again = true; return }
    busy = true
    again = false
    try {
      const answer = await fetch(form.getAttribute("action") || location.href, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "ticks" } })
      if (!answer.ok || answer.redirected && answer.url.includes("sign-in")) throw new Error(answer.status)
      say("Saved")
    } catch (error) {
      say("Not saved yet. We keep trying.")
      setTimeout(save, 5000)
      again = false
    }
    busy = false
    if (again) save()
  }

  form.addEventListener("change", () => { show(); save() })
}
