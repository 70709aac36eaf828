// Where this device goes by another zone than the school, its own clock stands beside each time of the school.
export function start(body) {
  const clock = zone => new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", hour: "numeric", minute: "2-digit", hour12: true })
  let school
  try { school = clock(body.dataset.zone) } catch (unknown) { return } // a browser older than the zone
  const here = clock(), shown = (format, at) => format.formatToParts(at).filter(part => part.type !== "literal").map(part => part.value)

  for (const time of body.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime), [theirs, ours] = [shown(school, at), shown(here, at)]
    if (isNaN(at) || theirs.join() === ours.join()) continue
    const [day, hour, minute, half] = ours
    time.append(` (${day === theirs[0] ? "" : `${day} `}${hour}:${minute} ${half} on this device)`)
  }
}
