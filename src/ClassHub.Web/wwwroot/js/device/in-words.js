// What a pupil reads of work that waits or is on its way.
const kinds = { image: ["photo", "photos"], audio: ["recording", "recordings"], video: ["film", "films"] }

// "the photo is", "the 3 files are"
function those(files) {
  const found = new Set(files.map(file => (file.type || "").split("/")[0])), [one, many] = found.size === 1 && kinds[[...found][0]] || ["file", "files"]
  return files.length === 1 ? `the ${one} is` : `the ${files.length} ${many} are`
}

export const wished = work => `Will be handed in when ${those(work.files)} there`

// "42 %, about 70 s"; nothing is guessed before the line has carried something.
export function far({ share, left }) {
  const percent = `${Math.floor(share * 100)} %`
  return left === undefined ? percent : `${percent}, about ${left < 100 ? `${Math.max(1, Math.round(left))} s` : `${Math.round(left / 60)} min`}`
}

export function waits(work, isKept) {
  if (work.problem) return work.problem
  const count = work.files.length, hasWords = Boolean(work.text)
  const what = count ? `${count === 1 ? "1 file" : `${count} files`}${hasWords ? " and your words" : ""}` : "Your words"
  const then = work.handIn ? "handed in" : "saved at school"
  if (!isKept) return `This device is full, so your work is in this page only. Leave it open: it is ${then} as soon as there is a connection.`
  return work.handIn ? `Your work is ready and kept on this device (${what.toLowerCase()}). It is handed in by itself as soon as there is a connection.`
    : `${what} ${count === 1 && !hasWords ? "is" : "are"} kept on this device and saved at school as soon as there is a connection.`
}
