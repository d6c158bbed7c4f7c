// The options of a job, and its progress.
import { AsyncLocalStorage } from 'node:async_hooks'
import { ownOf } from './checks'
import { type CallOptions, checkJobOptions, type JobOptions } from './options'
import { refused } from './refused'

/** The options of the calls of a job, its callback, and what ends it. */
interface Prepared<Progress> {
  readonly callOptions: CallOptions | undefined
  readonly onProgress: ((progress: Progress) => unknown) | undefined
  readonly abort: (reason: unknown) => void
}

/** Check the options of a job. One with a callback can be aborted, as what the callback throws ends it. */
export function jobOptions<Progress>(job: string, options: JobOptions<Progress> | undefined): Prepared<Progress> {
  if (options === undefined || options === null) {
    return { callOptions: undefined, onProgress: undefined, abort: () => undefined }
  }
  checkJobOptions(job, options)
  const { onProgress, ...callOptions } = ownOf(options)
  if (onProgress === undefined) return { callOptions, onProgress, abort: () => undefined }
  if (typeof onProgress !== 'function') throw refused(job, 'onProgress', 'must be a function')
  const own = new AbortController()
  const { signal } = callOptions
  return {
    callOptions: { ...callOptions, signal: signal ? AbortSignal.any([signal, own.signal]) : own.signal },
    onProgress,
    abort: (reason) => own.abort(reason),
  }
}

/** Return what calls `onProgress` with the progress of a job, in the async context of the caller. */
export function reporter<Progress>(
  onProgress: (progress: Progress) => unknown,
  abort: (reason: unknown) => void,
): (progress: string) => void {
  const inContext = AsyncLocalStorage.snapshot()
  return (progress) => {
    try {
      const returned: unknown = inContext(() => onProgress(JSON.parse(progress) as Progress))
      // Otherwise its rejection would end the process.
      if (returned instanceof Promise) returned.catch(abort)
    } catch (error) {
      abort(error)
    }
  }
}
