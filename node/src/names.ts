// Names of the core in texts, as they are called here: operations, jobs, arguments, options and controls.

/** `room_codes` to `roomCodes`. */
export const camel = (name: string): string => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())

const RESOURCES =
  'active_rooms|analytics|external_streams|live_streams|polls|recording_assets|recordings|room_codes|rooms|sessions|sip|stream_keys|templates'

/** What stands before and after a name of ours; else it is a part of a path, a URL or a longer name. */
const BEFORE = String.raw`(?<![\w./\\?&=#@%~-])`
const AFTER = String.raw`(?![\w/\\?&=#@%~-]|\.\w|:/)`

/** A quoted value, which is of the user. */
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`

/** Replace what `pattern` matches outside of quoted values. */
function replaced(text: string, pattern: RegExp, name: (found: string) => string): string {
  if (!text.includes('_')) return text
  return text.replaceAll(pattern, (found) => (found.startsWith('"') ? found : name(found)))
}

const CALLS = `(?:${RESOURCES})\\.[a-z]+(?:_[a-z]+)*${AFTER}`

/** Operations and jobs: `recording_assets.download_all`. */
const CALLED = new RegExp(`${QUOTED}|${BEFORE}${CALLS}`, 'g')

/** Those that a job says to call, around the words of the service. */
const ADVISED = new RegExp(`${QUOTED}|(?<=\\b(?:by|call) )${CALLS}`, 'g')

/** A text with operations and jobs as they are called: `recordingAssets.downloadAll`. `path` is a file in the text, which stays as it is. */
export function asCalled(text: string, path?: string | null): string {
  const parts = path ? text.split(path) : [text]
  return parts.map((part) => replaced(part, CALLED, camel)).join(path ?? '')
}

/** The same of an error that has words of the service: only the `operation` at the beginning is ours, and what a job says to call. */
export function aroundAnswer(text: string, operation: string): string {
  const own = operation && text.startsWith(`${operation}: `) ? operation : ''
  return camel(own) + replaced(text.slice(own.length), ADVISED, camel)
}

/** Options and arguments whose names differ from those of the core by more than the case. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['connect_timeout', 'connectTimeoutMs'],
  ['max_age', 'maxAgeMs'],
  ['valid_for', 'validForSeconds'],
])

const OPTION_NAMES =
  'access_key|allow_list|allow_unverified|auth_url|base_url|ca_file|connect_timeout|hmac_key|max_age|max_bytes|max_connections|max_in_flight|max_response_bytes|max_retries|not_before|rate_limit|rate_limit_redis|room_id|trusted_proxies|user_agent|user_id|valid_for'

/**
 * What the core calls options of clients, receivers, tokens and links, where it names one: at the beginning of a text or after a colon, before
 * a colon, in backticks, and after a word such as "set". Variables such as `https_proxy` are not among them.
 */
const OPTIONS = new RegExp(
  [
    QUOTED,
    `(?<=^|: |\\b(?:needs|pass|raise|requires|set|use|with) (?:an? )?)(?:${OPTION_NAMES})${AFTER}`,
    `${BEFORE}(?:${OPTION_NAMES})(?=: )`,
    `(?<=\`)(?:${OPTION_NAMES})(?=\`)`,
  ].join('|'),
  'g',
)

/** A text about options, with their names here. */
export function withOptions(text: string): string {
  return replaced(text, OPTIONS, optionName)
}

function optionName(name: string): string {
  return NAMES.get(name) ?? camel(name)
}

/**
 * The path of an argument, or a text about it, with the names of arguments that are passed by themselves: `room_id` as `roomId`. `alone` has
 * all of these. Only the name at the beginning and those in code are of arguments: "pass its room_id" is about an object.
 */
export function withArguments(text: string, alone: object): string {
  if (!text.includes('_')) return text
  return text.replaceAll(/^\w+|(?<=`)\w+(?=`)/g, (name) => (Object.hasOwn(alone, name) ? camel(name) : name))
}

/**
 * A text of the control `name`, with the names of controls, and of the arguments that its method takes one by one. The core names the control
 * itself at the beginning, then an argument; others it says to call. Elsewhere the same words are of the user: "there is no operation x_y".
 */
export function ofControl(
  text: string,
  name: string,
  controls: { readonly [name: string]: readonly string[] },
): string {
  const own = text.startsWith(`${name}: `) ? `${name}: ` : ''
  const alone = controls[name] ?? []
  const said = text
    .slice(own.length)
    .replaceAll(/^\w+|(?<=\bmissing field `)\w+/g, (word) => (alone.includes(word) ? camel(word) : word))
    .replaceAll(/(?<=\bcall )\w+/g, (word) => (Object.hasOwn(controls, word) ? camel(word) : word))
  return camel(own) + said
}
