// How loud it is, from 0 to 1; null while the browser does not let us listen yet.
export function meter(stream) {
  const Context = self.AudioContext || self.webkitAudioContext
  if (!Context || !stream.getAudioTracks().length) return { level: () => null, end() {} }
  const context = new Context(), ear = context.createAnalyser()
  ear.fftSize = 1024
  context.createMediaStreamSource(stream).connect(ear)
  context.resume().catch(() => {})
  const wave = new Uint8Array(ear.fftSize)
  return {
    level() {
      if (context.state !== "running") return null
      ear.getByteTimeDomainData(wave)
      let most = 0
      for (const point of wave) most = Math.max(most, Math.abs(point - 128))
      return Math.sqrt(most / 128) // quiet speech must be seen to move
    },
    end() { context.close().catch(() => {}) }
  }
}
