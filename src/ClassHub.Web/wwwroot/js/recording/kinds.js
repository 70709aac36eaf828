// What can be recorded here, how each kind is asked for, and what its file is called.
const sound = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true }
const voiceTypes = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"]
const movingTypes = ["video/webm;codecs=vp8,opus", "video/webm", "video/mp4"]

export const kinds = {
  voice: { name: "Voice", types: voiceTypes, bits: { audioBitsPerSecond: 24000 } },
  camera: { name: "Video", types: movingTypes, bits: { audioBitsPerSecond: 32000, videoBitsPerSecond: 600000 } },
  screen: { name: "Screen", types: movingTypes, bits: { audioBitsPerSecond: 32000, videoBitsPerSecond: 800000 } }
}

export const able = Boolean(self.isSecureContext && self.MediaRecorder && navigator.mediaDevices && navigator.mediaDevices.getUserMedia && canFillInputs())
const sharesScreen = Boolean(navigator.mediaDevices && navigator.mediaDevices.getDisplayMedia)
// A phone or a tablet: held in the hand, with a camera of its own, and without a screen to share.
export const isHeld = !sharesScreen || Math.min(screen.width, screen.height) < 600 || /Android/.test(navigator.userAgent) || Boolean(navigator.userAgentData && navigator.userAgentData.mobile)

export function canBeHere(kind) {
  if (kind === "photo" || kind === "film") return isHeld
  return able && (kind !== "screen" || !isHeld)
}

function canFillInputs() {
  try { return Boolean(new DataTransfer()) } catch (old) { return false }
}

export const typeFor = kind => kinds[kind].types.find(type => MediaRecorder.isTypeSupported(type)) || ""

export async function streamFor(kind) {
  const ask = wanted => navigator.mediaDevices.getUserMedia(wanted)
  if (kind === "voice") return ask({ audio: sound })
  if (kind === "camera") return ask({ audio: sound, video: { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 24 }, facingMode: "user" } })
  const picture = await navigator.mediaDevices.getDisplayMedia({ video: { width: { max: 1280 }, height: { max: 720 }, frameRate: { ideal: 10, max: 10 } }, audio: false })
  try {
    const voice = await ask({ audio: sound })
    return new MediaStream([...picture.getVideoTracks(), ...voice.getAudioTracks()])
  } catch (denied) {
    for (const track of picture.getTracks()) track.stop()
    throw denied
  }
}

// Whoever closes the browser's question has changed their mind; everything else is told with what helps.
export function problemInWords({ name, message }, kind) {
  const what = kind === "camera" ? "microphone and camera" : "microphone"
  if (name === "NotFoundError" || name === "OverconstrainedError") return `This device has no ${kind === "camera" ? "microphone or no camera" : "microphone"} that we can find. Plug one in, or add a file instead.`
  if (name === "NotReadableError" || name === "AbortError") return `The ${what} did not start. Close other programs that use it and try again.`
  if (name === "NotAllowedError" && kind === "screen" && !/audio|microphone/i.test(message || "")) return "The screen was not shared, so nothing was recorded. Choose a window or the whole screen, and allow the microphone."
  if (name === "NotAllowedError" || name === "SecurityError") return `The browser may not use the ${what} here. Allow it beside the page’s address or in the device’s settings, then try again.`
  return "Recording did not start. Try again, or add a file instead."
}

// FileKind on the server tells sound from video by these endings.
export function nameOf(kind, type, at, part) {
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" }).format(at)
  const time = [at.getHours(), at.getMinutes()].map(number => String(number).padStart(2, "0")).join(".")
  const ending = /^audio/.test(type) ? /ogg/.test(type) ? "ogg" : /mp4/.test(type) ? "m4a" : "weba" : /mp4/.test(type) ? "mp4" : "webm"
  return `${kinds[kind].name} ${day} ${time}${part ? ` part ${part}` : ""}.${ending}`
}

export function clock(ms) {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}

export function inWords(ms) {
  const seconds = Math.round(ms / 1000), count = (number, word) => number ? `${number} ${word}${number === 1 ? "" : "s"}` : ""
  return [count(Math.floor(seconds / 60), "minute"), count(seconds % 60, "second")].filter(Boolean).join(" ") || "0 seconds"
}
