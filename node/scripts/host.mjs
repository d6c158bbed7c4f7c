// The platform of this machine, as its package is named: linux-x64-gnu.
const libc = process.platform === 'linux' && (process.report.getReport().header.glibcVersionRuntime ? 'gnu' : 'musl')
const suffix = { linux: `-${libc}`, win32: '-msvc' }[process.platform] ?? ''

export const host = `${process.platform}-${process.arch}${suffix}`
