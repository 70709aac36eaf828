// "Hand in" pressed while files are on their way. The school is told at once and hands the work in by itself when the last piece is there,
// at the time of the press, whatever becomes of this page. Telling it is an offer: the work is handed in here as well, under the same key.
import { readBox, writeBoxes } from "./store.js"
import { bodyOf, forTask, listen, tell as say } from "./waiting.js"

// uploads: what is known of where the files go, piece by piece.
export function wishFor(me, { id, address }, uploads) {
  const box = `${id}.wish`
  let told = "", asking = Promise.resolve(), isOver = false
  const next = step => asking = asking.then(step).catch(() => {})
  const stop = listen(said => { if (said.address === address && said.changed) tell() })

  function tell() {
    return next(async () => {
      const work = await forTask(me, address)
      if (isOver || !work) return
      if (!work.handIn) return withdraw(work)
      if (!work.files.length || work.files.some(file => !uploads.has(file.id))) return
      const keys = work.files.map(file => uploads.get(file.id).split("/").pop()), saying = [work.key, ...keys].join(" ")
      if (saying === told) return
      await withdraw(work, work.key)
      await writeBoxes([{ id: box, kind: "wish", person: me.person, key: work.key }])
      if ((await say(`${work.address}/wish`, bodyOf(me, work, keys))).ok) told = saying
    })
  }

  // A wish of before, unless it is this one.
  async function withdraw(work, but) {
    const { key } = await readBox(box) || {}
    if (!key || key === but) return
    const body = new FormData()
    body.append("_form", me.form)
    body.append("Key", key)
    const answer = await say(`${work.address}/wish/withdraw`, body)
    if (answer.status >= 500) throw new Error(answer.status)
    told = ""
    await writeBoxes([], [box])
  }

  return {
    tell,
    isNew: new Set(), // uploads that were begun just now, so nobody need ask how much of them is there
    // Before any piece goes: with the last one the school would hand in what the pupil wants no more.
    async withdrawOld() {
      const work = await forTask(me, address)
      if (work) await withdraw(work, work.handIn ? work.key : "")
    },
    end() { isOver = true; stop() }
  }
}
