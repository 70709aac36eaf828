// The page "On this device": what waits, what went, and what is kept for when there is no connection.
import { able } from "../device/store.js"
import { me, refresh } from "../device/me.js"
import { all, drop, fileOf, listen, tryAgain } from "../device/waiting.js"
import { takeUp } from "../device/words.js"
import { far } from "../device/in-words.js"
import { now as sendNow } from "../device/later.js"
import { keepPage, notWhole, NoRoom } from "../device/pages.js"

const time = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })

export async function start(page) {
  const part = name => page.querySelector(`[data-part=${name}]`)
  if (!able) return void (part("unable").hidden = false)
  await refresh(Number(document.body.dataset.person)).catch(() => null)
  const person = await me(Number(document.body.dataset.person))
  if (!person) return void (part("unable").hidden = false)

  async function show() {
    const { waiting, sent, words, others } = await all(person)
    fill(part("waiting"), [...waiting, ...words], work => work.kind === "words" ? wordsRow(work) : waitingRow(work))
    fill(part("sent"), sent, sentRow)
    part("others").hidden = !others
    part("send").hidden = !words.length && !waiting.some(work => !work.problem)
  }

  function fill(section, works, row) {
    const list = section.querySelector("ul")
    list.replaceChildren(...works.map(row))
    list.hidden = !works.length
    const empty = section.querySelector("[data-empty]")
    if (empty) empty.hidden = works.length > 0
    else section.hidden = !works.length
  }

  function waitingRow(work) {
    const item = copy("waiting-row")
    set(item, "title", work.title || "Work")
    set(item, "what", `${work.handIn ? "To be handed in" : "To be saved"}, ready ${time.format(work.at)}`)
    item.querySelector("a").href = work.address
    const problem = item.querySelector("[data-set=problem]")
    problem.textContent = work.problem
    problem.hidden = !work.problem
    button(item, "again", work.problem, async () => { await tryAgain(person, work); await show(); sendNow() })
    button(item, "save", true, () => saveToFiles(work))
    button(item, "remove", work.problem, async () => {
      if (!confirm("Remove this work from the device? It has not reached the school.")) return
      await drop(work)
      await show()
    })
    return item
  }

  // Typed, and its page closed before the school had it.
  function wordsRow(work) {
    const item = copy("waiting-row")
    set(item, "title", work.title || "Work")
    set(item, "what", `Your words, not saved yet, written ${time.format(work.at)}`)
    item.querySelector("a").href = work.address
    for (const name of ["again", "save", "remove"]) button(item, name, false, () => {})
    return item
  }

  function sentRow(work) {
    const item = copy("sent-row")
    set(item, "title", work.title || "Work")
    set(item, "what", `Handed in, sent ${time.format(work.at)}. Receipt ${work.receipt}`)
    item.querySelector("a").href = work.address
    return item
  }

  // The last resort: the work as files, to be carried to school or sent some other way.
  async function saveToFiles(work) {
    const files = await Promise.all(work.files.map(file => fileOf(person, file)))
    if (work.text) files.unshift(new File([work.text], `${(work.title || "work").replace(/[^\p{L}\p{N} ]/gu, "")}.txt`, { type: "text/plain" }))
    for (const file of files) {
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: file.name })
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 60000)
    }
  }

  part("send").addEventListener("click", async () => {
    await takeUp(person, (await all(person)).words)
    await show()
    sendNow()
  })
  listen(told => {
    if (told.share === undefined) return void show()
    for (const link of part("waiting").querySelectorAll(`a[href="${told.address}"]`)) set(link.closest("li"), "what", `Sending: ${far(told)}`)
  })
  await show()
  if (person.own && "serviceWorker" in navigator) await startKeeping(part("keep"), person)
}

// Everything that is due soon, with its files, fetched when the person says so and knows what it costs.
async function startKeeping(section, person) {
  const wanted = JSON.parse(section.dataset.keep), status = section.querySelector("[role=status]"), bar = section.querySelector("progress")
  const keepButton = section.querySelector("[data-do=keep]"), dropButton = section.querySelector("[data-do=drop]")
  section.hidden = false

  // Whole in the worker's own judgement: with every script, style, icon and picture that it needs.
  async function missing() {
    const left = new Set(await notWhole(wanted.map(one => one.address)))
    return wanted.filter(one => left.has(one.address))
  }

  async function show() {
    const left = await missing()
    keepButton.hidden = !left.length
    dropButton.hidden = left.length === wanted.length
    bar.hidden = true
    status.textContent = !wanted.length ? "Nothing is due in the next seven days." : left.length ? "" : "All of it is on this device."
    if (left.length) keepButton.lastChild.textContent = left.length === wanted.length ? keepButton.dataset.all : `Keep the rest (${left.length} more)`
  }

  keepButton.addEventListener("click", async () => {
    bar.hidden = false
    keepButton.disabled = true
    const left = await missing(), bytes = left.reduce((sum, one) => sum + one.bytes, 0)
    let done = 0, said = ""
    try {
      for (const one of left) {
        await keepPage(one.address)
        done += one.bytes
        bar.value = done / bytes
      }
    } catch (problem) {
      said = problem instanceof NoRoom ? "There is no room for the rest on this device. What has come is kept."
        : "The connection broke. What has come is kept; press again for the rest."
    }
    keepButton.disabled = false
    await show()
    if (said) status.textContent = said
    keepButton.hidden ? status.focus() : keepButton.focus()
  })

  dropButton.addEventListener("click", async () => {
    const pages = await caches.open(`pages-${person.person}`)
    await caches.delete(`files-${person.person}`)
    for (const { address } of wanted) await pages.delete(address)
    await show()
    status.textContent = "Removed from this device."
  })

  await show()
}

const copy = name => document.querySelector(`template[data-template=${name}]`).content.firstElementChild.cloneNode(true)
const set = (item, name, words) => { item.querySelector(`[data-set=${name}]`).textContent = words }
function button(item, name, on, act) {
  const found = item.querySelector(`[data-do=${name}]`)
  found.hidden = !on
  found.addEventListener("click", act)
}
