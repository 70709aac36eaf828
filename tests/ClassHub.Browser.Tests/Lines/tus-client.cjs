// Sends a file with tus-js-client: node tus-client.cjs ADDRESS COOKIE BYTES SEED. Prints the address of what it sent and its SHA-256.
const { createHash } = require("crypto")
const tus = require("tus-js-client")

const [address, cookie, size, seed] = process.argv.slice(2)
const bytes = Buffer.alloc(Number(size))
let state = Number(seed)
for (let i = 0; i < bytes.length; i++) { state = state * 1103515245 + 12345 & 0x7fffffff; bytes[i] = state >> 16 }

const upload = new tus.Upload(bytes, {
  endpoint: address + "/uploads",
  headers: { Cookie: cookie },
  metadata: { filename: "work.bin" },
  retryDelays: Array(200).fill(50),
  onError(error) { console.error(String(error)); process.exit(1) },
  onSuccess() { console.log(upload.url); console.log(createHash("sha256").update(bytes).digest("hex")) }
})
upload.start()
