// About how many bytes the smallest version will have that the server makes of a file: a picture in its smallest width, the sound of a recording.
const picture = 60000, aSecond = 3300, patience = 4000

const known = new WeakMap()

export function smallest(file) {
  if (!known.has(file)) known.set(file, guess(file))
  return known.get(file)
}

async function guess(file) {
  const [kind] = file.type.split("/")
  if (kind === "image") return Math.min(file.size, picture)
  if (kind !== "audio" && kind !== "video") return file.size
  const seconds = await length(file, kind)
  return seconds ? Math.min(file.size, Math.round(seconds * aSecond)) : file.size
}

// A recording of a browser only knows how long it is once its end was looked for.
function length(file, kind) {
  const player = document.createElement(kind), address = URL.createObjectURL(file)
  return new Promise(done => {
    const look = () => {
      if (Number.isFinite(player.duration)) done(player.duration)
      else player.currentTime = 1e7
    }
    player.addEventListener("loadedmetadata", look)
    player.addEventListener("durationchange", look)
    player.addEventListener("error", () => done(0))
    setTimeout(done, patience, 0)
    player.preload = "metadata"
    player.src = address
  }).finally(() => {
    player.removeAttribute("src")
    player.load()
    URL.revokeObjectURL(address)
  })
}
