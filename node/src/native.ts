// The addon: loads the package of this platform, or explains in one error why it cannot.
import { resolve } from 'node:path'
import type { Addon } from './addon'
import { ConfigurationError } from './errors'
import { type Platform, platforms } from './platforms'

export * from './addon'

/** The version of glibc, where the system has it. Asking for it takes time. */
function glibc(): string | undefined {
  const report = process.report as { excludeNetwork?: boolean; getReport(): object } | undefined
  if (!report) return undefined
  // Looking up the names of open connections can take seconds.
  const { excludeNetwork } = report
  report.excludeNetwork = true
  const { header } = report.getReport() as { header?: { glibcVersionRuntime?: string } }
  report.excludeNetwork = excludeNetwork ?? false
  return header?.glibcVersionRuntime
}

// Written out one by one, so that tools that trace the files of a program find them.
const PACKAGES: Readonly<Record<Platform, () => unknown>> = {
  'darwin-arm64': () => require('hundredms-darwin-arm64'),
  'darwin-x64': () => require('hundredms-darwin-x64'),
  'linux-arm64-gnu': () => require('hundredms-linux-arm64-gnu'),
  'linux-arm64-musl': () => require('hundredms-linux-arm64-musl'),
  'linux-x64-gnu': () => require('hundredms-linux-x64-gnu'),
  'linux-x64-musl': () => require('hundredms-linux-x64-musl'),
  'win32-arm64-msvc': () => require('hundredms-win32-arm64-msvc'),
  'win32-x64-msvc': () => require('hundredms-win32-x64-msvc'),
}

/** Load the addon of this platform. */
function load(): Addon {
  const own = process.env.HUNDREDMS_ADDON
  if (own) {
    const file = resolve(own)
    return attempt('the file in HUNDREDMS_ADDON', 'is not there; name one built with `npm run build:addon`', () =>
      require(file),
    )
  }
  const family = `${process.platform}-${process.arch}`
  if (process.platform !== 'linux') return loadPackage(process.platform === 'win32' ? `${family}-msvc` : family)
  try {
    // Most have glibc, and asking takes time.
    return PACKAGES[`${family}-gnu` as Platform]() as Addon
  } catch {
    return loadPackage(`${family}-${glibc() ? 'gnu' : 'musl'}`)
  }
}

function loadPackage(platform: string): Addon {
  const get = PACKAGES[platform as Platform] as (() => unknown) | undefined
  if (get) return attempt(`the package hundredms-${platform}`, NOT_INSTALLED, get)
  const known = platforms.join(', ')
  throw notLoaded(
    `there is no build for ${platform}, only for ${known}; build bindings/node from source and set HUNDREDMS_ADDON to the file`,
  )
}

const NOT_INSTALLED =
  'is not installed; install without --omit=optional, and on the platform that runs the code (node_modules copied from another machine lack it); if it is still missing, package-lock.json was written on another platform: delete node_modules and package-lock.json, and install again'
const BROKEN = 'is there but does not load; reinstall it, and keep hundredms out of bundles'
const TOO_NEW =
  'needs a newer glibc than this system has; use a newer system, or build bindings/node from source here and set HUNDREDMS_ADDON to the file'

function attempt(name: string, absent: string, get: () => unknown): Addon {
  try {
    return get() as Addon
  } catch (error) {
    if (isRefused(error)) throw error
    const { code, message } = error as NodeJS.ErrnoException
    const advice = code === 'MODULE_NOT_FOUND' ? absent : message.includes('GLIBC_') ? TOO_NEW : BROKEN
    throw notLoaded(`${name} ${advice}`, message.split('\n')[0])
  }
}

function notLoaded(reason: string, cause?: string): Error {
  const { platform, arch, version } = process
  const libc = glibc()
  const system = platform !== 'linux' ? '' : libc ? ` (glibc ${libc})` : ' (musl)'
  return unusable(`does not load on ${platform} ${arch}${system}, Node ${version}: ${reason}`, cause)
}

function unusable(reason: string, cause?: string): Error {
  const message = `the addon of hundredms ${reason}`
  // All other errors get their text from the addon, which is missing here.
  const text = `${message} (configuration)${cause ? `: ${cause}` : ''}`
  return new ConfigurationError({ kind: 'configuration', message, cause: cause ?? null }, text)
}

/** Whether Deno has refused something because it lacks a permission. */
function isRefused(error: unknown): error is Error {
  return 'Deno' in globalThis && error instanceof Error && error.name === 'NotCapable'
}

/** Load the addon, or say what runs without the permissions that Deno was not given. */
function loadAsPermitted(): Addon {
  try {
    return load()
  } catch (error) {
    if (!isRefused(error)) throw error
    throw unusable(
      'does not load with the permissions that Deno was given; import `npm:hundredms/edge`, which needs no addon, or run Deno with --allow-env, --allow-read, --allow-sys and --allow-ffi',
      error.message,
    )
  }
}

export const addon: Addon = loadAsPermitted()
