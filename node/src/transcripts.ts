// Transcripts in other formats. They are functions, because results are plain objects. The core writes the text, so every language returns
// the same.
import { checkObject } from './arguments'
import { addon } from './native'
import type { Transcript } from './resources/recordings'
import { guard } from './tokens'

function exported(transcript: Transcript, name: string, format: string): string {
  checkObject(name, 'transcript', transcript)
  return guard(() => addon.exportTranscript(JSON.stringify(transcript), format))
}

/**
 * Return a transcript as SubRip subtitles: a cue for each sentence, with its speaker. Cues are ordered by start. Sentences that overlap
 * remain separate cues. A cue lasts at least a millisecond. Line breaks and control characters become spaces, and `-->` becomes `->`.
 * Sentences without text are left out.
 */
export function toSrt(transcript: Transcript): string {
  return exported(transcript, 'transcripts.toSrt', 'srt')
}

/** Return a transcript as WebVTT subtitles: a cue for each sentence, with its speaker. As `toSrt`, but `&`, `<` and `>` are escaped. */
export function toVtt(transcript: Transcript): string {
  return exported(transcript, 'transcripts.toVtt', 'vtt')
}

/**
 * Return a transcript as plain text: a paragraph for each sentence, with its speaker. Ordered as for `toSrt`. Line breaks and control
 * characters become spaces.
 */
export function toText(transcript: Transcript): string {
  return exported(transcript, 'transcripts.toText', 'text')
}
