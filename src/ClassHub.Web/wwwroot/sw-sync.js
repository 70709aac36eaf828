// The same worker where the browser can wake it: what waits goes although no page is open.
import "./sw-answers.js"
import "./sw.js"
import { sendAll } from "./js/device/sending.js"

addEventListener("sync", event => { if (event.tag === "classhub-waiting") event.waitUntil(sendAll()) })
