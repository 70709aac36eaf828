// Another implementation's eyes: makes the keys of a browser, or opens what a push server was sent.
const crypto = require("crypto"), ece = require("http_ece")
const [what, ...given] = process.argv.slice(2)
const url = bytes => Buffer.from(bytes).toString("base64url")

if (what === "keys") {
  const keys = crypto.createECDH("prime256v1")
  keys.generateKeys()
  console.log(JSON.stringify({ private: url(keys.getPrivateKey()), public: url(keys.getPublicKey()), secret: url(crypto.randomBytes(16)) }))
} else {
  const [privateKey, secret, body, authorization] = given
  const keys = crypto.createECDH("prime256v1")
  keys.setPrivateKey(Buffer.from(privateKey, "base64url"))
  const text = ece.decrypt(Buffer.from(body, "base64"), { version: "aes128gcm", privateKey: keys, authSecret: secret })
  const [, token, key] = /^vapid t=([^,]+), k=(\S+)$/.exec(authorization)
  const [head, claims, signature] = token.split("."), point = Buffer.from(key, "base64url")
  const school = crypto.createPublicKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x: url(point.subarray(1, 33)), y: url(point.subarray(33)) } })
  const signed = crypto.verify("sha256", Buffer.from(`${head}.${claims}`), { key: school, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"))
  console.log(JSON.stringify({ signed, head: JSON.parse(Buffer.from(head, "base64url")), claims: JSON.parse(Buffer.from(claims, "base64url")), said: JSON.parse(text) }))
}
