// Stories in Firefox, which never wakes a worker for what waits: node firefox.cjs STORY ADDRESS PROFILE TASK. Asks the test to cut and to mend the line, and prints what it saw.
const puppeteer = require("puppeteer-core")
const { createInterface } = require("readline")

const [story, address, profile, task] = process.argv.slice(2)
const words = "Three quarters lies halfway between a half and one."
const patience = 120000
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]()

// Tells the test, and waits until it has done so.
async function please(what) {
  console.log(`please ${what}`)
  await answers.next()
}
const tell = (what, value) => console.log(`${what}: ${value}`)

async function open() {
  const browser = await puppeteer.launch({
    browser: "firefox", protocol: "webDriverBiDi", executablePath: process.env.CLASSHUB_TEST_FIREFOX || "/usr/bin/firefox-esr", headless: true, userDataDir: profile, timeout: patience,
    // A microphone that beeps, without a question; a player needs no hand.
    extraPrefsFirefox: { "media.navigator.streams.fake": true, "media.navigator.permission.disabled": true, "media.autoplay.default": 0,
      // One process for pages is enough for one page.
      "fission.autostart": false, "dom.ipc.processCount": 1, "dom.ipc.processPrelaunch.enabled": false }
  })
  const page = (await browser.pages())[0] || await browser.newPage()
  page.setDefaultTimeout(patience)
  return { browser, page }
}

const goTo = (page, path) => page.goto(address + path, { waitUntil: "domcontentloaded", timeout: patience })
const sees = (page, text) => page.waitForFunction(text => document.querySelector("main")?.textContent.includes(text), {}, text)
// Found by its words and pressed at once: the driver's own way builds the tree for readers first and waits until nothing moves, and beside a level meter something always does.
const press = (page, name) => page.waitForFunction(name => {
  const button = [...document.querySelectorAll("button")].find(one => one.innerText.trim() === name && one.checkVisibility() && !one.disabled)
  button?.click()
  return Boolean(button)
}, {}, name)

async function signIn(page, userName) {
  await goTo(page, "/login")
  await page.locator("[name=Shared][value=false]").click()
  await page.locator("#UserName").fill(userName)
  await page.locator("#Password").fill("classhub-demo")
  await press(page, "Sign in")
  await page.waitForSelector("body[data-keeps]")
  await goTo(page, task)
  await page.waitForSelector("form[data-hand-in][data-keeps]")
}

async function receipts(page) {
  return page.evaluate(async task => {
    const page = new DOMParser().parseFromString(await (await fetch(task, { cache: "no-store" })).text(), "text/html")
    return [...page.querySelectorAll("a[href*='/receipt/']")].map(link => link.getAttribute("href"))
  }, task)
}

async function waits() {
  let { browser, page } = await open()
  await signIn(page, "yusuf")
  tell("wakes workers", await page.evaluate(() => "SyncManager" in window))
  await please("cut")
  await goTo(page, task)
  await page.waitForSelector(".kept")
  await page.locator("#Text").fill(words)
  await press(page, "Hand in")
  await sees(page, "Your work is ready and kept on this device")
  await browser.close()

  ;({ browser, page } = await open())
  await goTo(page, "/device")
  await sees(page, "To be handed in")
  await please("mend")
  await goTo(page, task)
  await page.waitForFunction(() => /\/receipt\//.test(location.pathname) || document.querySelector("#work a[href*='/receipt/']"))
  await goTo(page, "/device")
  await sees(page, "Nothing waits. All your work has reached the school.")
  const [receipt] = await receipts(page)
  await goTo(page, receipt)
  tell("receipt", (await page.evaluate(() => document.querySelector("main").innerText)).replace(/\s+/g, " "))
  await browser.close()
}

// Whoever listened to the teacher answers aloud.
async function watchesAndSpeaks() {
  const { browser, page } = await open()
  await signIn(page, "amira")
  await watches(page)
  await goTo(page, task)
  await page.waitForSelector("form[data-hand-in][data-keeps]")
  await press(page, "Voice")
  await page.waitForFunction(() => /^0:(0[4-9]|[1-5])/.test(document.querySelector("[data-time]").textContent))
  await press(page, "Stop")
  await page.waitForSelector(".rec [data-parts] audio")
  tell("recorded seconds", await secondsOf(page, ".rec [data-parts] audio"))
  await press(page, "Use this")
  await page.waitForFunction(() => /Voice/.test(document.querySelector("[aria-label='Files you added']")?.textContent))
  await press(page, "Hand in")
  await page.waitForFunction(() => /\/receipt\//.test(location.pathname))
  tell("receipt", await page.evaluate(() => document.querySelector("main").innerText.replace(/\s+/g, " ")))
  await goTo(page, task)
  await page.waitForSelector("main audio")
  tell("stored seconds", await secondsOf(page, "main audio"))
  await browser.close()
}

// Every version of a film and of a voice, chosen by its price.
async function watches(page) {
  for (const title of ["The fraction wall", "Fractions on a number line"]) {
    await goTo(page, "/classes/1")
    const link = await page.$$eval("main a", (links, title) => links.find(link => link.textContent.trim() === title).getAttribute("href"), title)
    await goTo(page, link)
    await page.waitForSelector("html[data-ready]")
    // The machine of the tests has nothing to sound from, which Firefox calls an error.
    await page.$$eval("[data-player] video, [data-player] audio", players => players.forEach(player => { player.muted = true }))
    for (let i = 0; i < await page.$$eval("[data-plays]", all => all.length); i++) {
      const choice = (await page.$$("[data-plays]"))[i], name = await choice.evaluate(one => one.textContent.replace(/\s+/g, " ").trim())
      await choice.evaluate(one => one.click())
      await page.waitForFunction(kind => { const screen = document.querySelector(`[data-player] ${kind}`); return !screen.hidden && screen.currentTime > 0.2 }, {}, await choice.evaluate(one => one.dataset.plays))
      tell("played", name)
    }
    // What a price would lead to in a browser that does not know the other kind.
    for (const address of await page.$$eval("[data-else]", all => [...new Set(all.map(one => one.dataset.else))])) {
      await page.$eval("[data-player] audio", (player, address) => { player.src = address; player.muted = true; player.play() }, address)
      await page.waitForFunction(() => document.querySelector("[data-player] audio").currentTime > 0.2)
      tell("played", "AAC")
    }
  }
}

// Plays it to its end: what a browser records does not always say by itself how long it is.
async function secondsOf(page, player) {
  return page.$eval(player, async player => {
    player.muted = true
    const ended = new Promise((over, failed) => { player.onended = over; player.onerror = () => failed(new Error(player.error.message)) })
    await player.play()
    await ended
    return player.currentTime
  })
}

({ waits, "watches and speaks": watchesAndSpeaks })[story]().then(() => process.exit(0), problem => { console.error(problem); process.exit(1) })
