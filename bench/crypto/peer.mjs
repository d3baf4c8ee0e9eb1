// libsodium, as npm's hypercore uses it, on the same work as CryptoBench.
import { createRequire } from 'node:module'
import { measure } from '../peers/meter.mjs'

const sodium = createRequire(new URL('../peers/', import.meta.url))('sodium-native')
const block = Buffer.alloc(1024)
const prefix = Buffer.alloc(9)
const hash = Buffer.alloc(32)
const message = Buffer.alloc(112)
const signature = Buffer.alloc(64)
const publicKey = Buffer.alloc(32)
const secretKey = Buffer.alloc(64)
sodium.crypto_sign_seed_keypair(publicKey, secretKey, Buffer.alloc(32))

await measure('BLAKE2b-256 of 1 KiB', 200_000, (hashes) => {
  for (let number = 0; number < hashes; number++) {
    sodium.crypto_generichash_batch(hash, [prefix, block])
    block[0] = hash[0]
  }
})
await measure('Ed25519 signature', 20_000, (signatures) => {
  for (let number = 0; number < signatures; number++) {
    sodium.crypto_sign_detached(signature, message, secretKey)
    message[number % 112] = signature[0]
  }
})
await measure('Ed25519 verification', 10_000, (verifications) => {
  sodium.crypto_sign_detached(signature, message, secretKey)
  for (let number = 0; number < verifications; number++) {
    sodium.crypto_sign_verify_detached(signature, message, publicKey)
  }
})
