// In a night in which the school's clocks change a time may not exist or come twice: said beside the field. The server says it again when it is saved.
const hours = 3600000

export function start(field) {
  const zone = document.body.dataset.zone
  if (!zone) return
  const note = Object.assign(document.createElement("span"), { className: "hint warn-ink", id: `${field.id || field.name}-night` })
  let wall
  try {
    const parts = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }
    wall = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...parts })
  } catch (unknown) { return }
  note.setAttribute("role", "status")
  field.after(note)

  // What the school's clock shows then, as if in UTC.
  function shown(at) {
    const is = {}
    for (const part of wall.formatToParts(at)) is[part.type] = Number(part.value)
    return Date.UTC(is.year, is.month - 1, is.day, is.hour, is.minute)
  }

  function look() {
    const typed = Date.parse(`${field.value}Z`)
    if (isNaN(typed)) return say("")
    const ahead = [-26, 26].map(off => shown(typed + off * hours) - (typed + off * hours))
    const found = new Set(ahead.map(by => typed - by).filter(at => shown(at) === typed))
    const time = field.value.slice(11, 16)
    say(found.size === 0 ? `The clocks go forward then: ${time} does not exist. The first minute after the jump counts.`
      : found.size === 2 ? `The clocks go back then: ${time} comes twice. The ${field.dataset.night || "later"} one counts.` : "")
  }

  function say(words) { if (note.textContent !== words) note.textContent = words }

  for (const type of ["input", "change"]) field.addEventListener(type, look)
  look()
}
