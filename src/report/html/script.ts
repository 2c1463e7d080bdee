/**
 * The page's script: search, open and close, and the way from a chain to its place. The page is complete without it. It
 * makes no HTML from text: what it adds are elements, and text in them.
 */
export const SCRIPT = `
'use strict'
const byId = (id) => document.getElementById(id)
const tree = byId('tree')
const search = byId('search')
const only = byId('only')
const found = byId('found')
const index = JSON.parse(byId('index').textContent)
const items = [...tree.querySelectorAll('li')]
const branches = [...tree.querySelectorAll('details')]
const rowOf = (item) => item.querySelector('.row')
const textOf = new Map(items.map((item) => [item, index[rowOf(item).id.slice(1)]]))
let openBefore

document.documentElement.classList.add('live')
byId('toolbar').hidden = false

// Search: what matches, all above it, and what is below it.
function filter() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean)
  unmark()
  if (words.length === 0) {
    for (const item of items) item.hidden = false
    if (openBefore) branches.forEach((branch, number) => { branch.open = openBefore[number] })
    openBefore = undefined
    found.textContent = ''
    return
  }
  openBefore ??= branches.map(({ open }) => open)
  const matches = items.filter((item) => words.every((word) => textOf.get(item).includes(word)))
  const leading = new Set()
  for (const item of matches)
    for (let above = parentOf(item); above && !leading.has(above); above = parentOf(above)) leading.add(above)
  const matching = new Set(matches)
  const shown = new Set()
  for (const item of items) {
    const isBelow = matching.has(parentOf(item)) || (shown.has(parentOf(item)) && !leading.has(parentOf(item)))
    if (matching.has(item) || leading.has(item) || isBelow) shown.add(item)
    item.hidden = !shown.has(item)
  }
  for (const branch of branches) branch.open = leading.has(branch.parentElement)
  for (const item of matches) for (const part of rowOf(item).querySelectorAll('.name, .label, .chip')) mark(part, words)
  found.textContent = matches.length === 0
    ? 'Nothing here matches.'
    : matches.length + ' of ' + items.length + (matches.length === 1 ? ' lines matches' : ' lines match')
}

function parentOf(item) {
  return item.parentElement.closest('li')
}

function mark(element, words) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const nodes = []
  while (texts.nextNode()) nodes.push(texts.currentNode)
  for (const node of nodes) {
    const text = node.data.toLowerCase()
    const pieces = document.createDocumentFragment()
    let at = 0
    while (at < text.length) {
      const hits = words.map((word) => [text.indexOf(word, at), word.length]).filter(([start]) => start !== -1)
      if (hits.length === 0) break
      const [start, length] = hits.reduce((best, hit) => (hit[0] < best[0] || (hit[0] === best[0] && hit[1] > best[1]) ? hit : best))
      const hit = document.createElement('mark')
      hit.textContent = node.data.slice(start, start + length)
      pieces.append(node.data.slice(at, start), hit)
      at = start + length
    }
    if (at === 0) continue
    pieces.append(node.data.slice(at))
    node.replaceWith(pieces)
  }
}

function unmark() {
  for (const hit of tree.querySelectorAll('mark')) {
    const { parentNode } = hit
    hit.replaceWith(hit.textContent)
    parentNode.normalize()
  }
}

search.addEventListener('input', filter)

// Open and close.
function setAll(isOpen) {
  for (const branch of branches) branch.open = isOpen
}

function setOnly(isOnly) {
  if (!only) return
  only.setAttribute('aria-pressed', String(isOnly))
  tree.classList.toggle('only', isOnly)
  tree.classList.toggle('blocks', document.querySelector('.banner.blocked') !== null)
  if (isOnly) for (const branch of branches) branch.open = branch.parentElement.className !== ''
}

byId('open-all').addEventListener('click', () => setAll(true))
byId('close-all').addEventListener('click', () => setAll(false))
only?.addEventListener('click', () => setOnly(only.getAttribute('aria-pressed') !== 'true'))

// The way to a row: whatever hides it is undone.
function reveal(id) {
  const row = byId(id)
  if (!row || !tree.contains(row)) return
  if (row.closest('li[hidden]')) {
    search.value = ''
    filter()
  }
  if (row.closest('.only') && row.getClientRects().length === 0 && isLeftOut(row)) setOnly(false)
  for (let branch = row.parentElement.closest('ul').closest('details'); branch; branch = branch.parentElement.closest('details'))
    branch.open = true
  for (const other of tree.querySelectorAll('.shown')) other.classList.remove('shown')
  row.classList.add('shown')
  row.focus({ preventScroll: true })
  row.scrollIntoView({ block: 'center' })
}

function isLeftOut(row) {
  for (let item = row.closest('li'); item; item = parentOf(item))
    if (getComputedStyle(item).display === 'none') return true
  return false
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#r"]')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  const id = link.hash.slice(1)
  if (location.hash !== link.hash) history.pushState(null, '', link.hash)
  reveal(id)
})
window.addEventListener('popstate', () => reveal(location.hash.slice(1)))
if (location.hash) reveal(location.hash.slice(1))

// The keyboard: arrows in the tree, / to search, Escape to end the search.
function visibleRows() {
  return [...tree.querySelectorAll('.row')].filter((row) => row.getClientRects().length > 0)
}

function step(row, by) {
  const rows = visibleRows()
  rows[rows.indexOf(row) + by]?.focus()
}

tree.addEventListener('keydown', (event) => {
  const row = event.target
  if (!row.classList.contains('row') || event.altKey || event.ctrlKey || event.metaKey) return
  const branch = row.parentElement.tagName === 'DETAILS' ? row.parentElement : undefined
  switch (event.key) {
    case 'ArrowDown': step(row, 1); break
    case 'ArrowUp': step(row, -1); break
    case 'Home': visibleRows()[0]?.focus(); break
    case 'End': visibleRows().at(-1)?.focus(); break
    case 'ArrowRight':
      if (branch && !branch.open) branch.open = true
      else if (branch) step(row, 1)
      break
    case 'ArrowLeft':
      if (branch?.open) branch.open = false
      else {
        const above = parentOf(row.closest('li'))
        if (above) rowOf(above).focus()
      }
      break
    default: return
  }
  event.preventDefault()
})

document.addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== search && !event.ctrlKey && !event.metaKey) {
    event.preventDefault()
    search.focus()
  }
  if (event.key === 'Escape' && document.activeElement === search) {
    search.value = ''
    filter()
  }
})

// Print shows everything.
let openOnScreen
window.addEventListener('beforeprint', () => {
  openOnScreen = branches.map(({ open }) => open)
  setAll(true)
})
window.addEventListener('afterprint', () => {
  branches.forEach((branch, number) => { branch.open = openOnScreen[number] })
})
`
