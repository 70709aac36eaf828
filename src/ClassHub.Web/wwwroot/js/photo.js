// A photo as a phone takes it is several megabytes, lies on its side and tells where it was taken. What is sent is smaller, upright and
// tells nothing. Whatever goes wrong on the way, the file itself is sent.
import { size } from "./size.js"

const longest = 2000, quality = 0.8
const narrowest = 1000 // a long strip of a screen must stay readable
const small = 600 * 1024, worth = 0.8, patience = 30000
const types = /^image\/(jpeg|png|webp|avif|hei[cf])$/, names = /\.(jpe?g|png|webp|avif|hei[cf])$/i

const made = new WeakMap()
let last = Promise.resolve() // one at a time: a decoded photo fills an old phone's memory

export const mayShrink = file => file.size > small && (file.type ? types.test(file.type) : names.test(file.name))

// Resolves to what is sent for this file; the same file always gives the same answer.
export function smaller(file) {
  if (!mayShrink(file)) return Promise.resolve(file)
  if (!made.has(file)) made.set(file, last = last.then(() => Promise.race([shrunk(file), tired(file)])).catch(() => file))
  return made.get(file)
}

export const chosen = form => [...form.querySelectorAll("input[type=file]")].filter(input => !input.disabled).flatMap(input => [...input.files])

// Everything chosen in a form, as it is sent, and a sentence about what was made smaller. Files of a form pass through here and nowhere else.
export async function ready(form, say) {
  const files = chosen(form), big = files.filter(mayShrink), sent = []
  for (const file of files) {
    if (big.includes(file)) say(big.length > 1 ? `Making photo ${big.indexOf(file) + 1} of ${big.length} smaller …` : "Making the photo smaller …")
    sent.push(await smaller(file))
  }
  const before = files.filter((file, at) => sent[at] !== file), after = sent.filter((file, at) => files[at] !== file)
  const total = list => size(list.reduce((sum, file) => sum + file.size, 0))
  const words = before.length ? `${before.length === 1 ? "Photo" : `${before.length} photos`} made smaller: ${total(before)} → ${total(after)}.` : ""
  return { files: sent, words }
}

async function shrunk(file) {
  const picture = await decoded(file)
  if (!picture) return file
  try {
    const blob = await drawn(picture)
    if (!blob || blob.type !== "image/jpeg" || blob.size > file.size * worth) return file
    return new File([blob], file.name.replace(/(\.[^.]*)?$/, ending => /^\.jpe?g$/i.test(ending) ? ending : ".jpg"), { type: blob.type, lastModified: file.lastModified })
  } finally {
    picture.close()
  }
}

async function drawn({ source, width, height }) {
  const scale = Math.min(1, Math.max(longest / Math.max(width, height), narrowest / Math.min(width, height)))
  const canvas = sheet(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))), pen = canvas.getContext("2d")
  pen.fillStyle = "white" // what was see-through would be black
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.imageSmoothingQuality = "high"
  pen.drawImage(source, 0, 0, canvas.width, canvas.height)
  const blob = await jpeg(canvas)
  canvas.width = canvas.height = 0 // Safari keeps it otherwise
  return blob
}

// The first way that turns photos upright and can read this one.
async function decoded(file) {
  for (const way of [asBitmap, asImage]) {
    const picture = await turns(way).then(does => does && way(file)).catch(() => null)
    if (picture) return picture
  }
  return null
}

async function asBitmap(blob) {
  const source = await createImageBitmap(blob, { imageOrientation: "from-image" })
  return { source, width: source.width, height: source.height, close: () => source.close() }
}

function asImage(blob) {
  return new Promise((done, failed) => {
    const source = new Image(), address = URL.createObjectURL(blob), close = () => URL.revokeObjectURL(address)
    source.onload = () => done({ source, width: source.naturalWidth, height: source.naturalHeight, close })
    source.onerror = () => { close(); failed(new Error("no picture")) }
    source.src = address
  })
}

// Older browsers leave a photo on its side, and the note that says so would be lost: each way is tried with two dots side by side that
// say they stand one above the other.
const tried = new Map()
const onItsSide = new Uint8Array([255, 225, 0, 34, 69, 120, 105, 102, 0, 0, 77, 77, 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0])

function turns(way) {
  if (!tried.has(way)) tried.set(way, dots().then(way).then(({ width, height, close }) => { close(); return width < height }).catch(() => false))
  return tried.get(way)
}

async function dots() {
  const plain = await jpeg(sheet(2, 1))
  return new Blob([plain.slice(0, 2), onItsSide, plain.slice(2)], { type: "image/jpeg" })
}

const sheet = (width, height) => Object.assign(document.createElement("canvas"), { width, height })
const jpeg = canvas => new Promise(done => canvas.toBlob(done, "image/jpeg", quality))
const tired = file => new Promise(done => setTimeout(done, patience, file))
