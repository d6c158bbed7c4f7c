// `templates.edit`: reads a template, lets the caller change it, and writes it back.

import { InvalidRequestError } from './errors'
import type { CallOptions } from './options'
import { refused } from './refused'
import { coreOf, Resource } from './resource'
import type { Template, TemplatesUpdateParams } from './resources/templates'

/** What a callback of `templates.edit` returns: the template to write, or nothing if it has changed the template in place. */
// biome-ignore lint/suspicious/noConfusingVoidType: what a callback without a return statement returns
export type ChangedTemplate = TemplatesUpdateParams | Template | undefined | null | void

/** Changes a template for `templates.edit`. */
export type ChangeTemplate = (template: Template) => ChangedTemplate | Promise<ChangedTemplate>

const JOB = 'templates.edit'

/** Throw the error of reading; one of an argument as that of the edit, which took it. */
function ofEdit(error: unknown): never {
  if (!(error instanceof InvalidRequestError) || !error.field) throw error
  throw refused(JOB, error.field, error.reason.slice(error.field.length + 2))
}

/** What is written by hand of the templates of a client. */
export abstract class TemplateEditing extends Resource {
  /**
   * Read a template, change it, and write it back, with everything else as it is.
   *
   * ```js
   * await client.templates.edit(id, (template) => ({ ...template, settings: { ...template.settings, region: 'eu' } }))
   * ```
   *
   * The template is read again right before it is written. If somebody has changed it since `change` got it, nothing is written. If
   * `change` changes nothing, nothing is written either. The service has no conditional writes: a change in the milliseconds between
   * the second read and the write is overwritten. Peers in a running session keep the old rules until they rejoin or the session
   * restarts.
   *
   * `timeoutMs` applies to reading, and again to writing.
   *
   * @param templateId Id of the template.
   * @param change Called with the template. May be async. What it throws ends the edit.
   * @throws ConflictError if somebody has changed the template meanwhile.
   */
  async edit(templateId: string, change: ChangeTemplate, options?: Omit<CallOptions, 'extra'>): Promise<Template> {
    if (typeof change !== 'function') throw refused(JOB, 'change', 'must be a function')
    const core = coreOf(this)
    const alone = { template_id: templateId }
    const text = await core.text('templates.get', alone, options, alone).catch(ofEdit)
    const template = JSON.parse(text) as Template
    const after = (await change(template)) ?? template
    if (typeof after !== 'object') {
      throw refused(JOB, 'change', `must return a template, or nothing, not a ${typeof after}`)
    }
    options?.signal?.throwIfAborted()
    return core.runJob(JOB, { template_id: templateId, before: JSON.parse(text) as object, after }, options)
  }
}
