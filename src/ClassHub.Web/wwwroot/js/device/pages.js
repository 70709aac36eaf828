// Asks the worker to fetch something and keep it, as if it had been opened.
export async function keepPage(address) {
  if (!navigator.serviceWorker.controller) await new Promise(done => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }))
  const answer = await fetch(address, { headers: { "X-Keep": "1", Accept: "text/html" } })
  await answer.blob()
  if (!answer.ok) throw new Error(answer.status)
}
