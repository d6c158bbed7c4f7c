// Builds elements. All that is shown is text: nothing is parsed as HTML.

/** Create an element. Properties that begin with `on` are listeners, `class` and words with a dash are attributes. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name === 'class' || name.includes('-') || name === 'role') element.setAttribute(name, value)
    else element[name] = value
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false))
  return element
}

export const pill = (text, kind = '') => h('span', { class: `pill ${kind}` }, String(text))

export const button = (text, onclick, properties = {}) => h('button', { type: 'button', onclick, ...properties }, text)

let fields = 0

/** A control with its label above it. */
export function field(text, control, more = '') {
  fields += 1
  control.id = `field-${fields}`
  return h('div', { class: `field ${more}` }, h('label', { htmlFor: control.id }, text), control)
}

/** A select whose options are `[value, text]`, `[value, text, isDisabled]` or texts. */
export function choice(options, properties = {}) {
  const select = h('select', properties)
  setChoices(select, options)
  return select
}

/** Replace the options of a select, and keep what is selected. */
export function setChoices(select, options) {
  const pairs = options.map((option) => (Array.isArray(option) ? option : [option, option]))
  const signature = JSON.stringify(pairs)
  if (select.dataset.options === signature) return
  const selected = select.value
  select.dataset.options = signature
  select.replaceChildren(...pairs.map(([value, text, disabled]) => h('option', { value, disabled }, text)))
  if (pairs.some(([value]) => value === selected)) select.value = selected
}

/** Show one child for each item, in order. A child is built again only if its item has changed, so focus and players survive. */
export function keyed(parent, items, keyOf, build, whenEmpty = '') {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]))
  const children = items.map((item) => {
    const [key, signature] = [String(keyOf(item)), JSON.stringify(item)]
    const old = known.get(key)
    if (old !== undefined && old.signature === signature) return old
    const child = build(item)
    child.dataset.key = key
    child.signature = signature
    if (old?.open) child.open = true
    return child
  })
  if (children.length === 0 && whenEmpty !== '') children.push(h('div', { class: 'empty' }, whenEmpty))
  const same = children.length === parent.children.length && children.every((child, i) => child === parent.children[i])
  if (same) return
  const focus = parent.contains(document.activeElement) ? placeOf(document.activeElement) : undefined
  parent.replaceChildren(...children)
  if (focus !== undefined) elementAt(parent, focus)?.focus()
}

function placeOf(element) {
  const item = element.closest('[data-key]')
  return [item?.dataset.key, [...(item?.querySelectorAll('button, select, input, summary') ?? [])].indexOf(element)]
}

function elementAt(parent, [key, place]) {
  const item = [...parent.children].find((child) => child.dataset.key === key)
  return item?.querySelectorAll('button, select, input, summary')[place]
}

/** Open a dialog that is removed when it closes. */
export function openDialog(title, ...children) {
  const dialog = h('dialog', { 'aria-label': title, onclose: () => dialog.remove() }, h('h2', {}, title), ...children)
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}

/** Ask before something is lost. */
export function confirmed(title, text, action) {
  return new Promise((resolve) => {
    const close = (answer) => () => {
      resolve(answer)
      dialog.close()
    }
    const dialog = openDialog(
      title,
      h('p', { class: 'muted' }, text),
      h('div', { class: 'bar' }, button('Cancel', close(false)), button(action, close(true), { class: 'danger' })),
    )
    dialog.addEventListener('cancel', () => resolve(false))
  })
}

/** Whether the screen is that of a phone, as the style has it. */
const phone = matchMedia('(max-width: 820px)')

/** Show a message for a while, or until it is tapped. A phone has room for one, and shows it for less time. */
export function toast(text, kind = '') {
  const toasts = document.getElementById('toasts')
  const message = h('div', { class: `toast ${kind}`, onclick: () => message.remove() }, text)
  toasts.append(message)
  const most = phone.matches ? 1 : 3
  while (toasts.children.length > most) toasts.firstChild.remove()
  const time = kind === 'bad' ? 8000 : 3000
  setTimeout(() => message.remove(), phone.matches ? time / 2 : time)
}

/** Fade the edges of an element behind which there is more to scroll to. Returns the element. */
export function fadeEdges(element) {
  const update = () => {
    const { scrollLeft, clientWidth, scrollWidth } = element
    element.classList.toggle('more-left', scrollLeft > 1)
    element.classList.toggle('more-right', scrollLeft + clientWidth < scrollWidth - 1)
  }
  element.addEventListener('scroll', update, { passive: true })
  new ResizeObserver(update).observe(element)
  return element
}

/** `1 room` or `2,000 rooms`. */
export const count = (number, one, many = `${one}s`) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`

export const clockTime = (text) => (text ? text.slice(11, 19) : '')

/** `90` to `1 min 30 s`. */
export function duration(seconds) {
  const units = [
    ['d', 86400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ]
  let left = Math.max(0, Math.round(seconds))
  const parts = []
  for (const [unit, size] of units) {
    const count = Math.floor(left / size)
    left -= count * size
    if (count > 0 && parts.length < 2) parts.push(`${count} ${unit}`)
  }
  return parts.join(' ') || '0 s'
}

export const bytesText = (bytes) =>
  bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : bytes >= 1e3 ? `${(bytes / 1e3).toFixed(1)} kB` : `${bytes} B`

export const jsonText = (value) => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))
