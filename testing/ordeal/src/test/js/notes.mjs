// Uses examples/notes in a real browser.
//   node notes.mjs URL write    adds, edits and deletes notes, one with a picture
//   node notes.mjs URL read     looks whether what was written is there
// A third argument takes a screenshot into that file. Says "ok" at the end.
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'

const [url, what, screenshot] = process.argv.slice(2)
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEklEQVR4nGO4o6GhscCGAUIBACBmBGH89Gz+AAAAAElFTkSuQmCC',
  'base64'
)

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
    '--disable-background-networking', '--disable-component-update'
  ]
})
try {
  const page = await browser.newPage({ viewport: { width: 900, height: 900 } })
  page.setDefaultTimeout(120_000) // other tests keep the machine busy
  const faults = []
  page.on('pageerror', error => faults.push(String(error)))
  await page.goto(url)
  await page.locator('#notes[aria-busy=false]').waitFor({ state: 'attached' })
  await (what === 'write' ? write(page) : read(page))
  if (screenshot) await page.screenshot({ path: screenshot })
  assert.deepEqual(faults, [])
  console.log('ok')
} finally {
  await browser.close()
}

async function write (page) {
  await add(page, 'Buy milk')
  await add(page, 'Water the plants', picture)
  await add(page, 'Forget this')

  const milk = note(page, 'Buy milk')
  await milk.getByRole('button', { name: 'Edit' }).click()
  await page.getByLabel('Text', { exact: true }).and(page.locator(':visible')).fill('Buy oat milk')
  await page.getByRole('button', { name: 'Save' }).and(page.locator(':visible')).click()
  await note(page, 'Buy oat milk').waitFor()

  await note(page, 'Forget this').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('2 notes').waitFor()
  await page.reload()
  await read(page)
}

async function read (page) {
  await page.getByText('2 notes').waitFor()
  await note(page, 'Buy oat milk').waitFor()
  const image = note(page, 'Water the plants').getByRole('img')
  await image.waitFor()
  await page.waitForFunction(img => img.complete && img.naturalWidth === 2, await image.elementHandle())
}

async function add (page, text, image) {
  await page.getByLabel('New note').and(page.locator('textarea')).fill(text)
  if (image) {
    await page.getByLabel('Picture', { exact: true }).setInputFiles({
      name: 'picture.png', mimeType: 'image/png', buffer: image
    })
  }
  await page.getByRole('button', { name: 'Add note' }).click()
  await note(page, text).waitFor()
  if (image) await note(page, text).getByRole('img').waitFor()
}

function note (page, text) {
  return page.getByRole('listitem').filter({ hasText: text })
}
