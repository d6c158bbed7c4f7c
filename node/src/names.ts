// Names of the core in texts, as they are called here: operations, jobs, arguments, options and controls.

/** `room_codes` to `roomCodes`. */
export const camel = (name: string): string => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())

const RESOURCES =
  'active_rooms|analytics|external_streams|live_streams|polls|recording_assets|recordings|room_codes|rooms|sessions|sip|stream_keys|templates'

/** Operations and jobs: `recording_assets.download_all`. */
const CALLED = new RegExp(`(?<![\\w./])(?:${RESOURCES})\\.[a-z]+(?:_[a-z]+)*(?![\\w.]\\w)`, 'g')

/** A text with operations and jobs as they are called: `recordingAssets.downloadAll`. */
export function asCalled(text: string): string {
  return text.includes('_') ? text.replaceAll(CALLED, camel) : text
}

/** Options and arguments whose names differ from those of the core by more than the case. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['connect_timeout', 'connectTimeoutMs'],
  ['max_age', 'maxAgeMs'],
  ['valid_for', 'validForSeconds'],
])

/** What the core calls options of clients, receivers, tokens and links. Variables such as `https_proxy` are not among them. */
const OPTIONS =
  /\b(?:access_key|allow_list|allow_unverified|auth_url|base_url|ca_file|connect_timeout|hmac_key|max_age|max_bytes|max_connections|max_in_flight|max_response_bytes|max_retries|not_before|rate_limit_redis|rate_limit|room_id|trusted_proxies|user_agent|user_id|valid_for)\b/g

/** A text about options, with their names here. */
export function withOptions(text: string): string {
  return text.includes('_') ? text.replaceAll(OPTIONS, optionName) : text
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

/** A text of a control, with the names of controls, and of the arguments that its method takes one by one. */
export function ofControl(
  text: string,
  name: string,
  controls: { readonly [name: string]: readonly string[] },
): string {
  const alone = controls[name] ?? []
  return text.replaceAll(/\b[a-z]+(?:_[a-z]+)+\b/g, (word) =>
    word in controls || alone.includes(word) ? camel(word) : word,
  )
}
