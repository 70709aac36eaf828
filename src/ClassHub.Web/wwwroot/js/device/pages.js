// What the worker is asked for (see sw.js).
const patience = 30000
const controlled = () => navigator.serviceWorker.controller ? Promise.resolve()
  : new Promise(done => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }))

export class NoRoom extends Error {}

// To fetch something and keep it, with all it needs, as if it had been opened.
export async function keepPage(address) {
  await controlled()
  const answer = await fetch(address, { headers: { "X-Keep": "1", Accept: "text/html" } })
  await answer.blob()
  if (answer.status === 507) throw new NoRoom()
  if (!answer.ok) throw new Error(answer.status)
}

// Which of these pages and files would not open whole without a connection.
export async function notWhole(addresses) {
  await controlled()
  return new Promise(done => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = event => done(event.data)
    setTimeout(done, patience, addresses) // a worker of an older ClassHub does not answer: then nothing is promised
    navigator.serviceWorker.controller.postMessage({ whole: addresses }, [port2])
  })
}
