// A request of the log as a call in each language.
import { OPERATIONS } from './operations.js'

/** Return the arguments of the operation, from path, query and body. */
function argumentsOf({ operation, path, query, body }) {
  const [template, , , whole] = OPERATIONS[operation]
  const segments = path.replace(/^\/v2/, '').split('/')
  const args = {}
  template.split('/').forEach((part, place) => {
    if (part.startsWith('{')) args[part.slice(1, -1)] = decodeURIComponent(segments[place])
  })
  for (const [name, text] of query) {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : text === 'true' || text === 'false' ? text === 'true' : text
    args[name] = name in args ? [args[name], value].flat() : value
  }
  if (whole !== '') args[whole] = body
  else Object.assign(args, body)
  return args
}

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())

const shellQuoted = (text) => `'${text.replaceAll("'", "'\\''")}'`

export function curl({ operation, method, path, query, body, token }) {
  const search = new URLSearchParams(query).toString()
  const rest = `${path.replace(/^\/v2/, '')}${search && `?${search}`}`
  const isPlain = /^[\w\-./?=&%+~,:@]*$/.test(rest)
  const lines = [`curl -X ${method} ${isPlain ? `"$HMS_BASE_URL${rest}"` : `"$HMS_BASE_URL"${shellQuoted(rest)}`}`]
  if (token !== 'none' || operation === null) lines.push('-H "authorization: Bearer $HMS_TOKEN"')
  if (body !== null) lines.push("-H 'content-type: application/json'", `-d ${shellQuoted(JSON.stringify(body))}`)
  return lines.join(' \\\n  ')
}

/** Split the arguments into those of the path, which are passed by position, and the others. */
function splitArguments(request) {
  const args = argumentsOf(request)
  const [template] = OPERATIONS[request.operation]
  const inPath = [...template.matchAll(/\{(.+?)\}/g)].map((match) => match[1])
  const others = Object.entries(args).filter(([name]) => !inPath.includes(name))
  return [inPath.map((name) => args[name]), others]
}

function pythonValue(value) {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([name, inner]) => `${JSON.stringify(name)}: ${pythonValue(inner)}`)
      .join(', ')}}`
  }
  return JSON.stringify(value)
}

const pythonName = (name) => (/^(class|from|global|import|in|is|pass|with)$/.test(name) ? `${name}_` : snake(name))

export function python(request) {
  const [positional, others] = splitArguments(request)
  const words = [
    ...positional.map(pythonValue),
    ...others.map(([name, value]) => `${pythonName(name)}=${pythonValue(value)}`),
  ]
  return `client.${request.operation}(${words.join(', ')})${isPaged(request) ? '.first_page()' : ''}`
}

function typescriptValue(value) {
  if (Array.isArray(value)) return `[${value.map(typescriptValue).join(', ')}]`
  if (value !== null && typeof value === 'object') {
    const name = (text) => (/^[A-Za-z_]\w*$/.test(text) ? text : typescriptValue(text))
    const fields = Object.entries(value).map(([key, inner]) => `${name(key)}: ${typescriptValue(inner)}`)
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
  }
  return typeof value === 'string'
    ? `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
    : String(value)
}

export function typescript(request) {
  const [positional, others] = splitArguments(request)
  const words = positional.map(typescriptValue)
  if (others.length > 0) words.push(typescriptValue(Object.fromEntries(others)))
  return `await client.${camel(request.operation)}(${words.join(', ')})`
}

const rustName = (name) => (/^(in|match|ref|type|use|where)$/.test(name) ? `r#${name}` : snake(name))

export function rust(request) {
  const [, type, required] = OPERATIONS[request.operation]
  const [resource, method] = request.operation.split('.')
  const args = argumentsOf(request)
  const isNested = (value) =>
    value === null ||
    (typeof value === 'object' && !Array.isArray(value)) ||
    (Array.isArray(value) && value.some(isNested))
  if (Object.values(args).some(isNested)) {
    const text = JSON.stringify(args)
    const hashes = '#'.repeat(1 + Math.max(0, ...[...text.matchAll(/"(#+)/g)].map((match) => match[1].length)))
    return `client.call("${request.operation}", br${hashes}"${text}"${hashes}, &CallOptions::default()).await?`
  }
  const value = (given) => (Array.isArray(given) ? `[${given.map(rustText).join(', ')}]` : rustText(given))
  const first = required.map((name) => value(args[name] ?? ''))
  const rest = Object.keys(args).filter((name) => !required.includes(name))
  const setters = rest.map((name) => `.${rustName(name)}(${value(args[name])})`).join('')
  const inner = type === '' ? first.join(', ') : `${type}::new(${first.join(', ')})${setters}`
  return `client.${resource}().${method}(${inner})${isPaged(request) ? '.first_page()' : ''}.await?`
}

const rustText = (value) =>
  typeof value === 'string' ? JSON.stringify(value).replace(/\\u(\w{4})/g, '\\u{$1}') : String(value)

const isPaged = ({ operation }) => OPERATIONS[operation][4]

/** The languages in which a request can be shown. Requests that are no operation can only be sent by curl. */
export function snippetsOf(request) {
  const languages = { curl, Rust: rust, Python: python, TypeScript: typescript }
  const isOperation = request.operation !== null && request.operation in OPERATIONS
  return Object.entries(languages).filter(([name]) => isOperation || name === 'curl')
}
