// The end of late work moves with the deadline until somebody sets it; the server does the same for who has no script.
export function start(late) {
  const due = document.querySelector(late.dataset.lateFollows)
  let before = due.value, isTouched = false
  late.addEventListener("input", () => { isTouched = true })
  due.addEventListener("change", () => {
    const [from, to, end] = [before, due.value, late.value].map(at => at && Date.parse(`${at}Z`)) // as if in UTC: a day has 24 hours there
    if (due.value) before = due.value
    if (isTouched || !from || !to || !end) return
    late.value = new Date(end + to - from).toISOString().slice(0, 16)
  })
}
