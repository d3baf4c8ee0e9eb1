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

const scalar = Buffer.alloc(32, 8)
await measure('Ed25519 agreement', 2_000, (agreements) => {
  for (let number = 0; number < agreements; number++) {
    sodium.crypto_scalarmult_ed25519_noclamp(hash, scalar, publicKey)
  }
})

const state = Buffer.alloc(sodium.crypto_secretstream_xchacha20poly1305_STATEBYTES)
const header = Buffer.alloc(sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES)
const tag = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
sodium.crypto_secretstream_xchacha20poly1305_init_push(state, header, Buffer.alloc(32))

function seal(size) {
  const text = Buffer.alloc(size)
  const into = Buffer.alloc(size + 17)
  return (frames) => {
    for (let number = 0; number < frames; number++) {
      sodium.crypto_secretstream_xchacha20poly1305_push(state, into, text, null, tag)
    }
  }
}

await measure('sealed frame of 1 KiB', 100_000, seal(1 << 10))
await measure('sealed frame of 64 KiB', 2_000, seal(1 << 16))

const nonce = Buffer.alloc(24)
const key = Buffer.alloc(32)
await measure('XSalsa20 of 1 KiB', 100_000, (blocks) => {
  for (let number = 0; number < blocks; number++) {
    nonce[0]++
    sodium.crypto_stream_xor(block, block, nonce, key)
  }
})
