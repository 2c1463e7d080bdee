import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { formatGraphHtml } from '../../src/report/html/page.ts'
import type { Graph } from '../../src/walk/graph.ts'
import { reportOf } from '../report/graph-builder.ts'
import { bigGraph, CI, cleanGraph, hostileGraph, mixedGraph } from '../report/graph-samples.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { CHROMIUM_FLAGS, chromiumNeeded, findChromium } from './chromium.ts'

const executablePath = findChromium()
if (executablePath === undefined) console.warn(`The browser test is skipped: it ${chromiumNeeded}.`)

describe.skipIf(executablePath === undefined)(`the graph in a browser (${chromiumNeeded})`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...CHROMIUM_FLAGS],
    })
  }, 60_000)
  afterAll(() => browser?.close())

  /** Opens a graph's page from the disk. Whatever the page asks the network for, says or throws fails the test. */
  async function open(
    graph: Graph,
    options: BrowserContextOptions = {},
    expected?: RegExp,
  ): Promise<Page> {
    const folder = await temporaryFolder()
    const file = join(folder, 'graph.html')
    await writeFile(file, formatGraphHtml(reportOf(graph)))
    const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...options })
    const page = await context.newPage()
    const heard: string[] = []
    page.on('request', (request) => heard.push(request.url()))
    page.on('console', (message) => heard.push(message.text()))
    page.on('pageerror', (error) => heard.push(String(error)))
    page.on('dialog', (dialog) => {
      heard.push(dialog.message())
      void dialog.dismiss()
    })
    const url = pathToFileURL(file).href
    await page.goto(url)
    onTestFinished(async () => {
      await context.close()
      expect(heard.filter((each) => each !== url && !expected?.test(each))).toEqual([])
    })
    return page
  }

  test('the verdict and the tree are there, and no more than the window is wide', async () => {
    for (const width of [1100, 360]) {
      const page = await open(mixedGraph(), { viewport: { width, height: 800 } })
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Blocked')
      expect(await visibleNames(page)).toContain('extractions/setup-crate@v1')
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    }
  })

  test('searching narrows, highlights, keeps what is above, and gives all back', async () => {
    const page = await open(mixedGraph())
    const before = await visibleNames(page)
    const search = page.getByRole('searchbox')
    await search.fill('Setup-Crate')
    expect(await visibleNames(page)).toEqual([
      CI,
      'extractions/setup-just@9b1d2f9b1d2f',
      'extractions/setup-crate@v1',
    ])
    expect(await page.locator('#tree mark').allTextContents()).toEqual(['setup-crate'])
    expect(await page.locator('#found').textContent()).toBe('1 of 25 lines matches')
    await search.fill('4993624499362449936244993624')
    expect(await visibleNames(page)).toContain('extractions/setup-crate@v1')
    await search.fill('no such thing')
    expect(await visibleNames(page)).toEqual([])
    expect(await page.locator('#found').textContent()).toBe('Nothing here matches.')
    await search.press('Escape')
    expect(await search.inputValue()).toBe('')
    expect(await page.locator('#tree mark').count()).toBe(0)
    expect(await visibleNames(page)).toEqual(before)
  })

  test('what is below a match can be opened', async () => {
    const page = await open(mixedGraph())
    await page.getByRole('searchbox').fill('setup/action.yml')
    await row(page, './.github/actions/setup').first().click()
    expect(await visibleNames(page)).toContain('actions/cache@0057852b0057')
  })

  test('open all, close all, and only what blocks', async () => {
    const page = await open(mixedGraph())
    await page.getByRole('button', { name: 'Close all' }).click()
    expect(await visibleNames(page)).toHaveLength(3)
    await page.getByRole('button', { name: 'Open all' }).click()
    expect(await visibleNames(page)).toHaveLength(25)
    const only = page.getByRole('button', { name: 'Only what blocks' })
    await only.click()
    expect(await only.getAttribute('aria-pressed')).toBe('true')
    const names = await visibleNames(page)
    expect(names).toContain('actions/upload-artifact@v4')
    expect(names).not.toContain('actions/checkout@11bd719011bd')
    expect(names).not.toContain('.github/workflows/stale.yml')
    await only.click()
    expect(await visibleNames(page)).toContain('.github/workflows/stale.yml')
  })

  test('a click on a chain shows and focuses its place, whatever hides it', async () => {
    const page = await open(mixedGraph())
    const link = page.locator('.chains a', { hasText: 'extractions/setup-crate@v1' }).first()
    await page.getByRole('button', { name: 'Close all' }).click()
    await link.click()
    const place = row(page, 'extractions/setup-crate')
    expect(await place.isVisible()).toBe(true)
    expect(await focused(page)).toBe('extractions/setup-crate@v1')
    await expectInView(page, 'extractions/setup-crate')
    await page.getByRole('searchbox').fill('checkout')
    await link.click()
    expect(await focused(page)).toBe('extractions/setup-crate@v1')
    expect(await page.getByRole('searchbox').inputValue()).toBe('')
    expect(new URL(page.url()).hash).toMatch(/^#r\d+$/)
  })

  test('a place that only-what-blocks leaves out is shown again', async () => {
    const page = await open(mixedGraph())
    const only = page.getByRole('button', { name: 'Only what blocks' })
    const link = page.locator('a.elsewhere').first()
    const id = (await link.getAttribute('href'))?.slice(1) ?? ''
    await only.click()
    await page.evaluate(`document.querySelector('a.elsewhere[href="#${id}"]').click()`)
    expect(await page.evaluate('document.activeElement.id')).toBe(id)
    expect(await page.locator(`#${id}`).isVisible()).toBe(true)
  })

  test('an address with a place opens there', async () => {
    const page = await open(mixedGraph())
    await page.locator('.chains a', { hasText: 'upload-artifact@v4' }).first().click()
    const { hash } = new URL(page.url())
    await page.reload()
    expect(await page.evaluate('document.activeElement.id')).toBe(hash.slice(1))
  })

  test('the keyboard is enough', async () => {
    const page = await open(mixedGraph())
    await page.keyboard.press('/')
    expect(await page.evaluate('document.activeElement.id')).toBe('search')
    await page.locator('#tree summary').first().focus()
    expect(await focused(page)).toBe(CI)
    await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toBe('actions/checkout@11bd719011bd')
    await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toBe('./.github/actions/setup')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await focused(page)).toBe('actions/setup-node@49933ea54993')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    expect(await visibleNames(page)).not.toContain('actions/cache@0057852b0057')
    await page.keyboard.press('Enter')
    expect(await visibleNames(page)).toContain('actions/cache@0057852b0057')
    await page.keyboard.press('End')
    expect(await focused(page)).toBe('actions/setup-node@49933ea54993')
    await page.keyboard.press('Home')
    expect(await focused(page)).toBe(CI)
  })

  test('dark where dark is wished for, and readable', async () => {
    const colors = `(() => {
      const { backgroundColor, color } = getComputedStyle(document.body)
      return [backgroundColor, color]
    })()`
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open(mixedGraph(), { colorScheme })
      const [back, front] = (await page.evaluate<string[]>(colors)).map(brightness)
      if (back === undefined || front === undefined) throw new Error('no colours')
      expect(colorScheme === 'dark' ? front - back : back - front).toBeGreaterThan(180)
    }
  })

  test('without scripts it is all there to read and to open', async () => {
    const page = await open(mixedGraph(), { javaScriptEnabled: false })
    expect(await page.locator('#toolbar').isVisible()).toBe(false)
    expect(await page.locator('.row').count()).toBe(25)
    const setup = row(page, './.github/actions/setup').first()
    await setup.click()
    expect(await page.locator('.name', { hasText: 'actions/cache' }).isVisible()).toBe(true)
    await page.locator('.chains a', { hasText: 'extractions/setup-crate@v1' }).first().click()
    await expectInView(page, 'extractions/setup-crate')
  })

  test('printed, everything is open', async () => {
    const page = await open(mixedGraph())
    await page.getByRole('button', { name: 'Close all' }).click()
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`)
    expect(await visibleNames(page)).toHaveLength(25)
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`)
    expect(await visibleNames(page)).toHaveLength(3)
  })

  test('names that would be markup are text, in searching too', async () => {
    const page = await open(hostileGraph())
    expect(await page.locator('img, script:not([type], :last-of-type)').count()).toBe(0)
    await page.getByRole('searchbox').fill('<img src=x onerror=alert(1)>')
    expect(await page.locator('#tree mark').count()).toBeGreaterThan(0)
    expect(await page.locator('img').count()).toBe(0)
    await page.getByRole('searchbox').fill('.*[(')
    expect(await page.locator('#found').textContent()).toBe('Nothing here matches.')
  })

  test('a script that got into the page would not run', async () => {
    const page = await open(cleanGraph(), {}, /violates the following Content Security Policy/)
    const ran = await page.evaluate(`(() => {
      const script = document.createElement('script')
      script.textContent = 'globalThis.intruder = true'
      document.body.append(script)
      return 'intruder' in globalThis
    })()`)
    expect(ran).toBe(false)
  })

  test('a big graph can be searched', async () => {
    const page = await open(bigGraph(60, 1200, 25))
    const lines = await page.locator('#tree .row').count()
    expect(lines).toBeGreaterThan(2500)
    await page.getByRole('searchbox').fill('action-11')
    expect(await page.locator('#found').textContent()).toMatch(/^\d+ of \d+ lines match$/)
    await page.getByRole('searchbox').fill('')
  })
})

/** The names of the rows that can be seen, in order. */
async function visibleNames(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('#tree .row')]
    .filter((row) => row.checkVisibility())
    .map((row) => row.querySelector('.name').textContent)`)
}

function row(page: Page, name: string): ReturnType<Page['locator']> {
  return page.locator('#tree .row', { has: page.locator('.name', { hasText: name }) })
}

function focused(page: Page): Promise<string> {
  return page.evaluate<string>(`document.activeElement.querySelector('.name')?.textContent`)
}

async function expectInView(page: Page, name: string): Promise<void> {
  const box = await row(page, name).first().boundingBox()
  expect(box?.y).toBeGreaterThan(0)
  expect(box?.y).toBeLessThan(page.viewportSize()?.height ?? 0)
}

/** Of `rgb(r, g, b)`, from 0 to 255. */
function brightness(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/\d+/g) ?? []).map(Number)
  return (red + green + blue) / 3
}
