// A request of the log as a call in each language.
import { OPERATIONS } from './operations.js'

/** Decode a part of a path, unless it cannot be decoded. */
function decoded(segment = '') {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)

/** Read an argument of a query, which may be there several times. A text that is not of the type stays a text. */
function fromQuery(type, texts) {
  if (type === 'texts') return texts
  const values = texts.map((text) => {
    if (type === 'integer' && String(Number.parseInt(text, 10)) === text) return Number(text)
    return type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text
  })
  return values.length === 1 ? values[0] : values
}

/** Return the arguments of the operation, from path, query and body, and the names of what the operation does not take. */
function argumentsOf({ operation, path, query, body }) {
  const [template, , , whole, , types] = OPERATIONS[operation]
  const segments = path.replace(/^\/v2/, '').split('/')
  const args = {}
  template.split('/').forEach((part, place) => {
    if (part.startsWith('{')) args[part.slice(1, -1)] = decoded(segments[place])
  })
  const unknown = []
  const take = (name, value) => {
    if (Object.hasOwn(types, name)) args[name] = value
    else unknown.push(name)
  }
  for (const name of new Set(query.map(([name]) => name))) {
    const texts = query.filter(([given]) => given === name).map(([, text]) => text)
    take(name, fromQuery(types[name], texts))
  }
  if (whole !== '') args[whole] = body
  else if (isObject(body)) for (const [name, value] of Object.entries(body)) take(name, value)
  else if (body !== null) unknown.push('the body')
  return [args, unknown]
}

/** Return the comment that names what a call leaves out; empty if it leaves out nothing. */
function leftOut(comment, { operation }, unknown) {
  if (unknown.length === 0) return ''
  return `${comment} Not arguments of ${operation}, so left out: ${unknown.map(json).join(', ')}\n`
}

/** Characters that are not seen, or that change how others are seen. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

const hex = (unit) => `\\u${unit.toString(16).padStart(4, '0')}`

/** Write a value as JSON, with all hidden characters escaped. */
const json = (value) =>
  JSON.stringify(value).replace(HIDDEN, (hidden) => hidden.replace(/./gs, (unit) => hex(unit.charCodeAt(0))))

/** Write a text in quotes, with an escape for the code of each hidden character. */
const quoted = (text, escapeOf) => JSON.stringify(text).replace(HIDDEN, (hidden) => escapeOf(hidden.codePointAt(0)))

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())

const shellQuoted = (text) => `'${text.replaceAll("'", "'\\''")}'`

export function curl({ operation, method, path, query, body, token }) {
  const search = new URLSearchParams(query).toString()
  const visible = path.replace(HIDDEN, encodeURIComponent)
  const rest = `${visible.replace(/^\/v2(?=\/|$)/, '')}${search && `?${search}`}`
  const isPlain = /^[\w\-./?=&%+~,:@]*$/.test(rest)
  const verb = /^[A-Z]+$/.test(method) ? method : shellQuoted(method)
  // Otherwise curl makes several URLs of brackets.
  const flags = /[[\]{}]/.test(rest) ? '--globoff ' : ''
  const lines = [
    `curl ${flags}-X ${verb} ${isPlain ? `"$HMS_BASE_URL${rest}"` : `"$HMS_BASE_URL"${shellQuoted(rest)}`}`,
  ]
  if (token !== 'none' || operation === null) lines.push('-H "authorization: Bearer $HMS_TOKEN"')
  if (body !== null) lines.push("-H 'content-type: application/json'", `-d ${shellQuoted(json(body))}`)
  return lines.join(' \\\n  ')
}

/** Split the arguments into those of the path, which are passed by position, and the others. Also returns what is left out. */
function splitArguments(request) {
  const [args, unknown] = argumentsOf(request)
  const [template] = OPERATIONS[request.operation]
  const inPath = [...template.matchAll(/\{(.+?)\}/g)].map((match) => match[1])
  const others = Object.entries(args).filter(([name]) => !inPath.includes(name))
  return [inPath.map((name) => args[name]), others, unknown]
}

const pythonText = (text) =>
  quoted(text, (code) => (code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : hex(code)))

function pythonValue(value) {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([name, inner]) => `${pythonText(name)}: ${pythonValue(inner)}`)
      .join(', ')}}`
  }
  return typeof value === 'string' ? pythonText(value) : String(value)
}

const pythonName = (name) => (/^(class|from|global|import|in|is|pass|with)$/.test(name) ? `${name}_` : snake(name))

function pythonArgument(type, value) {
  const isTime = type === 'time' && /^\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*(Z|[+-]\d\d:\d\d)$/.test(value)
  return isTime ? `datetime.fromisoformat(${pythonText(value)})` : pythonValue(value)
}

export function python(request) {
  const [positional, others, unknown] = splitArguments(request)
  const [, , , , , types] = OPERATIONS[request.operation]
  const words = [
    ...positional.map(pythonValue),
    ...others.map(([name, value]) => `${pythonName(name)}=${pythonArgument(types[name], value)}`),
  ]
  const call = `client.${request.operation}(${words.join(', ')})${isPaged(request) ? '.first_page()' : ''}`
  return leftOut('#', request, unknown) + call
}

const typescriptText = (text) =>
  `'${quoted(text, (code) => `\\u{${code.toString(16)}}`)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")}'`

function typescriptValue(value) {
  if (Array.isArray(value)) return `[${value.map(typescriptValue).join(', ')}]`
  if (value !== null && typeof value === 'object') {
    const name = (text) => {
      // Without brackets it would be the prototype.
      if (text === '__proto__') return `['${text}']`
      return /^[A-Za-z_]\w*$/.test(text) ? text : typescriptText(text)
    }
    const fields = Object.entries(value).map(([key, inner]) => `${name(key)}: ${typescriptValue(inner)}`)
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
  }
  return typeof value === 'string' ? typescriptText(value) : String(value)
}

export function typescript(request) {
  const [positional, others, unknown] = splitArguments(request)
  const words = positional.map(typescriptValue)
  if (others.length > 0) words.push(typescriptValue(Object.fromEntries(others)))
  return `${leftOut('//', request, unknown)}await client.${camel(request.operation)}(${words.join(', ')})`
}

const rustName = (name) => (/^(in|match|ref|type|use|where)$/.test(name) ? `r#${name}` : snake(name))

/** Whether a value can be written in Rust as an argument of the type. */
function isLiteral(type, value) {
  if (type === 'text') return typeof value === 'string'
  if (type === 'integer') return Number.isSafeInteger(value)
  if (type === 'boolean') return typeof value === 'boolean'
  // Rust does not know the type of an empty list.
  return type === 'texts' && Array.isArray(value) && value.length > 0 && value.every((text) => typeof text === 'string')
}

export function rust(request) {
  const [, type, required, , , types] = OPERATIONS[request.operation]
  const [resource, method] = request.operation.split('.')
  const [args, unknown] = argumentsOf(request)
  const comment = leftOut('//', request, unknown)
  const typeOf = (name) => types[name] ?? 'text'
  // What the request has in a header is not in the log, and is a text.
  const missing = required.filter((name) => !Object.hasOwn(args, name))
  const isTyped =
    Object.entries(args).every(([name, value]) => isLiteral(typeOf(name), value)) &&
    missing.every((name) => typeOf(name) === 'text')
  if (!isTyped) {
    // Byte strings are ASCII.
    const text = JSON.stringify(args).replace(/[^ -~]/g, (unit) => hex(unit.charCodeAt(0)))
    const hashes = '#'.repeat(1 + Math.max(0, ...[...text.matchAll(/"(#+)/g)].map((match) => match[1].length)))
    return `${comment}client.call("${request.operation}", br${hashes}"${text}"${hashes}, &CallOptions::default()).await?`
  }
  const value = (given) => (Array.isArray(given) ? `[${given.map(rustText).join(', ')}]` : rustText(given))
  // Setters take any items that become texts, `new` takes only texts.
  const owned = (given) => (Array.isArray(given) ? `${value(given)}.map(String::from)` : value(given))
  const first = required.map((name) => owned(args[name] ?? ''))
  const rest = Object.keys(args).filter((name) => !required.includes(name))
  const setters = rest.map((name) => `.${rustName(name)}(${value(args[name])})`).join('')
  const inner = type === '' ? first.join(', ') : `${type}::new(${first.join(', ')})${setters}`
  return `${comment}client.${resource}().${method}(${inner})${isPaged(request) ? '.first_page()' : ''}.await?`
}

const RUST_ESCAPES = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function rustText(value) {
  if (typeof value !== 'string') return String(value)
  // A text in Rust cannot contain half of a character.
  const text = value.replace(/\p{Cs}/gu, '\ufffd').replace(/["\\\n\r\t]/g, (found) => RUST_ESCAPES[found])
  return `"${text.replace(HIDDEN, (hidden) => `\\u{${hidden.codePointAt(0).toString(16)}}`)}"`
}

const isPaged = ({ operation }) => OPERATIONS[operation][4]

/** The languages in which a request can be shown. Requests that are no operation can only be sent by curl. */
export function snippetsOf(request) {
  const languages = { curl, Rust: rust, Python: python, TypeScript: typescript }
  const isOperation = request.operation !== null && Object.hasOwn(OPERATIONS, request.operation)
  return Object.entries(languages).filter(([name]) => isOperation || name === 'curl')
}
