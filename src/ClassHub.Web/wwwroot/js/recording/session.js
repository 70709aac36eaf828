// One recording from the first sound to the last: how long it is without its pauses, and a slice every few seconds.
const sliceEvery = 3000

export function record(stream, { type, bits, slice, ended }) {
  const recorder = new MediaRecorder(stream, { ...(type && { mimeType: type }), ...bits }), slices = []
  let before = 0, since = 0
  const ms = () => before + (since && performance.now() - since)
  const hold = () => { before = ms(); since = 0 }

  recorder.addEventListener("dataavailable", event => {
    if (!event.data.size) return
    slices.push(event.data)
    slice(event.data, ms())
  })
  recorder.addEventListener("stop", () => {
    hold()
    for (const track of stream.getTracks()) track.stop()
    ended(new Blob(slices, { type: recorder.mimeType || type }), ms())
  })
  const stop = () => { if (recorder.state !== "inactive") { hold(); recorder.stop() } }
  // Whoever ends sharing in the browser's own bar, or pulls out the microphone, has what was recorded until then.
  for (const track of stream.getTracks()) track.addEventListener("ended", stop)
  recorder.start(sliceEvery)
  since = performance.now()

  return {
    ms, stop,
    get isPaused() { return recorder.state === "paused" },
    get type() { return recorder.mimeType || type },
    pause() { hold(); recorder.pause() },
    resume() { recorder.resume(); since = performance.now() }
  }
}
