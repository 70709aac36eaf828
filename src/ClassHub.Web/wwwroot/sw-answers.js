// What the worker (sw.js) answers by itself. A classic worker and a module find it in the same way.
self.answers = (() => {
  const ours = "/no-connection.html"

  // A page of our own in the place of the browser's: one part of no-connection.html.
  async function said(name, fill = {}) {
    const found = await caches.open("parts").then(parts => parts.match(ours, { ignoreVary: true })).catch(() => null)
    const html = found ? await found.text() : `<title>ClassHub</title><h1>There is no connection</h1><p>Try again when there is one.</p>`
    const body = html.replace(/<!--(\w+)-->([^]*?)<!--\/\1-->/g, (all, part, words) => part === name ? words : "")
      .replace(/<!--=(\w+)-->/g, (all, what) => fill[what] || "")
    const headers = new Headers({ "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" })
    for (const policy of ["Content-Security-Policy", "Referrer-Policy"]) if (found && found.headers.has(policy)) headers.set(policy, found.headers.get(policy))
    return new Response(body, { status: 503, headers })
  }

  // What could not be sent comes back, to be sent again; a file only the person can choose again, and a password is nobody's to keep.
  async function again(request) {
    const fields = await request.formData().then(form => [...form], () => [])
    if (!fields.length || fields.some(([name]) => /password/i.test(name))) return said("page")
    const text = value => value.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)
    const words = fields.filter(([name, value]) => name === "Text" || /\n/.test(value) || value.length > 200)
    const field = ([name, value], at) => words.some(one => one[0] === name && one[1] === value)
      ? `<label for="w${at}">What you wrote</label><textarea class="in tall" rows="8" id="w${at}" name="${text(name)}">\n${text(value)}</textarea>`
      : `<input type="hidden" name="${text(name)}" value="${text(value)}">`
    const typed = fields.filter(([, value]) => typeof value === "string"), { pathname, search } = new URL(request.url)
    const files = fields.some(([, value]) => value instanceof File && value.size > 0) ? "<p>Files must be chosen again: go back to the page for that.</p>" : ""
    return said("form", { action: text(pathname + search), fields: typed.map(field).join(""), files })
  }

  // The page says by itself from when it is.
  async function shown(found) {
    const html = (await found.text()).replace("<body", `<body data-kept="${Number(found.headers.get("X-Kept"))}"`)
    return new Response(html, { headers: found.headers })
  }

  // Players ask for ranges, and some do not play without them.
  async function part206(found, range) {
    const bytes = await found.blob(), [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range) || []
    const start = from ? Number(from) : Math.max(0, bytes.size - Number(to)), end = from && to ? Math.min(Number(to), bytes.size - 1) : bytes.size - 1
    const headers = new Headers(found.headers)
    headers.set("Content-Range", `bytes ${start}-${end}/${bytes.size}`)
    headers.set("Content-Length", end - start + 1)
    return new Response(bytes.slice(start, end + 1), { status: 206, headers })
  }

  // Whoever signed out without a connection is told to the school; gives whether it knows now.
  async function tellLeft() {
    try {
      const page = await fetch("/logout", { cache: "no-store", headers: { Accept: "text/html" } })
      const [, token] = /name="_form"[^>]*value="([^"]+)"/.exec(await page.text())
      const answer = await fetch("/logout", { method: "POST", body: new URLSearchParams({ _form: token }), redirect: "manual" })
      if (answer.type !== "opaqueredirect") return false
      await caches.delete("left")
      return true
    } catch (broken) { return false }
  }

  return { said, again, shown, part206, tellLeft, ours }
})()
